/// What a person sees before the text.
package struct Prompt: Hashable, Sendable {
  package let text: String
  /// The escape sequence that switches its colour on; nothing for plain text.
  package let colour: String?

  package init(_ text: String, colour: String? = nil) {
    self.text = text
    self.colour = colour
  }
}

/// What Enter means for a text.
package enum Verdict: Hashable, Sendable {
  /// It can run.
  case whole
  /// Something is still open, by the name that the prompt shows: `card…`, `(…`, `quote…`.
  case open(String)
  /// Its last line asks for help, not for an answer; the rest stays at the prompt.
  case aside(question: String, pending: String)
}

/// What an editor asks while a person types.
package protocol Guide: AnyObject {
  func verdict(on text: String) -> Verdict
  /// What may stand at the cursor, best first; offsets are in UTF-8.
  func completions(of text: String, at cursor: Int) -> [Completion]
}

/// How reading a statement ended.
package enum Reading: Hashable, Sendable {
  case statement(String)
  case aside(question: String, pending: String)
  case interrupted
  case endOfInput
}

/// Reads statements from a person, or from a file that stands in for one.
package protocol LineEditor: AnyObject {
  /// Reads one statement of one or more lines, beginning with `text` already typed.
  func readStatement(prompt: Prompt, beginning text: String, guide: any Guide) -> Reading

  /// Keeps a statement for the arrow keys and for later sessions.
  func remember(_ statement: String)
}
