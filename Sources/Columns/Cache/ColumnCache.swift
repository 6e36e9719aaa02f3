private import Glibc
private import Synchronization

/// Copies of columns that were read, in a folder of the person's, for the sessions to come.
///
/// A copy may be lost at any time, and whatever befalls the folder, nothing but speed is lost: a
/// copy that is damaged, of another state of its file or of another build of the program is none.
/// Sessions leave codes in the copies that they use: nobody writes to one, and whoever did so to a copy that is in use, in
/// its place and against its mode, would change the answers of that session, or end it.
///
/// Copies are for their owner alone, to read (0400), and appear whole or not at all. Files of less than
/// `smallestFile` are not copied: reading them takes as long.
package final class ColumnCache: Sendable {
  package let folder: String
  private let bounds: Bounds
  private let state = Mutex(true)
  private let writing = Mutex(())

  /// How much may be kept.
  package struct Bounds: Sendable {
    /// The most that all copies together may take; the oldest make room.
    package var total = 4_000_000_000
    /// The largest copy.
    package var largest = 1_000_000_000
    /// What is left free on the disk.
    package var free = 1_000_000_000
    /// The smallest file whose columns are kept, and how many bytes one of a packed file counts.
    package var smallestFile = 8_000_000
    package var packedBytes = 8
    /// How many nanoseconds a file must have been left alone before it was opened: a clock ticks
    /// every few milliseconds, and some file systems count whole seconds.
    package var leftAlone = 2_000_000_000
    /// Whether the codes of a copy stay in its file, where that is this machine's.
    package var leavesCodesInFiles = true

    package init() {}
  }

  /// - Parameter folder: made when something is first kept.
  package init(folder: String, bounds: Bounds = Bounds()) {
    self.folder = folder
    self.bounds = bounds
  }

  /// The most that all copies together may take.
  package var limit: Int { bounds.total }

  /// Whether copies are read and kept.
  package var isOn: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  /// How many bytes all copies take.
  package var byteCount: Int { entries().reduce(0) { $0 + $1.byteCount } }

  /// Whether copies of the file's columns are worth having.
  func suits(_ file: OpenedFile) -> Bool {
    guard let stamp = file.stamp else { return false }
    let factor = file.isPacked ? bounds.packedBytes : 1
    return isOn && stamp.byteCount >= bounds.smallestFile / factor
  }

  /// Whether columns that are read from the file, as it was when it was opened, may be kept.
  func keeps(_ file: OpenedFile) -> Bool {
    guard let stamp = file.stamp else { return false }
    return suits(file) && stamp.isSettled(at: file.openedAt, leftAlone: bounds.leftAlone)
  }

  // MARK: - Reading

  /// The copy of a column, or of the rows where the ordinal is -1.
  func copy(of file: FileStamp, ordinal: Int) -> ColumnCopy? {
    guard isOn, let program = FileStamp.program else { return nil }
    let descriptor = open(path(of: file, ordinal, program), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var reading = CopyReading(descriptor, mayMap: bounds.leavesCodesInFiles)
    guard let copy = reading.copy(of: file, ordinal: ordinal, by: program) else { return nil }
    // Copies make room by the time of their last use.
    futimens(descriptor, nil)
    return copy
  }

  /// How long the copy of a column is, if there is one.
  func byteCount(of file: FileStamp, ordinal: Int) -> Int {
    var status = stat()
    guard let program = FileStamp.program, lstat(path(of: file, ordinal, program), &status) == 0
    else { return 0 }
    return Int(status.st_size)
  }

  // MARK: - Keeping

  /// Writes copies, and lets older ones make room; what can't be written is left out.
  ///
  /// - Parameter hidden: paths of files of which no copy may be left.
  package func keep(_ copies: [ColumnCopy], forgetting hidden: Set<String> = []) {
    guard isOn, !(copies.isEmpty && hidden.isEmpty), let program = FileStamp.program else {
      return
    }
    // A limit on the size of files makes writing fail; it is no reason to end.
    signal(SIGXFSZ, SIG_IGN)
    writing.withLock { _ in
      for path in hidden { forget(path, program) }
      let open = copies.filter { $0.file.map { !hidden.contains($0.path) } ?? false }
      guard !open.isEmpty, makeFolder() else { return }
      for copy in open {
        guard keep(copy, program) else { return }
      }
    }
  }

  /// The same on a thread of its own, so that nobody waits for it.
  package func keepAside(_ copies: [ColumnCopy], forgetting hidden: Set<String>) {
    guard !(copies.isEmpty && hidden.isEmpty) else { return }
    // Where the system refuses a thread, nothing is kept.
    SignalFreeThread { self.keep(copies, forgetting: hidden) }?.letGo()
  }

  /// Whether the next may be tried.
  private func keep(_ copy: ColumnCopy, _ program: FileStamp) -> Bool {
    guard let file = copy.file else { return true }
    let writing = CopyWriting(copy, of: file, by: program)
    guard writing.byteCount <= min(bounds.largest, bounds.total) else { return true }
    makeRoom(for: writing.byteCount, of: file, program)
    guard hasSpace(for: writing.byteCount) else { return false }
    // `mkstemp` puts a name that is not taken in the place of the six letters.
    var template = Array((folder + "/" + ColumnCache.draft + "XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return false }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let isWritten = writing.write(to: descriptor) && fchmod(descriptor, S_IRUSR) == 0
    close(descriptor)
    guard isWritten, rename(draft, path(of: file, copy.ordinal, program)) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }

  /// Removes every copy of the file of this path.
  private func forget(_ path: String, _ program: FileStamp) {
    let start = ColumnCache.name(ofPath: path, program)
    for entry in entries() where entry.name.hasPrefix(start) { remove(entry) }
  }

  // MARK: - The folder

  private static let ending = ".column"
  private static let draft = "draft-"
  /// Nanoseconds after which a draft is taken to have lost its writer.
  private static let longestWriting = 3600 * 1_000_000_000

  private struct Entry {
    let name: String
    let byteCount: Int
    let used: Int
  }

  /// The copies and the drafts.
  private func entries() -> [Entry] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while let item = readdir(directory) {
      let name = withUnsafeBytes(of: item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(ColumnCache.ending) || name.hasPrefix(ColumnCache.draft) else {
        continue
      }
      var status = stat()
      guard lstat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG
      else { continue }
      entries.append(
        Entry(
          name: name, byteCount: Int(status.st_size),
          used: Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)))
    }
    return entries
  }

  /// Removes drafts that lost their writers, copies of other states of the file, and the oldest
  /// until the new one fits.
  private func makeRoom(for byteCount: Int, of file: FileStamp, _ program: FileStamp) {
    let ofPath = ColumnCache.name(ofPath: file.path, program)
    let ofState = ColumnCache.name(of: file, program)
    let longAgo = FileStamp.now - ColumnCache.longestWriting
    var left: [Entry] = []
    for entry in entries() {
      let isAbandoned = entry.name.hasPrefix(ColumnCache.draft) && entry.used < longAgo
      let isStale = entry.name.hasPrefix(ofPath) && !entry.name.hasPrefix(ofState)
      if isAbandoned || isStale { remove(entry) } else { left.append(entry) }
    }
    left.sort { ($0.used, $0.name) < ($1.used, $1.name) }
    var total = left.reduce(byteCount) { $0 + $1.byteCount }
    for entry in left where total > bounds.total {
      remove(entry)
      total -= entry.byteCount
    }
  }

  private func remove(_ entry: Entry) { unlink(folder + "/" + entry.name) }

  private func hasSpace(for byteCount: Int) -> Bool {
    var system = statvfs()
    guard statvfs(folder, &system) == 0 else { return false }
    let free = Int(system.f_bavail).multipliedReportingOverflow(by: Int(system.f_frsize))
    return free.overflow || free.partialValue - byteCount >= bounds.free
  }

  private func makeFolder() -> Bool {
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES
      else { return false }
    }
    return access(folder, W_OK) == 0
  }

  // MARK: - Names

  private func path(of file: FileStamp, _ ordinal: Int, _ program: FileStamp) -> String {
    let what = ordinal < 0 ? "rows" : "\(ordinal)"
    return folder + "/" + ColumnCache.name(of: file, program) + what + ColumnCache.ending
  }

  /// What the names of all copies of a file begin with; a head says of which file it is, for sure.
  private static func name(ofPath path: String, _ program: FileStamp) -> String {
    hash(path, [program.byteCount, program.modified, program.changed]) + "-"
  }

  /// What the names of the copies of one state of a file begin with.
  private static func name(of file: FileStamp, _ program: FileStamp) -> String {
    name(ofPath: file.path, program)
      + hash(
        "", [file.byteCount, file.modified, file.changed, Int(bitPattern: UInt(file.inode))]) + "-"
  }

  /// FNV-1a, 64 bits, in 16 digits.
  private static func hash(_ text: String, _ numbers: [Int]) -> String {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    func take(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for byte in text.utf8 { take(byte) }
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { for byte in $0 { take(byte) } }
    }
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
