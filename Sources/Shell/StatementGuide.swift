import LineEditing

/// Answers the line editor's questions from the session.
final class StatementGuide: Guide {
  private let session: any ShellSession

  init(_ session: any ShellSession) {
    self.session = session
  }

  func verdict(on text: String) -> Verdict {
    guard let open = session.openConstruct(in: text) else { return .whole }
    return aside(in: text) ?? .open(open)
  }

  func completions(of text: String, at cursor: Int) -> [Completion] {
    session.completions(of: text, at: cursor)
  }

  /// `help`, `help WORD` or `?` alone on the last line of an open statement, unless it stands in a
  /// quote.
  private func aside(in text: String) -> Verdict? {
    guard let lineBreak = text.lastIndex(of: "\n") else { return nil }
    let line = text[text.index(after: lineBreak)...].split(separator: " ")
    guard let word = line.first?.lowercased(), word == "help" || (word == "?" && line.count == 1)
    else { return nil }
    let pending = String(text[..<lineBreak])
    guard let open = session.openConstruct(in: pending), open != "quote…" else { return nil }
    let question = (["help"] + line.dropFirst().map(String.init)).joined(separator: " ")
    return .aside(question: question, pending: pending)
  }
}
