import Synchronization

/// What a running question is stopped by and tells of its progress; safe to use from many threads.
package final class RunWatch: Sendable {
  private let done = Atomic<Int>(0)
  private let total = Atomic<Int>(0)

  private let deadline: Double
  private let start = Clock.seconds

  /// Watches a run that may take as long as the person waits, or only some seconds.
  package init(seconds: Double = .infinity) {
    deadline = Clock.seconds + seconds
  }

  /// Whether the person has pressed Ctrl-C since the question began, or the time is over.
  package var isCancelled: Bool { Signals.isInterrupted || Clock.seconds > deadline }

  /// How long the question has been running.
  package var seconds: Double { Clock.seconds - start }

  /// Takes note of the work done so far and in all, in any one unit.
  package func advance(done: Int, of total: Int) {
    self.done.store(done, ordering: .relaxed)
    self.total.store(total, ordering: .relaxed)
  }

  /// Forgets what was done: other work begins.
  func forgetProgress() { advance(done: 0, of: 0) }

  /// The part of the work that is done, 0 to 1; nothing while the whole is unknown.
  var fraction: Double? {
    let total = total.load(ordering: .relaxed)
    guard total > 0 else { return nil }
    return min(1, Double(done.load(ordering: .relaxed)) / Double(total))
  }
}
