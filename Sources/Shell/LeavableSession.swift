import Glibc
import LineEditing
import Synchronization

/// A session that answers on one thread what is asked of it on another, so that Ctrl-C gives the
/// prompt back at once, however long the work needs to end.
///
/// What was left is waited for before anything else is asked of the session: one thing at a time
/// happens in it.
final class LeavableSession: ShellSession, @unchecked Sendable {
  /// Milliseconds that a stopped statement has to end by itself, with what it has to say.
  private static let grace = 100
  /// Milliseconds until Ctrl-C is noticed where the signal came just before the wait for it.
  private static let step = 20

  /// Seconds that what was left has to end when the person leaves.
  private static let patience = 5.0

  private struct State {
    /// What is to be done next; nothing to end the service.
    var work: (() -> Void)?
    var response: ShellResponse?
  }

  /// Touched by the thread that serves while a statement is answered, by the one that asks otherwise.
  private let session: any ShellSession
  private let asked = Bell()
  private let answered = Bell()
  private let state = Mutex(State())
  /// Whether a statement that was stopped has not ended; until then Ctrl-C is not forgotten either,
  /// or the statement would go on.
  private var isEnding = false

  init(_ session: any ShellSession) {
    self.session = session
  }

  /// Answers what is asked from another thread, until that calls `leave`.
  func serve() {
    while true {
      guard asked.wait() else { continue }
      guard let work = state.withLock({ $0.work.take() }) else { return }
      work()
      answered.ring()
    }
  }

  /// Ends the service once what was left has ended, or the process where that takes too long.
  func leave() {
    let presses = Signals.presses
    let start = Clock.seconds
    while !isFree(within: LeavableSession.step) {
      guard Signals.presses == presses, Clock.seconds - start < LeavableSession.patience else {
        _exit(0)
      }
    }
    asked.ring()
  }

  func respond(
    to statement: String, on screen: TerminalSize, watch: RunWatch
  ) -> ShellResponse {
    let stopped = { [session] in session.stopped(statement, on: screen) }
    var presses = Signals.presses
    while !isFree(within: LeavableSession.step) {
      if Signals.presses != presses { return stopped() }
    }
    Signals.clearInterrupt()
    presses = Signals.presses
    state.withLock { state in
      state.work = { [self] in
        let response = session.respond(to: statement, on: screen, watch: watch)
        self.state.withLock { $0.response = response }
      }
    }
    asked.ring()
    while !answered.wait(milliseconds: LeavableSession.step) {
      guard Signals.presses != presses else { continue }
      if answered.wait(milliseconds: LeavableSession.grace) { break }
      // Who is being asked something has the terminal to themselves.
      if ProgressLine.isAsking { continue }
      isEnding = true
      return stopped()
    }
    return state.withLock { $0.response.take() } ?? ShellResponse()
  }

  /// Whether nothing that was left is still ending after some milliseconds.
  private func isFree(within milliseconds: Int) -> Bool {
    if isEnding, answered.wait(milliseconds: milliseconds) {
      isEnding = false
      // Nobody waits for what it had to say any more.
      state.withLock { $0.response = nil }
    }
    return !isEnding
  }

  func stopped(_ statement: String, on screen: TerminalSize) -> ShellResponse {
    session.stopped(statement, on: screen)
  }

  func openConstruct(in text: String) -> String? {
    session.openConstruct(in: text)
  }

  /// None while what was left is ending.
  func completions(of text: String, at cursor: Int) -> [Completion] {
    guard isFree(within: 0) else { return [] }
    Signals.clearInterrupt()
    defer { Signals.clearInterrupt() }
    return session.completions(of: text, at: cursor)
  }

  func form(of text: String) -> QuestionForm? {
    session.form(of: text)
  }

  func statement(forHelp question: String, amid pending: String) -> String {
    session.statement(forHelp: question, amid: pending)
  }
}
