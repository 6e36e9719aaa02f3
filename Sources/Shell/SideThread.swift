import Glibc

/// A thread beside the one that answers. It begins with all signals held back.
final class SideThread: Sendable {
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  private let thread: pthread_t

  /// Starts the work; nothing where the system refuses a thread.
  init?(_ body: @escaping @Sendable () -> Void) {
    let mask = Signals.leaveToOthers()
    defer { Signals.take(mask) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until the work is done; must be called once.
  func join() { pthread_join(thread, nil) }
}
