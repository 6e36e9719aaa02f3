import ArgumentParser
import Interpreter

/// `docket help [TOPIC]`: a page on a word of the language.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show the words of the language, or a page on one.")

  @OptionGroup var output: OutputOptions

  @Argument(help: "A verb, a clause, a definition or a command.")
  var topic: String?

  func run() throws {
    let printer = Printer(output.settings, isScript: false)
    let session = try SessionStart.session(output.settings)
    SessionStart.answer("help " + (topic ?? ""), name: nil, session, printer)
    try printer.finish()
  }
}
