import Engine

/// A chart drawn in text.
struct ChartLayout {
  let chart: Chart
  let style: Style

  init(_ chart: Chart, _ style: Style) {
    var drawn = chart
    if let reference = chart.reference, !reference.isFinite { drawn.reference = nil }
    self.chart = drawn
    self.style = style
  }

  var width: Int { style.width ?? Limits.pictureWidth }

  /// The chart under its title, with the signs it uses explained below.
  var lines: [Line] {
    var lines: [Line] = []
    if !chart.title.isEmpty {
      lines = shown(chart.title).wrapped(to: width).map { Line($0, .heading) }
    }
    switch chart.kind {
    case .bars, .histogram: lines += BarDrawing(self).lines
    case .interval, .box: lines += IntervalDrawing(self).lines
    case .line, .steps:
      let isTooSmall = width < 40 || chart.series.count > style.glyphs.points.count
      lines += isTooSmall ? SparkDrawing(self).lines : PlotDrawing(self).lines
    }
    return lines + legend
  }

  func shown(_ text: String) -> String { text.shown(ascii: style.ascii) }

  private var legend: [Line] {
    var items: [String] = []
    if let reference = chart.reference {
      items.append("\(style.glyphs.upright) \(Numbers.text(reference, chart.form)) to compare with")
    }
    if !chart.marks.isEmpty, chart.kind == .line || chart.kind == .steps {
      items.append("\(style.glyphs.mark) " + chart.marks.map(shown).joined(separator: ", "))
    }
    guard !items.isEmpty else { return [] }
    return String.fill(items, width: width, separator: "   ").map { Line($0) }
  }

  /// Labels under an axis that begins at `start`: every one, or every second, third … so that they
  /// stand apart.
  ///
  /// Where the last label says how far the axis reaches, it is kept and the one before it gives
  /// way.
  func axis(
    _ labels: [(text: String, cell: Int)], from start: Int, keepsLast: Bool
  ) -> Line {
    let places = labels.map { label -> (text: String, range: Range<Int>) in
      let text = shown(label.text)
      let left = max(0, min(start + label.cell - text.cells / 2, width - text.cells))
      return (text, left..<(left + text.cells))
    }
    var line = Line()
    for every in 1...max(1, places.count) {
      var chosen = stride(from: 0, to: places.count, by: every).map { places[$0] }
      guard areApart(chosen) || every == places.count else { continue }
      if keepsLast, let last = places.last, chosen.count > 1 {
        if !areApart(chosen + [last]) { chosen.removeLast() }
        if areApart(chosen + [last]) { chosen.append(last) }
      }
      for place in chosen where place.range.upperBound <= width {
        line.move(to: place.range.lowerBound)
        line.append(place.text, .label)
      }
      break
    }
    return line
  }

  private func areApart(_ places: [(text: String, range: Range<Int>)]) -> Bool {
    zip(places, places.dropFirst()).allSatisfy {
      $0.range.upperBound + 2 <= $1.range.lowerBound
    }
  }
}
