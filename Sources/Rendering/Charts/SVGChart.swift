import Engine

/// A chart as a picture that can be read aloud.
struct SVGChart {
  /// The whole picture.
  let text: String
  let height: Double

  /// `id` is unique on the page that the picture stands on.
  init(_ chart: Chart, id: String) {
    var drawn = chart
    if let reference = chart.reference, !reference.isFinite { drawn.reference = nil }
    var frame = SVGFrame(drawn)
    switch drawn.kind {
    case .bars, .histogram, .interval, .box: frame.drawRows()
    case .line, .steps: frame.drawPlot()
    }
    frame.drawLegend()
    height = frame.bottom
    text = SVGCanvas.document(
      height: height, title: chart.title, id: id, description: SVGChart.description(drawn),
      frame.canvas.text)
  }

  /// The chart's numbers in words.
  private static func description(_ chart: Chart) -> String {
    var parts = chart.series.map { series in
      let points = series.points.map { $0.label + " " + chart.words($0, dash: "to") }
      return (series.name.isEmpty ? "" : series.name + ": ") + points.joined(separator: ", ")
    }
    if let reference = chart.reference {
      parts.append("To compare with: " + Numbers.text(reference, chart.form))
    }
    if !chart.marks.isEmpty { parts.append("Marked: " + chart.marks.joined(separator: ", ")) }
    return parts.joined(separator: ". ")
  }
}

/// The picture in the making: what is drawn, and how far down it reaches.
struct SVGFrame {
  let chart: Chart
  var canvas = SVGCanvas()
  var bottom = 16.0
  static let margin = 16.0
  /// The width of a letter of the size used, on the safe side.
  static let letter = 7.8

  init(_ chart: Chart) {
    self.chart = chart
    for line in chart.title.wrapped(to: 76) where !line.isEmpty {
      bottom += 18
      canvas.text(line, x: SVGFrame.margin, y: bottom - 4, [("font-weight", "bold")])
    }
    bottom += 8
  }

  /// What the signs mean.
  mutating func drawLegend() {
    var x = SVGFrame.margin
    bottom += 20
    func width(_ words: String) -> Double { Double(words.cells) * SVGFrame.letter + 36 }
    func place(_ words: String) -> Double {
      if x > SVGFrame.margin, x + width(words) > SVGCanvas.width {
        x = SVGFrame.margin
        bottom += 20
      }
      defer { x += width(words) }
      return x
    }
    if chart.series.count > 1 {
      for (index, series) in chart.series.enumerated() {
        let left = place(series.name)
        canvas.sign(of: index, x: left + 6, y: bottom - 4)
        canvas.text(series.name, x: left + 18, y: bottom)
      }
    }
    if let reference = chart.reference {
      let words = Numbers.text(reference, chart.form) + " to compare with"
      let left = place(words)
      canvas.line(from: (left, bottom - 4), to: (left + 12, bottom - 4), SVGFrame.dashed)
      canvas.text(words, x: left + 18, y: bottom)
    }
    bottom += SVGFrame.margin
  }

  static let dashed = [
    ("stroke", "#1a1a1a"), ("stroke-width", "1.5"), ("stroke-dasharray", "4 3"),
  ]
  static let thin = [("stroke", "#d0d0d0"), ("stroke-width", "1")]
}
