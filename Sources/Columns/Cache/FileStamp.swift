private import CGlibc
private import Glibc

/// One state of a file, or of the program, as the file system knows it.
///
/// Two states with equal stamps hold the same bytes, as long as the first was `isSettled` when it
/// was looked at: whatever is written to a file later gives it a later time.
package struct FileStamp: Hashable, Sendable {
  /// Without links and `..`.
  package let path: String
  package let byteCount: Int
  let device: UInt64
  let inode: UInt64
  /// When the contents last changed, in nanoseconds since 1970.
  let modified: Int
  /// When anything about the file last changed, its times among it; no program can set this one.
  let changed: Int
  /// Whether it is on another machine, whose clock may differ from the one here.
  private let isRemote: Bool

  /// The state of an open file; nothing where it is no regular file.
  init?(descriptor: Int32, path: String) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let resolved = realpath(path, nil)
    else { return nil }
    defer { free(resolved) }
    self.path = String(cString: resolved)
    byteCount = Int(status.st_size)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    modified = FileStamp.nanoseconds(status.st_mtim)
    changed = FileStamp.nanoseconds(status.st_ctim)
    isRemote = FileStamp.isRemote(descriptor)
  }

  /// Whether an open file is another machine's, or may be.
  static func isRemote(_ descriptor: Int32) -> Bool {
    var system = statfs()
    return fstatfs(descriptor, &system) != 0
      || remoteSystems.contains(UInt32(truncatingIfNeeded: system.f_type))
  }

  init(
    path: String, byteCount: Int, device: UInt64, inode: UInt64, modified: Int, changed: Int
  ) {
    self.path = path
    self.byteCount = byteCount
    self.device = device
    self.inode = inode
    self.modified = modified
    self.changed = changed
    isRemote = false
  }

  package static func == (left: FileStamp, right: FileStamp) -> Bool {
    left.path == right.path && left.byteCount == right.byteCount && left.device == right.device
      && left.inode == right.inode && left.modified == right.modified
      && left.changed == right.changed
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(changed)
  }

  /// Whether the file had been left alone for so long, at a time in nanoseconds since 1970, that
  /// what is written to it afterwards shows in its times.
  ///
  /// - Parameter leftAlone: how long that is here. Another machine's clock may be minutes behind: it
  ///   has to be 300 times as long there.
  func isSettled(at now: Int, leftAlone: Int) -> Bool {
    now - max(modified, changed) > (isRemote ? 300 * leftAlone : leftAlone)
  }

  /// This moment, in nanoseconds since 1970.
  static var now: Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return nanoseconds(now)
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }

  /// NFS, SMB, CIFS, SMB 2, FUSE, 9P, Ceph, AFS, Lustre, GPFS, OCFS2, GFS2, and what VirtualBox and VMware share: the numbers
  /// of `statfs(2)` and of their sources.
  private static let remoteSystems: Set<UInt32> = [
    0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x0102_1997, 0x00C3_6400, 0x5346_414F,
    0x0BD0_0BD0, 0x4750_4653, 0x7461_636F, 0x0116_1970, 0x786F_4256, 0xBACB_ACBC,
  ]

  /// The program that runs; another build reads no copies of this one.
  static let program: FileStamp? = {
    let descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return FileStamp(descriptor: descriptor, path: "/proc/self/exe")
  }()
}
