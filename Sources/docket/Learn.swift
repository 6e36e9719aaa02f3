import ArgumentParser
import Glibc
import Interpreter
import Lessons
import Shell

/// `docket learn [LESSON]`: a session that begins with a lesson.
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Learn to read numbers, a lesson at a time.")

  @OptionGroup var output: OutputOptions

  @Option(help: "A folder of lessons; looked in first.")
  var lessons: String?

  @Option(help: "Keep what is said, with errors and what mended them, in this file.")
  var record: String?

  @Flag(name: .customLong("no-editing"), help: "Plain lines at the prompt.")
  var isPlain = false

  @Argument(help: "A lesson: its name, its number or its file.")
  var lesson: String?

  func run() throws {
    let settings = output.settings
    let session = try SessionStart.session(settings)
    let teaching = Learn.teaching(first: lessons, record: record)
    session.commandHandler = teaching
    let printer = Printer(settings, isScript: false)
    let opening = lesson.map { "lesson \"\($0)\"" } ?? "lessons"
    SessionStart.answer(opening, name: "learn", session, printer)
    guard printer.outcome == .fine else { return try printer.finish() }
    if isatty(STDIN_FILENO) == 1 {
      return Asking.prompt(session, settings, isPlain: isPlain)
    }
    // What a learner types is answered line by line: an answer decides what the next line is about.
    for statement in Session.statements(in: try SessionStart.standardInput()) {
      SessionStart.answer(statement, name: nil, session, printer)
    }
    // A learner's mistakes are part of learning, not a failure of the program.
    if printer.outcome == .fine { try printer.finish() }
  }

  /// Lessons from the folders where they may be, for the person who is logged in.
  static func teaching(first: String? = nil, record: String? = nil) -> Teaching {
    let paths = Paths(environment: Environment.all)
    let folders = [
      first.map { Session.absolute($0, in: Environment.workingDirectory) },
      paths.map { $0.configuration + "/lessons" },
      Environment.workingDirectory + "/examples/lessons", installed,
    ]
    return Teaching(
      library: LessonLibrary(folders: folders.compactMap(\.self)),
      progress: Progress(path: paths.map { $0.state + "/lessons.txt" }),
      learner: Environment["LOGNAME"] ?? Environment["USER"] ?? "",
      record: record.map {
        ClassRecord(path: Session.absolute($0, in: Environment.workingDirectory))
      })
  }

  /// `share/docket/examples/lessons` beside the `bin` that the program was installed in.
  private static var installed: String? {
    guard let program = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(program) }
    let parts = String(cString: program).split(separator: "/").dropLast(2)
    return "/" + parts.joined(separator: "/") + "/share/docket/examples/lessons"
  }
}
