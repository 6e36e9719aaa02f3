package import LineEditing

/// What the session answered, ready to be written.
package struct ShellResponse: Hashable, Sendable {
  /// One text of the answer and where it belongs.
  package enum Part: Hashable, Sendable {
    /// An answer, for standard output; a long one goes through the pager.
    case page(String)
    /// Errors and what a definition has to say, for standard error.
    case words(String)
    /// That the statement was stopped, for standard error.
    case stopped(String)
  }

  package var parts: [Part]
  /// Whether the statement asked to leave.
  package var ends: Bool

  package init(_ parts: [Part] = [], ends: Bool = false) {
    self.parts = parts
    self.ends = ends
  }
}

/// A session as the prompt sees it: text in, text out.
///
/// All but `respond` and `completions` may be asked while a statement is answered on another thread.
package protocol ShellSession: AnyObject {
  /// What is still open at the end of a text, as the prompt shows it (`card…`, `(…`, `quote…`);
  /// nothing for a whole statement, right or wrong.
  func openConstruct(in text: String) -> String?

  /// What may stand at a UTF-8 offset of a text, best first.
  func completions(of text: String, at cursor: Int) -> [Completion]

  /// Answers a statement on a screen of this size, saying each part as it comes; soon after `watch` is
  /// cancelled it says so and returns. Whether the statement asked to leave.
  func respond(
    to statement: String, on screen: TerminalSize, watch: RunWatch,
    say: (ShellResponse.Part) -> Void
  ) -> Bool

  /// What is asked for the question that `ratio?` stands for; nothing where the text is no such thing.
  func form(of text: String) -> QuestionForm?

  /// The statement that `help …` stands for in the middle of a statement that is still open.
  func statement(forHelp question: String, amid pending: String) -> String

  /// What is said of a statement that was stopped.
  func stopped(_ statement: String, on screen: TerminalSize) -> ShellResponse.Part
}
