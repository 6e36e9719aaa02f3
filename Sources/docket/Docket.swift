import ArgumentParser
import Interpreter

/// The command line: the prompt unless another command is named.
@main
struct Docket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Ask questions about case datasets, and get answers that say what they rest on.",
    usage: """
      docket [OPTIONS] [DATA ...]
      docket -c 'ratio buybust race=Black vs population' [DATA ...]
      docket run FILE|- [NAME=VALUE ...]
      """,
    version: "docket \(Session.version)",
    subcommands: [Prompt.self, Run.self, Check.self, Fmt.self, Doctor.self],
    defaultSubcommand: Prompt.self)
}
