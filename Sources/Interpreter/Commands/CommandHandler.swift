package import Diagnostics
package import Engine
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
  ///
  /// `asked` holds the answers to the person's own questions, without those that commands brought.
  func comment(on transcript: Transcript, asked: [Answer], in session: Session) -> [Response]
}
