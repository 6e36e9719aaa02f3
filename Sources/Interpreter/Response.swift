package import Diagnostics
package import Engine

/// What a session says to one statement.
package enum Response: Sendable {
  case answer(Answer)
  case page(Page)
  /// What a definition or a setting has to say: a line, or a load report.
  case notice(String)
  case problem(Diagnostic)
  /// An expectation that did not hold.
  case failed(Diagnostic)
  case farewell
}

/// What a text was answered with: the source it was read from, and a response for each statement that had one.
package struct Transcript: Sendable {
  package let source: SourceText
  package var responses: [Response]

  package init(source: SourceText, responses: [Response] = []) {
    self.source = source
    self.responses = responses
  }
}
