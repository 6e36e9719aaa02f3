import Diagnostics

/// The line of a place with the place underlined; a line that is too long is cut to the
/// surroundings of the place.
struct SourceExcerpt {
  private let span: Span
  private let source: SourceText
  private let style: Style
  private static let indent = 2

  init(_ span: Span, in source: SourceText, _ style: Style) {
    self.span = span
    self.source = source
    self.style = style
  }

  var lines: [Line] {
    let (number, _) = source.position(of: span.lower)
    let (text, start) = source.line(number)
    // A place that goes on in the next lines is underlined to the end of its first.
    let end = start + text.utf8.count
    let lower = min(max(start, span.lower), end)
    let upper = min(max(lower, span.upper), end)
    let before = source.slice(Span(start, lower)).shown(ascii: style.ascii)
    let place = source.slice(Span(lower, upper)).shown(ascii: style.ascii)
    let after = source.slice(Span(upper, end)).shown(ascii: style.ascii)
    let window = window(before.cells, max(1, place.cells), before.cells + place.cells + after.cells)
    let (shown, dropped) = cut(before + place + after, window)
    var code = Line("".padded(to: SourceExcerpt.indent))
    code.append(shown)
    var mark = Line()
    mark.move(to: SourceExcerpt.indent + before.cells - dropped)
    let room = (style.width ?? .max) - mark.width
    let length = max(1, min(place.cells, room))
    mark.append(place.isEmpty ? "^" : String(repeating: "~", count: length), .mark)
    return [code, mark]
  }

  /// The cells of the line that are shown.
  private func window(_ before: Int, _ length: Int, _ total: Int) -> Range<Int> {
    let room = (style.width ?? .max) - SourceExcerpt.indent
    // One cell is kept for a place at the end of the line.
    guard total >= room else { return 0..<max(total, 0) }
    let wished = before - max(0, (room - length) / 2)
    let first = max(0, min(wished, total + 1 - room))
    return first..<min(total, first + room)
  }

  /// The text in a window of cells, with signs where something is left out, and how many cells it
  /// begins later than the line.
  private func cut(_ text: String, _ window: Range<Int>) -> (text: String, dropped: Int) {
    let total = text.cells
    guard window.lowerBound > 0 || window.upperBound < total else { return (text, 0) }
    let sign = style.glyphs.ellipsis
    let isCutBefore = window.lowerBound > 0
    let isCutAfter = window.upperBound < total
    let from = window.lowerBound + (isCutBefore ? sign.cells : 0)
    let to = window.upperBound - (isCutAfter ? sign.cells : 0)
    var result = isCutBefore ? sign : ""
    var cell = 0
    for character in text {
      let next = cell + character.cells
      if cell >= from, next <= to {
        result.append(character)
      } else if next > from, cell < to {
        // Half of a wide character at the edge of the window.
        result += String(repeating: " ", count: min(next, to) - max(cell, from))
      }
      cell = next
    }
    return (result + (isCutAfter ? sign : ""), window.lowerBound)
  }
}
