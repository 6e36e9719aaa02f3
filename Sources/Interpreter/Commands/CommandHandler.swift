package import Diagnostics
package import Syntax

/// Commands that a room above the interpreter answers, such as those of lessons.
package protocol CommandHandler: AnyObject {
  /// The words that it answers.
  var words: Set<CommandWord> { get }

  /// Answers a command that begins with one of its words.
  func respond(
    to command: CommandWord, _ arguments: [Argument], at span: Span, in session: Session
  ) throws -> [Response]

  /// Hears what a person said and was answered, and may say something behind it.
  func comment(on transcript: Transcript, in session: Session) -> [Response]
}
