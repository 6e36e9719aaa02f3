import Glibc

/// Where the servers of the tests keep their data: in memory where there is room, since making and
/// removing thousands of small files takes longer than all that is asked of them.
enum ServerFolder {
  /// The folder that the folders are made in.
  static let base: String = {
    let memory = "/dev/shm"
    var system = statvfs()
    let isThere = access(memory, W_OK | X_OK) == 0 && statvfs(memory, &system) == 0
    let room = UInt64(system.f_bavail) * UInt64(system.f_frsize)
    return isThere && room >= neededBytes ? memory : "/tmp"
  }()

  /// Of all of them together, and of what their tests write.
  private static let neededBytes: UInt64 = 4 << 30
}
