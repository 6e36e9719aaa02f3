private import Glibc

/// Memory in pages of 2 MB, where the system has them: filling a column of 40 MB page by page takes
/// ten thousand small interruptions, and longer than reading it.
enum HugePages {
  /// Less is not worth asking for.
  private static let fewestBytes = 4 << 20
  private static let pageBytes = 1 << 12
  /// A huge page is so many doublings of a page.
  private static let order = 9

  /// Asks for them for memory that nothing was written to yet, if enough are free: the system would
  /// otherwise stop the program to make some.
  static func prefer<Element>(for room: UnsafeMutableBufferPointer<Element>) {
    let byteCount = room.count * MemoryLayout<Element>.stride
    guard byteCount >= fewestBytes, let base = room.baseAddress, freeBytes >= 2 * byteCount else {
      return
    }
    let first = (Int(bitPattern: base) + pageBytes - 1) / pageBytes * pageBytes
    let end = (Int(bitPattern: base) + byteCount) / pageBytes * pageBytes
    if let start = UnsafeMutableRawPointer(bitPattern: first) {
      _ = madvise(start, end - first, MADV_HUGEPAGE)
    }
  }

  /// How much memory is free in pieces of at least 2 MB; 0 where the system does not say.
  private static var freeBytes: Int {
    guard sysconf(Int32(_SC_PAGESIZE)) == pageBytes else { return 0 }
    let file = open("/proc/buddyinfo", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 13, alignment: 1) { room in
      let count = read(file, room.baseAddress, room.count)
      let text = String(decoding: room[..<max(0, count)], as: UTF8.self)
      return freeBytes(inBuddyInfo: text)
    }
  }

  /// - Parameter text: a line for each zone of memory: `Node 0, zone Normal`, and how many pieces of 1, 2, 4 pages
  ///   and so on are free.
  static func freeBytes(inBuddyInfo text: String) -> Int {
    var pages = 0
    for line in text.split(separator: "\n") {
      let counts = line.split(separator: " ").dropFirst(4)
      for (order, count) in counts.enumerated() where (HugePages.order..<32).contains(order) {
        pages += (Int(count) ?? 0) << order
      }
    }
    return pages * pageBytes
  }
}
