import ArgumentParser

/// `docket completions bash|zsh|fish`: a script that lets a shell complete options and commands.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Write a completion script for a shell.")

  @Argument(help: "bash, zsh or fish.")
  var shell: String

  func validate() throws {
    guard CompletionShell(rawValue: shell) != nil else {
      throw ValidationError("there are scripts for bash, zsh and fish, not for \(shell)")
    }
  }

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    Printer.write(CommandLineShape.completionScript(for: shell) + "\n", to: 1)
  }
}

/// Options and commands together, as completion sees them; what is run is one of the two roots.
private struct CommandLineShape: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket", subcommands: Commands.configuration.subcommands)

  @Option(name: .customShort("c"), help: "A question to answer; may stand several times.")
  var questions: [String] = []

  @Flag(name: .customLong("no-editing"), help: "Plain lines at the prompt.")
  var isPlain = false

  @Option(help: "Pager for long answers at the prompt: auto or never.")
  var pager = "auto"

  @OptionGroup var output: OutputOptions

  @Argument(help: "Files and databases.", completion: .file())
  var data: [String] = []
}
