/// How much a problem matters.
package enum Severity: String, Sendable {
  case error, caution, note
}

/// A change to the text that would mend a problem.
package struct Edit: Hashable, Sendable {
  package let span: Span
  package let text: String

  package init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// One problem, in the words of the person who asked.
package struct Diagnostic: Hashable, Sendable, Error {
  /// Stable and kebab-case; `help ID` explains it.
  package let id: String
  package var severity: Severity
  /// One sentence without a full stop: what was found, what was expected.
  package var message: String
  package var span: Span?
  package var help: [String]
  package var edits: [Edit]

  package init(
    _ id: String, _ message: String, at span: Span? = nil, help: [String] = [],
    edits: [Edit] = [], severity: Severity = .error
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.span = span
    self.help = help
    self.edits = edits
  }
}
