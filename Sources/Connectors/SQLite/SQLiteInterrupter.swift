internal import CSQLite
// `pipe2` is seen through this one.
internal import CSpawn
internal import Engine
internal import Glibc

/// Interrupts a statement on a large database when its run is cancelled.
///
/// SQLite calls back while it steps through rows, but not while it counts or sorts all of them.
final class SQLiteInterrupter {
  /// A smaller file is counted through before anybody could want to stop it.
  private static let smallestFile = 1 << 25
  private static let milliseconds: Int32 = 50

  /// The handle of a connection, which may be interrupted from any thread.
  private final class Job: @unchecked Sendable {
    let handle: OpaquePointer
    let run: any RunMonitor
    let end: Int32

    init(_ handle: OpaquePointer, _ run: any RunMonitor, until end: Int32) {
      self.handle = handle
      self.run = run
      self.end = end
    }

    func watch() {
      var ended = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      while poll(&ended, 1, SQLiteInterrupter.milliseconds) == 0 {
        if run.isCancelled { sqlite3_interrupt(handle) }
      }
    }
  }

  private let ends: [Int32]
  private var thread = pthread_t()

  /// Begins to watch; nothing for a small file, or where the system has no thread for it.
  init?(_ handle: OpaquePointer, _ run: any RunMonitor, fileBytes: Int) {
    var ends: [Int32] = [-1, -1]
    guard fileBytes >= SQLiteInterrupter.smallestFile, pipe2(&ends, O_CLOEXEC) == 0 else {
      return nil
    }
    self.ends = ends
    let job = Unmanaged.passRetained(Job(handle, run, until: ends[0]))
    // The thread takes no signals: Ctrl-C belongs to the one that reads the keyboard.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().watch() }
        return nil
      }, job.toOpaque())
    guard failure == 0 else {
      job.release()
      for end in ends { close(end) }
      return nil
    }
  }

  /// Ends the watch; must be called once, before the connection does anything else.
  func finish() {
    close(ends[1])
    pthread_join(thread, nil)
    close(ends[0])
  }
}
