import Engine

/// The two ends of an interval as a person reads them.
struct WrittenInterval: Hashable, Sendable {
  let low: String
  let high: String
  /// The unit of both ends, which stands once behind them; empty where an end has its own.
  let unit: String
  /// Whether the upper end is a number, which is lined up with others.
  let hasHigh: Bool

  /// Nothing where there is no interval; one absent end was not reached.
  init?(_ low: Double?, _ high: Double?, _ form: NumberForm) {
    guard low != nil || high != nil else { return nil }
    let from = low.map { Numbers.written($0, form) } ?? Numeral("not reached")
    let to = high.map { Numbers.written($0, form) } ?? Numeral("not reached")
    hasHigh = high?.isFinite ?? false
    let isShared = hasHigh && low?.isFinite ?? false
    self.low = isShared ? from.number : from.text
    self.high = isShared ? to.number : to.text
    unit = isShared ? to.unit : ""
  }

  /// `75.0% – 85.8%`, each end in so many cells so that those of a column are under each other.
  func text(dash: String, low lowWidth: Int = 0, high highWidth: Int = 0) -> String {
    let to = hasHigh ? high.rightAligned(in: highWidth) : high
    return low.rightAligned(in: lowWidth) + " \(dash) " + to + (unit.isEmpty ? "" : " " + unit)
  }
}

extension Collection where Element == WrittenInterval {
  /// The cells that the ends of a column take.
  var endWidths: (low: Int, high: Int) {
    (map(\.low.cells).max() ?? 0, filter(\.hasHigh).map(\.high.cells).max() ?? 0)
  }
}
