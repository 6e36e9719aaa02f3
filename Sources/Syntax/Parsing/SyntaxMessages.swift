import Diagnostics

/// Every sentence that the parser says, in alphabetical order of its id.
enum SyntaxMessages {
  static func clauseTwice(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("clause-twice", "`\(word)` stands twice in this question", at: span)
  }

  static func clauseUnknownToVerb(_ word: String, _ verb: String, _ known: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "clause-unused", "`\(verb)` has no use for `\(word)`", at: span,
      help: ["\(verb) takes: " + known.joined(separator: ", ")])
  }

  static func expected(_ what: String, found: Token?, at span: Span, help: [String] = [])
    -> Diagnostic
  {
    let found = found.map { $0.kind == .end ? "the line ends" : "`\($0.text)` stands there" }
    return Diagnostic(
      "expected", "\(what) is expected here, but \(found ?? "the text ends")", at: span,
      help: help)
  }

  static func habit(_ message: String, at span: Span, help: [String], edits: [Edit]) -> Diagnostic {
    Diagnostic("habit", message, at: span, help: help, edits: edits)
  }

  static func mustBeClosed(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic("not-closed", "\(what) is not closed", at: span)
  }

  static func notANumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("not-a-number", "a number is expected here, but `\(text)` stands there", at: span)
  }

  static func notAPeriod(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "not-a-period", "a date or a period is expected here, but `\(text)` stands there", at: span,
      help: ["periods are written 2021, 2021-Q2, 2021-04, 2021-04-01 or 2017..2020"])
  }

  static func tooDeep(limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "too-deep", "conditions and calculations can be nested \(limit) deep, this one is deeper",
      at: span)
  }

  static func tooLong(limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "too-long", "a text of statements can hold \(limit) bytes, this one is longer", at: span)
  }

  static func unexpected(_ token: Token, help: [String] = []) -> Diagnostic {
    Diagnostic("unexpected", "`\(token.text)` can't stand here", at: token.span, help: help)
  }

  static func unknownVerb(_ token: Token, nearest: [String]) -> Diagnostic {
    let help =
      nearest.isEmpty
      ? ["`help` lists the words that a line can begin with"]
      : ["the nearest is " + nearest.joined(separator: " or ")]
    let edits = nearest.first.map { [Edit(token.span, $0)] } ?? []
    return Diagnostic(
      "unknown-word", "no line begins with `\(token.text)`", at: token.span, help: help,
      edits: edits)
  }
}
