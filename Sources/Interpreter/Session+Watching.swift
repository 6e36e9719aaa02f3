import Engine

extension Session {
  /// Lets the questions from now on be stopped and followed from outside, from any thread.
  package func watch(
    isCancelled: @escaping @Sendable () -> Bool,
    advance: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) {
    monitor = WatchedRun(ask: isCancelled, tell: advance)
  }
}

/// A run that is watched by two functions.
private struct WatchedRun: RunMonitor {
  let ask: @Sendable () -> Bool
  let tell: @Sendable (Int, Int) -> Void

  var isCancelled: Bool { ask() }

  func advance(done: Int, of total: Int) { tell(done, total) }
}

extension Session {
  /// Treats every dataset opened from now on as restricted, unless its card says public, and masks cells of 1
  /// to `most`.
  package func restrictAll(masking most: Int) {
    catalogue.settings.maskBelow = most
    catalogue.settings.restrictsAll = true
  }
}
