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
    guard byteCount >= fewestBytes, !givesPagesBack, let base = room.baseAddress,
      freeBytes >= 2 * byteCount
    else { return }
    let first = (Int(bitPattern: base) + pageBytes - 1) / pageBytes * pageBytes
    let end = (Int(bitPattern: base) + byteCount) / pageBytes * pageBytes
    if let start = UnsafeMutableRawPointer(bitPattern: first) {
      _ = madvise(start, end - first, MADV_HUGEPAGE)
    }
  }

  /// Whether a guest's system gives free pieces of 2 MB back to its host, as page reporting does: the host then has to
  /// find and clear each anew, which takes longer than small pages do.
  private static let givesPagesBack: Bool = {
    let path = "/sys/module/page_reporting/parameters/page_reporting_order"
    return text(of: path).map { givesPagesBack(reportingOrder: $0) } ?? false
  }()

  /// - Parameter reportingOrder: from how many doublings of a page on free pieces are reported; a number without bounds
  ///   where none are.
  static func givesPagesBack(reportingOrder: String) -> Bool {
    (Int(reportingOrder.prefix { $0.isNumber }) ?? .max) <= 16
  }

  /// How much memory is free in pieces of at least 2 MB; 0 where the system does not say.
  private static var freeBytes: Int {
    guard sysconf(Int32(_SC_PAGESIZE)) == pageBytes else { return 0 }
    return text(of: "/proc/buddyinfo").map { freeBytes(inBuddyInfo: $0) } ?? 0
  }

  /// The beginning of one of the system's small files.
  private static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 13, alignment: 1) { room in
      let count = read(file, room.baseAddress, room.count)
      return String(decoding: room[..<max(0, count)], as: UTF8.self)
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
