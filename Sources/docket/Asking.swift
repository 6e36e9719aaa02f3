import Glibc
import Interpreter
import Rendering
import Shell

/// Answers questions from the command line, from a pipe or at the prompt; without anything said, at the prompt.
struct Asking {
  var questions: [String] = []
  var isPlain = false
  var pager = "auto"
  /// Whether the start file and the project file are left alone.
  var isBare = false
  var output = OutputSettings()
  /// Files and databases to open, as `PATH` or `NAME=PATH`.
  var data: [String] = []

  func run() throws {
    let session = try SessionStart.session(output)
    // When all answers are out.
    defer { session.keepColumns() }
    session.expect(questions)
    let isInteractive = questions.isEmpty && isatty(STDIN_FILENO) == 1
    let printer = Printer(output, isScript: false)
    printer.followProgress(of: session)
    defer { printer.endProgress() }
    if !isBare {
      for file in SessionStart.files {
        SessionStart.run(script: file, [:], session, printer, saysNotices: false)
      }
      if printer.outcome != .fine, output.onError == "stop" { return try printer.finish() }
    }
    for item in data {
      try SessionStart.open(item, session, printer, saysReports: isInteractive)
      if printer.outcome != .fine { return try printer.finish() }
    }
    session.commandHandler = Learn.teaching()
    if isInteractive {
      printer.endProgress()
      return Asking.prompt(session, output, isPlain: isPlain, pager: pager)
    }
    if questions.isEmpty {
      // Whoever writes the questions may take their time.
      printer.endProgress()
      let text = try SessionStart.standardInput()
      printer.followProgress(of: session)
      SessionStart.answer(text, name: nil, session, printer)
    }
    let goesOn = output.onError == "continue"
    for question in questions where goesOn || printer.outcome == .fine {
      SessionStart.answer(question, name: nil, session, printer)
    }
    try printer.finish()
  }

  /// Asks a person at the terminal until they leave.
  static func prompt(
    _ session: Session, _ output: OutputSettings, isPlain: Bool = false, pager: String = "auto"
  ) {
    let colour = output.colours(STDOUT_FILENO)
    guard let renderer = Renderer(format: output.formatName, style: Style(colour: colour)) else {
      return
    }
    let seconds = output.timeout ?? .infinity
    let adapter = InterpretedSession(session, renderer: renderer) { watch in
      session.watch(
        isCancelled: { watch.isCancelled || watch.seconds > seconds },
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
