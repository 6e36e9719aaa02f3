import Glibc
import LineEditing

/// A line on standard error about a question that takes longer than a second, gone before the
/// answer.
final class ProgressLine {
  private static let delay: Int32 = 1000
  private static let period: Int32 = 200

  private let watch: RunWatch
  private let started = Clock.seconds
  private var pipeEnds: [Int32] = [-1, -1]
  private var thread: pthread_t = 0
  /// Written by the thread, read after it has ended.
  private var wasShown = false

  /// Begins to watch; nothing where standard error is no terminal.
  init?(watching watch: RunWatch) {
    self.watch = watch
    guard isatty(STDERR_FILENO) == 1, pipe(&pipeEnds) == 0 else { return nil }
    let context = Unmanaged.passRetained(self).toOpaque()
    // The thread takes no signals: Ctrl-C belongs to the one that reads the keyboard.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let failure = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<ProgressLine>.fromOpaque(context!).takeRetainedValue().show()
        return nil
      }, context)
    guard failure == 0 else {
      Unmanaged<ProgressLine>.fromOpaque(context).release()
      for end in pipeEnds { close(end) }
      return nil
    }
  }

  /// Ends the watch and erases the line; whether there was one. Must be called once.
  func finish() -> Bool {
    close(pipeEnds[1])
    pthread_join(thread, nil)
    close(pipeEnds[0])
    return wasShown
  }

  /// Runs on its own thread until `finish` closes the pipe.
  private func show() {
    var ended = pollfd(fd: pipeEnds[0], events: Int16(POLLIN), revents: 0)
    var wait = Self.delay
    while poll(&ended, 1, wait) == 0 {
      let elapsed = Clock.seconds - started
      let line =
        watch.isCancelled ? "stopping" : Self.line(fraction: watch.fraction, elapsed: elapsed)
      Output.write("\r\(line)\u{1B}[K", to: STDERR_FILENO)
      wasShown = true
      wait = Self.period
    }
    if wasShown { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
  }

  /// The words for a part of the work (0 to 1, or unknown) after some seconds.
  static func line(fraction: Double?, elapsed: Double) -> String {
    let stop = "Ctrl-C stops"
    guard let fraction, fraction > 0 else { return "working, \(Int(elapsed)) s · \(stop)" }
    let left = elapsed * (1 - fraction) / fraction
    return "\(Int(fraction * 100))% read, about \(Int(left.rounded(.up))) s left · \(stop)"
  }
}
