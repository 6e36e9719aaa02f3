import ArgumentParser
import Glibc
import Interpreter
import Rendering
import Shell

/// `docket [DATA …]`: questions from `-c`, from standard input, or at the prompt.
struct Prompt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt", abstract: "Answer questions at the prompt, from -c or from a pipe.",
    shouldDisplay: false)

  @Option(name: .customShort("c"), help: "A question to answer; may stand several times.")
  var questions: [String] = []

  @Flag(name: .customLong("no-editing"), help: "Plain lines at the prompt.")
  var isPlain = false

  @Option(help: "Pager for long answers at the prompt: auto or never.")
  var pager = "auto"

  @OptionGroup var output: OutputOptions

  @Argument(help: "Files and databases, as PATH or NAME=PATH; a .docket file holds definitions.")
  var data: [String] = []

  func run() throws {
    let session = try SessionStart.session(output)
    let isInteractive = questions.isEmpty && isatty(STDIN_FILENO) == 1
    let printer = Printer(output, isScript: false)
    for item in data {
      try SessionStart.open(item, session, printer, saysReports: isInteractive)
      if printer.outcome != .fine { return try printer.finish() }
    }
    if isInteractive { return prompt(session) }
    if questions.isEmpty {
      let text = try SessionStart.standardInput()
      SessionStart.answer(text, name: nil, session, printer)
    }
    for question in questions where printer.outcome == .fine {
      SessionStart.answer(question, name: nil, session, printer)
    }
    try printer.finish()
  }

  private func prompt(_ session: Session) {
    let colour = output.colours(STDOUT_FILENO)
    guard let renderer = Renderer(format: output.formatName, style: Style(colour: colour)) else {
      return
    }
    let adapter = InterpretedSession(session, renderer: renderer) { watch in
      session.watch(
        isCancelled: { watch.isCancelled },
        advance: { watch.advance(done: $0, of: $1) })
    }
    Shell(
      session: adapter,
      options: ShellOptions(
        version: Session.version, editing: !isPlain, colour: colour,
        pager: pager == "never" ? .never : .automatic, environment: Environment.all)
    ).run()
  }
}
