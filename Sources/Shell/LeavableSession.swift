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
    var response = ShellResponse()
  }

  /// Statements are answered by the thread that serves, and nothing else is asked that touches what
  /// they do until they have ended.
  private let session: any ShellSession
  private let asked = Bell()
  private let answered = Bell()
  private let state = Mutex(State())
  private let server = Atomic<UInt>(0)
  /// Whether a statement that was stopped has not ended; until then Ctrl-C is not forgotten either,
  /// or the statement would go on.
  private var isEnding = false

  init(_ session: any ShellSession) {
    self.session = session
  }

  /// Answers what is asked from another thread, until that calls `leave`.
  func serve() {
    server.store(UInt(pthread_self()), ordering: .releasing)
    while true {
      guard asked.wait() else { continue }
      guard let work = state.withLock({ $0.work.take() }) else { return }
      work()
      answered.ring()
    }
  }

  /// Ends the service once what was left has ended, or the process where that takes too long.
  func leave() {
    let start = Clock.seconds
    let hasEnded = settle { Clock.seconds - start < LeavableSession.patience }
    if !hasEnded { _exit(0) }
    asked.ring()
  }

  /// Whether nothing that was left is still ending.
  var isFree: Bool { isFree(within: 0) }

  /// Waits for what was left, as long as the condition holds and Ctrl-C is not pressed again; whether it
  /// has ended.
  func settle(while holds: () -> Bool = { true }) -> Bool {
    let presses = Signals.presses
    while !isFree(within: LeavableSession.step) {
      wake()
      guard Signals.presses == presses, holds() else { return false }
    }
    return true
  }

  /// Must be free.
  func respond(
    to statement: String, on screen: TerminalSize, watch: RunWatch,
    say: (ShellResponse.Part) -> Void
  ) -> Bool {
    Signals.clearInterrupt()
    state.withLock { state in
      state = State(work: { [self] in answer(statement, on: screen, watch) })
    }
    asked.ring()
    while !answered.wait(milliseconds: LeavableSession.step) {
      guard Signals.isInterrupted else { continue }
      wake()
      if answered.wait(milliseconds: LeavableSession.grace) { break }
      // Who is being asked something has the terminal to themselves.
      if ProgressLine.isAsking { continue }
      isEnding = true
      break
    }
    // What it says from now on, nobody waits for.
    let response = state.withLock { $0.response }
    for part in response.parts { say(part) }
    let isSaid = response.parts.contains { if case .stopped = $0 { true } else { false } }
    if isEnding, !isSaid { say(stopped(statement, on: screen)) }
    return response.ends
  }

  /// What the thread that serves does of a statement.
  private func answer(_ statement: String, on screen: TerminalSize, _ watch: RunWatch) {
    let ends = session.respond(to: statement, on: screen, watch: watch) { part in
      state.withLock { $0.response.parts.append(part) }
    }
    state.withLock { $0.response.ends = ends }
  }

  /// Lets a call of the system that the thread that serves waits in return, as Ctrl-C would.
  private func wake() {
    let server = server.load(ordering: .acquiring)
    if server != 0 { Signals.wake(pthread_t(server)) }
  }

  private func isFree(within milliseconds: Int) -> Bool {
    if isEnding, answered.wait(milliseconds: milliseconds) { isEnding = false }
    return !isEnding
  }

  func stopped(_ statement: String, on screen: TerminalSize) -> ShellResponse.Part {
    session.stopped(statement, on: screen)
  }

  func openConstruct(in text: String) -> String? {
    session.openConstruct(in: text)
  }

  /// None while what was left is ending.
  func completions(of text: String, at cursor: Int) -> [Completion] {
    guard isFree else { return [] }
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
