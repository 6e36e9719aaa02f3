import ArgumentParser
import CGlibc
import Glibc
import Interpreter

/// The command line: questions from `-c`, from a pipe or at the prompt, unless another command is named.
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
    discussion: """
      Commands: run FILE, check FILE, fmt FILE, help [WORD], learn [LESSON], lesson check FILE, \
      source new|test|list|trace|trust, doctor, spec, completions SHELL. \
      `docket COMMAND --help` tells more.
      """,
    version: "docket \(Session.version)")

  @Option(name: .customShort("c"), help: "A question to answer; may stand several times.")
  var questions: [String] = []

  @Flag(name: .customLong("no-editing"), help: "Plain lines at the prompt.")
  var isPlain = false

  @Option(help: "Pager for long answers at the prompt: auto or never.")
  var pager = "auto"

  @Flag(name: .customShort("X"), help: "Leave the start file and the project file alone.")
  var isBare = false

  @OptionGroup var output: OutputOptions

  @Argument(help: "Files and databases, as PATH or NAME=PATH; a .docket file holds definitions.")
  var data: [String] = []

  /// Ends with the exit codes of the manual: ArgumentParser's own for wrong usage is 64, ours is 2.
  static func main() {
    // Each piece of memory that is fetched anew has its pages made one by one; fetched in larger
    // pieces and used again, they cost a start a tenth less.
    _ = mallopt(M_TOP_PAD, 8 << 20)
    _ = mallopt(M_MMAP_THRESHOLD, 4 << 20)
    // Small pieces are put together when they are freed: of millions at once it takes half a second, in
    // which no thread has memory, not even the one that gives the prompt back.
    _ = mallopt(M_MXFAST, 0)
    let arguments = Commands.first(Array(CommandLine.arguments.dropFirst()))
    let isCommand = arguments.first.map { Commands.words.contains($0) } ?? false
    // A root with files behind it would take the name of a command for a file.
    let root: any ParsableCommand.Type = isCommand ? Commands.self : Docket.self
    do {
      if arguments.isEmpty {
        // Reading a command line takes a fifth of a start, and here there is none.
        try Asking().run()
      } else {
        var command = try root.parseAsRoot(arguments)
        try command.run()
      }
    } catch {
      let code = root.exitCode(for: error)
      if code == .validationFailure {
        Printer.write(root.fullMessage(for: error) + "\n", to: STDERR_FILENO)
        Glibc.exit(2)
      }
      root.exit(withError: error)
    }
  }

  func run() throws { try asking.run() }

  var asking: Asking {
    Asking(
      questions: questions, isPlain: isPlain, pager: pager, isBare: isBare,
      output: output.settings, data: data)
  }
}

/// The commands beside asking.
struct Commands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Ask questions about case datasets, and get answers that say what they rest on.",
    subcommands: [
      Run.self, Check.self, Fmt.self, Help.self, Doctor.self, Learn.self, LessonCommand.self,
      SourceCommand.self, Verify.self, Spec.self, Completions.self,
    ])

  static var words: Set<String> {
    Set(configuration.subcommands.compactMap { $0.configuration.commandName })
  }

  /// Options that take the word behind them as their value.
  private static let valued: Set<String> = [
    "--format", "--timeout", "--on-error", "--privacy", "--output", "-o", "--errors", "--color",
    "--define", "-D", "--set", "--pager",
  ]

  /// The arguments with the command in front, where options stand before it: `docket --json run FILE`.
  ///
  /// With `-c` the first word is a file, whatever it is called.
  static func first(_ arguments: [String]) -> [String] {
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-"), arguments[index].count > 1 {
      if arguments[index] == "-c" || arguments[index] == "--" { return arguments }
      index += valued.contains(arguments[index]) ? 2 : 1
    }
    guard index > 0, index < arguments.count, words.contains(arguments[index]) else {
      return arguments
    }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }
}
