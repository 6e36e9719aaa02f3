import Engine

/// The answer's charts as one picture; an answer without a chart as a picture of its text.
enum SVG: Format {
  static let name = "svg"
  static let extensions = ["svg"]
  static let summary = "the chart as a picture"

  static func render(_ answer: Answer, style: Style) -> String {
    let charts = answer.shownBlocks.compactMap { block -> Chart? in
      if case .chart(let chart) = block { chart } else { nil }
    }
    guard !charts.isEmpty else { return picture(of: TextTable.render(answer, style: ofText)) }
    if charts.count == 1 { return SVGChart(charts[0], id: "chart").text + "\n" }
    var height = 0.0
    var parts: [String] = []
    for (index, chart) in charts.enumerated() {
      let drawn = SVGChart(chart, id: "chart-\(index + 1)")
      parts.append(
        Markup.element("g", [("transform", "translate(0 \(SVGCanvas.number(height)))")], drawn.text)
      )
      height += drawn.height
    }
    return SVGCanvas.document(
      height: height, title: answer.sentences.first ?? answer.question, id: "charts",
      description: answer.question, parts.joined(separator: "\n")) + "\n"
  }

  static func render(_ page: Page, style: Style) -> String {
    picture(of: TextTable.render(page, style: ofText))
  }

  /// As many cells as a picture holds in letters of this size.
  private static let ofText = Style(width: 76)

  private static func picture(of text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var canvas = SVGCanvas()
    for (index, line) in lines.enumerated() where !line.isEmpty {
      canvas.text(
        line, x: 16, y: 28 + Double(index) * 20,
        [("font-family", "monospace"), ("xml:space", "preserve")])
    }
    return SVGCanvas.document(
      height: Double(lines.count) * 20 + 24, title: lines.first ?? "", id: "text",
      description: lines.joined(separator: " "), canvas.text) + "\n"
  }
}
