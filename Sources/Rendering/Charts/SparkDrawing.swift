import Engine

/// A series in one line of eight levels between its least and its greatest value, for many series
/// or little room.
struct SparkDrawing {
  private let layout: ChartLayout

  init(_ layout: ChartLayout) {
    self.layout = layout
  }

  var lines: [Line] {
    let chart = layout.chart
    let names = chart.series.map { layout.shown($0.name) }
    let label = min(names.map(\.cells).max() ?? 0, max(8, layout.width / 3))
    let values = chart.series.map { $0.points.compactMap(\.value).filter(\.isFinite) }
    let span = (values.joined().min() ?? 0, values.joined().max() ?? 0)
    var lines: [Line] = []
    for (index, series) in chart.series.enumerated() {
      var line = Line(names[index].cut(to: label, layout.style.glyphs), .label)
      if label > 0 { line.move(to: label + 1) }
      let room = layout.width - line.width
      for part in spark(series.points, span).broken(at: room) {
        line.append(part, .picture)
        lines.append(line)
        line = Line()
        if label > 0 { line.move(to: label + 1) }
      }
      lines += ends(series, values[index]).wrapped(to: layout.width - 2).map { Line("  " + $0) }
    }
    return lines
  }

  private func spark(_ points: [Chart.Point], _ span: (low: Double, high: Double)) -> String {
    let levels = layout.style.glyphs.spark
    return points.map { point in
      guard let value = point.value, value.isFinite else { return " " }
      guard span.high > span.low else { return levels[levels.count / 2] }
      let part = (value - span.low) / (span.high - span.low)
      return levels[min(levels.count - 1, Int(part * Double(levels.count)))]
    }.joined()
  }

  /// Where the line begins and ends, and between which values it runs.
  private func ends(_ series: Chart.Series, _ values: [Double]) -> String {
    guard let first = series.points.first, let last = series.points.last,
      let least = values.min(), let greatest = values.max()
    else { return "no values" }
    let form = layout.chart.form
    return layout.shown("\(first.label) to \(last.label)") + ", from "
      + Numbers.text(least, form) + " to " + Numbers.text(greatest, form)
  }
}
