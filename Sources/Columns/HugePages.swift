private import Glibc

/// Memory in pages of 2 MB, where the system has them: filling a column of 40 MB page by page takes
/// ten thousand small interruptions, and as long as reading it.
enum HugePages {
  /// Less is not worth asking for.
  private static let fewestBytes = 4 << 20
  private static let pageBytes = 1 << 12

  /// Asks for them for memory that nothing was written to yet; where there are none, nothing happens.
  static func prefer<Element>(for room: UnsafeMutableBufferPointer<Element>) {
    let byteCount = room.count * MemoryLayout<Element>.stride
    guard byteCount >= fewestBytes, let base = room.baseAddress else { return }
    let first = (Int(bitPattern: base) + pageBytes - 1) / pageBytes * pageBytes
    let end = (Int(bitPattern: base) + byteCount) / pageBytes * pageBytes
    if let start = UnsafeMutableRawPointer(bitPattern: first) {
      _ = madvise(start, end - first, MADV_HUGEPAGE)
    }
  }
}
