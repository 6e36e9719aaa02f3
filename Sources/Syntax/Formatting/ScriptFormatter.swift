package import Diagnostics

/// Writes a whole script in its one form; comments and empty lines keep their places between statements.
package enum ScriptFormatter {
  package static func text(of source: SourceText, vocabulary: Vocabulary) -> String {
    let statements = Parser.parse(source, vocabulary: vocabulary).statements
    var output = ""
    var position = 0
    for statement in statements {
      output += between(source, position, statement.span.lower)
      if !output.isEmpty, !output.hasSuffix("\n") { output += "\n" }
      let hasComment = source.slice(statement.span).contains("#")
      output += hasComment ? source.slice(statement.span) : Formatter.text(of: statement)
      position = statement.span.upper
    }
    output += between(source, position, source.bytes.count)
    while output.hasSuffix("\n\n") { output.removeLast() }
    return output.isEmpty || output.hasSuffix("\n") ? output : output + "\n"
  }

  /// Comments and at most one empty line in a row; other line ends and `;` become line breaks.
  private static func between(_ source: SourceText, _ lower: Int, _ upper: Int) -> String {
    let text = source.slice(Span(lower, upper))
    var output = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let part = line.drop { $0 == " " || $0 == "\t" || $0 == ";" || $0 == "\r" }
      let trimmed = part.reversed().drop { $0 == " " || $0 == "\r" || $0 == ";" }.reversed()
      if index > 0, !output.hasSuffix("\n\n") { output += "\n" }
      if !trimmed.isEmpty {
        output += (index == 0 && lower > 0 ? "  " : "") + String(Array(trimmed))
      }
    }
    return output
  }
}
