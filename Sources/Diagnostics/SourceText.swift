/// A range of UTF-8 offsets into a source text.
package struct Span: Hashable, Sendable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = max(lower, upper)
  }

  package var length: Int { upper - lower }

  /// The least span that holds both.
  package func union(_ other: Span) -> Span {
    Span(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A text that statements are read from, with its name for messages.
package struct SourceText: Sendable {
  /// The file it came from; nothing at the prompt.
  package let name: String?
  package let text: String
  package let bytes: [UInt8]
  private let lineStarts: [Int]

  package init(_ text: String, name: String? = nil) {
    self.name = name
    self.text = text
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The text of a span; what lies outside is left out.
  package func slice(_ span: Span) -> String {
    let lower = min(max(0, span.lower), bytes.count)
    let upper = min(max(lower, span.upper), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The line of an offset, from 1, and its column in characters, from 1.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let index = (lineStarts.lastIndex { $0 <= offset }) ?? 0
    return (index + 1, slice(Span(lineStarts[index], offset)).count + 1)
  }

  /// The text of a line (from 1) without its line break, and the offset where it begins.
  package func line(_ number: Int) -> (text: String, start: Int) {
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    let text = slice(Span(start, end))
    return (text.hasSuffix("\r") ? String(text.dropLast()) : text, start)
  }
}
