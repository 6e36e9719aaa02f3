internal import Glibc
internal import Synchronization

/// Kills a process group that does not end by itself in time, while nobody waits for it.
final class StopDeadline: Sendable {
  private let isMet = Mutex(false)

  /// - Parameter group: its leader must not be waited for before `meet`, so that its number stays
  ///   its own.
  init(group: pid_t, after milliseconds: Int) {
    let thread = Watch(self, group, milliseconds)
    var identifier = pthread_t()
    let started = pthread_create(
      &identifier, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Watch>.fromOpaque(pointer).takeRetainedValue().wait()
        return nil
      }, Unmanaged.passRetained(thread).toOpaque())
    if started == 0 { pthread_detach(identifier) }
  }

  /// The process has ended what it was to end, or is killed in another way.
  func meet() { isMet.withLock { $0 = true } }

  private final class Watch {
    private let deadline: StopDeadline
    private let group: pid_t
    private let milliseconds: Int

    init(_ deadline: StopDeadline, _ group: pid_t, _ milliseconds: Int) {
      self.deadline = deadline
      self.group = group
      self.milliseconds = milliseconds
    }

    func wait() {
      usleep(useconds_t(milliseconds) * 1000)
      deadline.isMet.withLock { isMet in
        if !isMet { kill(-group, SIGKILL) }
      }
    }
  }
}
