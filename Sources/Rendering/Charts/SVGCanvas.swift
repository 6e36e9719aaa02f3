import Engine

/// Collects the elements of a picture (SVG 1.1), 640 units wide.
struct SVGCanvas {
  static let width = 640.0
  private var elements: [String] = []

  var text: String { elements.joined(separator: "\n") }

  mutating func text(
    _ words: String, x: Double, y: Double, _ more: [(String, String)] = []
  ) {
    let place = [("x", SVGCanvas.number(x)), ("y", SVGCanvas.number(y))]
    elements.append(Markup.element("text", place + more, Markup.escaped(words)))
  }

  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double),
    _ more: [(String, String)]
  ) {
    let place = [
      ("x1", SVGCanvas.number(start.x)), ("y1", SVGCanvas.number(start.y)),
      ("x2", SVGCanvas.number(end.x)), ("y2", SVGCanvas.number(end.y)),
    ]
    elements.append(Markup.empty("line", place + more))
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ more: [(String, String)]
  ) {
    let place = [
      ("x", SVGCanvas.number(x)), ("y", SVGCanvas.number(y)),
      ("width", SVGCanvas.number(width)), ("height", SVGCanvas.number(height)),
    ]
    elements.append(Markup.empty("rect", place + more))
  }

  /// Straight lines through points.
  mutating func path(_ points: [(x: Double, y: Double)], _ more: [(String, String)]) {
    guard let first = points.first else { return }
    var steps = "M\(SVGCanvas.number(first.x)) \(SVGCanvas.number(first.y))"
    for point in points.dropFirst() {
      steps += "L\(SVGCanvas.number(point.x)) \(SVGCanvas.number(point.y))"
    }
    elements.append(Markup.empty("path", [("d", steps)] + more))
  }

  /// The sign of a series at a point: shapes differ, so that no series is told by colour alone.
  mutating func sign(of series: Int, x: Double, y: Double) {
    let colour = [("fill", SVGCanvas.colour(of: series))]
    let size = 3.5
    switch series % 4 {
    case 0:
      let place = [
        ("cx", SVGCanvas.number(x)), ("cy", SVGCanvas.number(y)), ("r", SVGCanvas.number(size)),
      ]
      elements.append(Markup.empty("circle", place + colour))
    case 1: rectangle(x: x - size, y: y - size, width: 2 * size, height: 2 * size, colour)
    case 2: path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], colour)
    default: path([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], colour)
    }
  }

  /// Colours that people who see fewer colours can tell apart (Okabe and Ito 2008), the dark ones.
  static func colour(of series: Int) -> String {
    ["#0072B2", "#D55E00", "#007A5A", "#A04F82", "#000000", "#595959"][series % 6]
  }

  /// A coordinate with at most one decimal.
  static func number(_ value: Double) -> String {
    let text = DecimalExpansion(value).text(decimals: 1, isGrouped: false)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A whole picture with a title and a description for those who do not see it.
  static func document(
    height: Double, title: String, id: String, description: String, _ content: String
  ) -> String {
    let attributes = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("width", number(width)),
      ("height", number(height)), ("viewBox", "0 0 \(number(width)) \(number(height))"),
      ("role", "img"), ("aria-labelledby", "\(id)-title \(id)-description"),
      ("font-family", "system-ui, sans-serif"), ("font-size", "13"), ("fill", "#1a1a1a"),
    ]
    let words =
      Markup.element("title", [("id", "\(id)-title")], Markup.escaped(title)) + "\n"
      + Markup.element("desc", [("id", "\(id)-description")], Markup.escaped(description))
    return Markup.element("svg", attributes, "\n" + words + "\n" + content + "\n")
  }
}
