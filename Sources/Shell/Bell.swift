import Glibc

/// What one thread waits for and another says, once for each time that is waited.
final class Bell: @unchecked Sendable {
  private let rings = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() {
    sem_init(rings, 0, 0)
  }

  deinit {
    sem_destroy(rings)
    rings.deallocate()
  }

  func ring() { sem_post(rings) }

  /// Waits until it rings; whether it did, and no signal came first.
  func wait() -> Bool { sem_wait(rings) == 0 }

  /// The same, for some milliseconds at most: more where the clock is set back meanwhile, which a
  /// ring or a signal ends too.
  func wait(milliseconds: Int) -> Bool {
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    end.tv_nsec += milliseconds * 1_000_000
    end.tv_sec += end.tv_nsec / 1_000_000_000
    end.tv_nsec %= 1_000_000_000
    return sem_timedwait(rings, &end) == 0
  }
}
