internal import CSQLite
// `pipe2` is seen through this one.
internal import CSpawn
internal import Columns
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
  private let thread: SignalFreeThread

  /// Begins to watch; nothing for a small file, or where the system has no thread for it.
  init?(_ handle: OpaquePointer, _ run: any RunMonitor, fileBytes: Int) {
    var ends: [Int32] = [-1, -1]
    guard fileBytes >= SQLiteInterrupter.smallestFile, pipe2(&ends, O_CLOEXEC) == 0 else {
      return nil
    }
    let job = Job(handle, run, until: ends[0])
    guard let thread = SignalFreeThread({ job.watch() }) else {
      for end in ends { close(end) }
      return nil
    }
    self.ends = ends
    self.thread = thread
  }

  /// Ends the watch; must be called once, before the connection does anything else.
  func finish() {
    close(ends[1])
    thread.join()
    close(ends[0])
  }
}
