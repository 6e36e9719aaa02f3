import Engine
import Statistics

/// Values in classes of one width with round bounds; what lies far out stands in an open class at
/// the end.
struct Histogram {
  /// Lower bound included, upper bound not; an absent bound is open.
  struct Class: Equatable {
    let lower: Double?
    let upper: Double?
    let n: Int
  }

  let classes: [Class]
  private let width: Double

  /// So many classes are shown at most: more would not fit a page.
  private static let mostClasses = 20

  /// The width is one, two or five times a power of ten near that of Freedman and Diaconis,
  /// `2 (q3 - q1) / n^(1/3)`; whole numbers get whole bounds. Nothing with fewer than two values.
  ///
  /// Reference: Freedman and Diaconis 1981, Zeitschrift für Wahrscheinlichkeitstheorie 57, 453.
  init?(_ values: ValueCounts) {
    guard values.values.count > 1, let least = values.values.first,
      let greatest = values.values.last,
      let low = Quantile.type7(values, at: 0.01), let high = Quantile.type7(values, at: 0.99),
      let first = Quantile.type7(values, at: 0.25), let third = Quantile.type7(values, at: 0.75)
    else { return nil }
    let isWhole = values.values.allSatisfy { $0 == $0.rounded() }
    let range = high > low ? high - low : greatest - least
    let wanted = 2 * (third - first) / Histogram.cubeRoot(Double(values.count))
    let least5 = range / 5
    var width = Histogram.nice(min(least5, max(wanted, range / Double(Histogram.mostClasses - 2))))
    if isWhole { width = max(1, width) }
    guard width > 0, width.isFinite else { return nil }
    // A class more at either end is cheaper than an open one.
    let bottom = (max(least, low - 2 * width) / width).rounded(.down)
    let top = (min(greatest, high + 2 * width) / width).rounded(.down) + 1
    var counts = [Int](repeating: 0, count: max(1, Int(top - bottom)))
    var (below, above) = (0, 0)
    for (value, n) in zip(values.values, values.counts) {
      let place = (value / width).rounded(.down) - bottom
      if place < 0 {
        below += n
      } else if place >= Double(counts.count) {
        above += n
      } else {
        counts[Int(place)] += n
      }
    }
    self.width = width
    var classes = counts.enumerated().map { index, n in
      Class(
        lower: (bottom + Double(index)) * width, upper: (bottom + Double(index) + 1) * width, n: n)
    }
    if below > 0 { classes.insert(Class(lower: nil, upper: bottom * width, n: below), at: 0) }
    if above > 0 {
      classes.append(
        Class(lower: (bottom + Double(counts.count)) * width, upper: nil, n: above))
    }
    self.classes = classes
  }

  /// The least of one, two and five times a power of ten that is not below a width.
  private static func nice(_ width: Double) -> Double {
    guard width > 0, width.isFinite else { return 0 }
    var power = 1.0
    while power * 10 <= width { power *= 10 }
    while power > width { power /= 10 }
    return ([1.0, 2, 5, 10].first { $0 * power >= width * 0.999_999 } ?? 10) * power
  }

  private static func cubeRoot(_ value: Double) -> Double {
    var root = max(1, value)
    for _ in 0..<200 {
      let next = (2 * root + value / (root * root)) / 3
      if (next - root).magnitude <= 1e-12 * root { return next }
      root = next
    }
    return root
  }

  /// The picture: a bar for each class.
  func chart(_ title: String, _ field: MeasuredField) -> Chart {
    Chart(
      .histogram, title: title, form: .count,
      series: [
        .init("", classes.map { Chart.Point(label(of: $0, field), Double($0.n)) })
      ])
  }

  /// `20 – 24` of whole numbers, `1.0 – 1.5` otherwise, the upper bound not included.
  private func label(of part: Class, _ field: MeasuredField) -> String {
    func text(_ value: Double) -> String {
      if case .money = field.form { return "$" + Words.grouped(value) }
      let decimals = max(0, -DecimalExpansion(width).magnitude)
      return Numbers.decimal(value, decimals)
    }
    let isWhole = field.form == .days || field.form == .number(decimals: 0)
    switch (part.lower, part.upper) {
    case (nil, let upper?): return "below \(text(upper))"
    case (let lower?, nil): return "\(text(lower)) and more"
    case (let lower?, let upper?) where isWhole:
      return width == 1 ? text(lower) : "\(text(lower)) – \(text(upper - 1))"
    case (let lower?, let upper?): return "\(text(lower)) – \(text(upper))"
    case (nil, nil): return "all"
    }
  }
}
