import ArgumentParser
import Diagnostics
import Engine
import Glibc
import Interpreter
import Rendering
import Shell

/// Writes responses: answers to standard output or a file, words to standard error.
final class Printer {
  private let options: OutputSettings
  private let renderer: Renderer
  private let isScript: Bool
  private var written = ""
  private(set) var outcome = Outcome.fine
  /// Gives way to what is printed.
  var progress: ProgressLine?

  /// What the process says when it ends; the worst that happened counts.
  enum Outcome: Int32, Comparable {
    case fine = 0
    case questionFailed = 1
    case sourceFailed = 3
    case timedOut = 4
    case notHeld = 5

    static func < (left: Outcome, right: Outcome) -> Bool { left.rawValue < right.rawValue }
  }

  init(_ options: OutputSettings, isScript: Bool) {
    self.options = options
    self.isScript = isScript
    let style = Style(width: options.width, colour: options.colours(STDOUT_FILENO))
    guard let renderer = Renderer(format: options.formatName, style: style) else {
      preconditionFailure("the format was checked when the options were read")
    }
    self.renderer = renderer
  }

  private var isEmpty = true

  func print(_ response: Response, of transcript: () -> Transcript) {
    progress?.rest()
    switch response {
    case .answer(let answer):
      document(renderer.render(answer))
      note(claimsOf: answer)
    case .page(let page): document(renderer.render(page))
    case .notice(let text): toStandardError(text + "\n")
    case .problem(let found), .failed(let found):
      let problem = told(found)
      let source = transcript().source
      let page = DiagnosticPage([problem], in: source)
      if options.errors == "json" {
        toStandardError(page.jsonText + "\n")
      } else {
        let style = Style(width: options.width, colour: options.colours(STDERR_FILENO))
        toStandardError(isScript ? page.scriptText(style) : page.text(style))
      }
      note(response)
    case .farewell: break
    }
  }

  /// Nobody can stop these runs but the time that they were given.
  private func told(_ problem: Diagnostic) -> Diagnostic {
    guard problem.id == Session.stoppedID, let seconds = options.timeout else { return problem }
    return Diagnostic(
      "timed-out", "this took longer than \(seconds) seconds", at: problem.span,
      help: ["--timeout gives it longer"])
  }

  /// Whether a claim was asked that the data do not bear out: an answer as good as any, with an exit code of its own.
  private var hasFalseClaim = false

  /// Takes in whether a published number reproduces.
  func note(claimsOf answer: Answer) {
    if answer.figures.contains(where: { $0.id == "reproduces" && $0.value == 0 }) {
      hasFalseClaim = true
    }
  }

  private func note(_ response: Response) {
    switch response {
    case .failed: outcome = max(outcome, .notHeld)
    case .problem(let problem):
      let isTimedOut = problem.id == Session.stoppedID && options.timeout != nil
      outcome = max(
        outcome,
        isTimedOut
          ? .timedOut : problem.id.hasPrefix("source-") ? .sourceFailed : .questionFailed)
    default: break
    }
  }

  /// Answers stand apart by an empty line where people read them.
  private func document(_ text: String) {
    let isForPeople = ["table", "plain", "markdown"].contains(options.formatName)
    let text = (isEmpty || !isForPeople ? "" : "\n") + text
    isEmpty = false
    if options.output == nil { Printer.write(text, to: STDOUT_FILENO) } else { written += text }
  }

  /// Writes a text of its own, which is no answer.
  func write(_ text: String) {
    if options.output == nil { Printer.write(text, to: STDOUT_FILENO) } else { written += text }
  }

  private func toStandardError(_ text: String) {
    Printer.write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 {
        if count < 0, errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Tells how far the session's questions have got while nothing is printed.
  func followProgress(of session: Session) {
    let watch = RunWatch()
    guard let line = ProgressLine(watching: watch) else { return }
    progress = line
    session.watch(
      isCancelled: { watch.isCancelled },
      advance: { watch.advance(done: $0, of: $1) })
  }

  /// Leaves the terminal to others.
  func endProgress() {
    progress?.finish()
    progress = nil
  }

  /// Writes `--output` whole or not at all, and ends with the exit code of what happened.
  func finish() throws {
    endProgress()
    if let path = options.output, outcome == .fine { try save(to: path) }
    if outcome != .fine { throw ExitCode(outcome.rawValue) }
    if hasFalseClaim { throw ExitCode(Outcome.notHeld.rawValue) }
  }

  private func save(to path: String) throws {
    if !options.replacesOutput, access(path, F_OK) == 0 {
      throw ValidationError("\(path) is there already; --force replaces it")
    }
    let draft = path + ".part"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw ValidationError("\(path) can't be written") }
    Printer.write(written, to: file)
    close(file)
    guard rename(draft, path) == 0 else {
      unlink(draft)
      throw ValidationError("\(path) can't be written")
    }
  }
}
