package import Diagnostics

/// Problems as a person at the prompt, a script or a program reads them.
package struct DiagnosticPage: Sendable {
  private let problems: [Diagnostic]
  private let source: SourceText?

  /// The problems in their order; `source` is the text that their places are in, where they have
  /// one.
  package init(_ problems: [Diagnostic], in source: SourceText? = nil) {
    self.problems = problems
    self.source = source
  }

  /// Each problem as its sentence with its id at the right, the line underlined at its place, and
  /// the ways forward.
  package func text(_ style: Style) -> String {
    var layout = TextLayout(style)
    for problem in problems {
      layout.blank()
      layout.add(headline(problem, style))
      if let source, let span = problem.span {
        layout.add(SourceExcerpt(span, in: source, style).lines)
      }
      for help in problem.help { layout.paragraph(help, lead: "  help: ") }
    }
    return layout.text
  }

  /// `file:line:column: error[id]: sentence`, help below it, for scripts and the tools that read
  /// their output.
  package func scriptText(_ style: Style = Style()) -> String {
    var layout = TextLayout(Style(colour: style.colour, ascii: style.ascii))
    for problem in problems {
      var place = source?.name.map { "\($0):" } ?? ""
      if let source, let span = problem.span {
        let (line, column) = source.position(of: span.lower)
        place += "\(line):\(column):"
      }
      var line = Line(place.shown(ascii: style.ascii) + (place.isEmpty ? "" : " "))
      line.append("\(problem.severity.rawValue)[\(problem.id)]", problem.severity.role)
      line.append(": " + problem.message.shown(ascii: style.ascii))
      layout.add(line)
      for help in problem.help { layout.paragraph(help, lead: "  help: ") }
    }
    return layout.text
  }

  /// One JSON document a line for each problem, under the name of its severity.
  ///
  /// `line` and `column` count from 1, `column` and `length` in characters; `at` holds UTF-8
  /// offsets into the whole text.
  package var jsonText: String {
    problems.map { JSONValue.object([($0.severity.rawValue, json($0))]).line + "\n" }.joined()
  }

  private func json(_ problem: Diagnostic) -> JSONValue {
    let place = problem.span.flatMap { span in
      source.map { source in
        let (line, column) = source.position(of: span.lower)
        return (line: line, column: column, length: source.slice(span).count)
      }
    }
    return .object([
      ("id", .text(problem.id)), ("message", .text(problem.message)),
      ("file", JSONValue(source?.name)),
      ("line", JSONValue(place.map { Double($0.line) })),
      ("column", JSONValue(place.map { Double($0.column) })),
      ("length", JSONValue(place.map { Double($0.length) })),
      ("help", .array(problem.help.map { .text($0) })),
      ("edits", .array(problem.edits.map(json))),
    ])
  }

  private func json(_ edit: Edit) -> JSONValue {
    .object([
      ("at", .array([.number(Double(edit.span.lower)), .number(Double(edit.span.upper))])),
      ("text", .text(edit.text)),
    ])
  }

  /// The sentence, wrapped, with the id at the right edge of its last line, or below where it has
  /// no room.
  private func headline(_ problem: Diagnostic, _ style: Style) -> [Line] {
    let lead = problem.severity.rawValue + ": "
    let id = "[\(problem.id)]"
    let edge = min(style.width ?? .max, Limits.problemWidth)
    var lines: [Line] = []
    let words = problem.message.shown(ascii: style.ascii)
    for part in words.wrapped(to: style.width.map { $0 - lead.cells }) {
      var line = Line()
      line.append(lines.isEmpty ? lead : "".padded(to: lead.cells), problem.severity.role)
      line.append(part)
      lines.append(line)
    }
    if var last = lines.popLast() {
      if last.width + 2 + id.cells > (style.width ?? .max) {
        lines.append(last)
        last = Line()
      }
      last.move(to: max(last.width == 0 ? 0 : last.width + 2, edge - id.cells))
      for piece in id.broken(at: style.width ?? .max) {
        last.append(piece, .receipt)
        lines.append(last)
        last = Line()
      }
    }
    return lines
  }
}

extension Severity {
  fileprivate var role: Role {
    switch self {
    case .error: .error
    case .caution: .caution
    case .note: .note
    }
  }
}
