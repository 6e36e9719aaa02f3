private import Glibc

/// Bytes to be read in blocks.
///
/// An input with a known `byteCount` can be read anywhere and from many threads at once; one
/// without must be read from front to back, by one thread.
protocol ByteInput: AnyObject, Sendable {
  var byteCount: Int? { get }

  /// Reads up to as many bytes as there is room for, at this offset; fewer only at the end.
  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int

  /// What the bytes of the file add up to, once all have been read from front to back.
  var checksums: BlockChecksums? { get }

  /// For an input that is unpacked on the way: how far the file has been read, in bytes of the
  /// file.
  var progress: (done: Int, total: Int)? { get }
}

/// A regular file, read by position.
final class FileInput: ByteInput {
  let path: String
  let byteCount: Int?
  private let descriptor: Int32
  /// The size, time of change and place of the file when it was opened.
  private let identity: FileIdentity

  init(path: String) throws(DelimitedProblem) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw errno == ENOENT
        ? DelimitedProblem(.notFound, "there is no file \(path)")
        : DelimitedProblem(.unreadable, "\(path) can't be opened: \(reason)")
    }
    guard let identity = FileIdentity(descriptor: descriptor) else {
      close(descriptor)
      throw DelimitedProblem(.unreadable, "\(path) can't be opened")
    }
    guard !identity.isDirectory else {
      close(descriptor)
      throw DelimitedProblem(.unreadable, "\(path) is a folder, not a file")
    }
    self.identity = identity
    byteCount = identity.isRegular ? identity.byteCount : nil
  }

  deinit { close(descriptor) }

  var checksums: BlockChecksums? { nil }
  var progress: (done: Int, total: Int)? { nil }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int
  {
    var filled = 0
    while filled < room.count, let base = room.baseAddress {
      let count =
        byteCount == nil
        ? Glibc.read(descriptor, base + filled, room.count - filled)
        : pread(descriptor, base + filled, room.count - filled, off_t(offset + filled))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw DelimitedProblem(
          .unreadable, "\(path) can't be read: \(String(cString: strerror(errno)))")
      }
      filled += count
    }
    return filled
  }

  /// The state that the file is in.
  var stamp: FileStamp? { FileStamp(descriptor: descriptor, path: path) }

  /// Whether the path still names the file that was opened, unchanged.
  func checkUnchanged() throws(DelimitedProblem) {
    guard FileIdentity(descriptor: descriptor) == identity else {
      throw DelimitedProblem(.damaged, "\(path) was changed while it was read; open it again")
    }
  }
}

/// What tells one state of a file from another.
struct FileIdentity: Hashable, Sendable {
  let byteCount: Int
  let isRegular: Bool
  let isDirectory: Bool
  private let inode: UInt64
  private let seconds: Int
  private let nanoseconds: Int

  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    byteCount = Int(status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isDirectory = status.st_mode & S_IFMT == S_IFDIR
    inode = UInt64(status.st_ino)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}

/// Bytes that are already in memory: what came through a pipe, which can't be read twice.
final class MemoryInput: ByteInput {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Takes in all of an input that can only be read from front to back.
  convenience init(all input: some ByteInput) throws(DelimitedProblem) {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count: Int
      do {
        count = try block.withUnsafeMutableBytes { try input.read(into: $0, at: bytes.count) }
      } catch {
        throw error as? DelimitedProblem ?? DelimitedProblem(.unreadable, "\(error)")
      }
      if count == 0 { break }
      bytes.append(contentsOf: block[..<count])
    }
    self.init(bytes)
  }

  var byteCount: Int? { bytes.count }
  var checksums: BlockChecksums? { nil }
  var progress: (done: Int, total: Int)? { nil }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    let count = min(room.count, bytes.count - offset)
    bytes.withUnsafeBytes { source in
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
    }
    return count
  }
}
