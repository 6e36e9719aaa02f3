import Glibc
import LineEditing
import Synchronization

/// A line on standard error about a question that takes longer than a second, gone before the
/// answer.
package final class ProgressLine: Sendable {
  private static let delay = 1.0
  private static let period = 0.2

  private struct State {
    /// When the work that the line is about began.
    var started = Clock.seconds
    var isShown = false
    var wasShown = false
  }

  private let watch: RunWatch
  private let state = Mutex(State())
  private let pipeEnds: (read: Int32, write: Int32)
  private let thread = Mutex<SideThread?>(nil)

  /// Begins to watch; nothing where standard error is no terminal.
  package init?(watching watch: RunWatch) {
    var ends: [Int32] = [-1, -1]
    guard Self.canErase, pipe(&ends) == 0 else { return nil }
    // A program that outlives the work must not hold the end whose closing ends the watch.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.watch = watch
    pipeEnds = (ends[0], ends[1])
    guard let thread = SideThread({ [self] in show() }) else {
      for end in ends { close(end) }
      return nil
    }
    self.thread.withLock { $0 = thread }
  }

  /// Ends the watch and erases the line; whether there was one. Must be called once.
  @discardableResult
  package func finish() -> Bool {
    close(pipeEnds.write)
    thread.withLock { $0 }?.join()
    close(pipeEnds.read)
    rest()
    return state.withLock { $0.wasShown }
  }

  /// Erases the line, so that something else may be written; what follows is work of its own.
  package func rest() {
    state.withLock { state in
      if state.isShown { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
      state.isShown = false
      state.started = Clock.seconds
      watch.forgetProgress()
    }
  }

  /// Whether a line that was written can be taken back: on a terminal that knows how.
  private static var canErase: Bool {
    guard isatty(STDERR_FILENO) == 1, let name = getenv("TERM") else { return false }
    return !["", "dumb"].contains(String(cString: name))
  }

  /// How many questions a person is being asked; the lines stay away from them.
  private static let questions = Mutex(0)

  /// Whether a person is being asked something.
  static var isAsking: Bool { questions.withLock { $0 > 0 } }

  /// Work that asks a person something: no line is written over the question, and the time that they
  /// take for it is none that the work takes.
  package static func asking<Result>(_ work: () -> Result) -> Result {
    questions.withLock { count in
      count += 1
      if canErase { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
    defer { questions.withLock { $0 -= 1 } }
    return work()
  }

  /// Runs on its own thread until `finish` closes the pipe.
  private func show() {
    var ended = pollfd(fd: pipeEnds.read, events: Int16(POLLIN), revents: 0)
    while poll(&ended, 1, Int32(wait * 1000)) == 0 {
      ProgressLine.questions.withLock { questions in
        state.withLock { state in
          if questions > 0 {
            (state.isShown, state.started) = (false, Clock.seconds)
            return
          }
          let elapsed = Clock.seconds - state.started
          guard state.isShown || elapsed >= ProgressLine.delay else { return }
          let line =
            watch.isCancelled ? "stopping" : Self.line(fraction: watch.fraction, elapsed: elapsed)
          Output.write("\r\(line)\u{1B}[K", to: STDERR_FILENO)
          (state.isShown, state.wasShown) = (true, true)
        }
      }
    }
  }

  /// The seconds until the line is to be looked at again.
  private var wait: Double {
    state.withLock { state in
      if state.isShown { return ProgressLine.period }
      let left = state.started + ProgressLine.delay - Clock.seconds
      return max(0.001, min(ProgressLine.delay, left))
    }
  }

  /// The words for a part of the work (0 to 1, or unknown) after some seconds.
  static func line(fraction: Double?, elapsed: Double) -> String {
    let stop = "Ctrl-C stops"
    guard let fraction, fraction > 0 else { return "working, \(Int(elapsed)) s · \(stop)" }
    let left = elapsed * (1 - fraction) / fraction
    return "\(Int(fraction * 100))% read, about \(Int(left.rounded(.up))) s left · \(stop)"
  }
}
