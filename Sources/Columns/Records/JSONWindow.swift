internal import Glibc

/// The part of an input that is looked at: it moves on as records are taken, and grows where one is
/// long.
final class JSONWindow {
  /// More than one record is let hold; it is held in memory whole.
  static let longestRecordInBytes = 1 << 28

  private let input: any ByteInput
  private let monitor: ReadMonitor
  private let path: String
  private var room: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var offset = 0
  private var isAtEnd = false
  private var sums = BlockChecksums()
  /// Line breaks in what the window has left behind.
  private var passedLineCount = 0
  /// Where the next record begins, or white space before it.
  var start = 0

  /// - Parameter blockBytes: how much is read at a time; changes nothing in the result.
  init(_ input: any ByteInput, path: String, blockBytes: Int, monitor: ReadMonitor) {
    self.input = input
    self.path = path
    self.monitor = monitor
    room = .allocate(byteCount: max(16, blockBytes), alignment: 64)
  }

  deinit { room.deallocate() }

  var bytes: UnsafePointer<UInt8> {
    UnsafePointer(room.baseAddress!.assumingMemoryBound(to: UInt8.self))
  }

  var range: Range<Int> { start..<filled }

  /// Reads on; false where the input has no more.
  func extend() throws(DelimitedProblem) -> Bool {
    guard !isAtEnd else { return false }
    if monitor.isCancelled() {
      throw DelimitedProblem(.cancelled, "the reading of \(path) was stopped")
    }
    leaveBehind()
    if filled == room.count { try grow() }
    let free = UnsafeMutableRawBufferPointer(rebasing: room[filled...])
    let count = try input.read(into: free, at: offset)
    isAtEnd = count < free.count
    sums.append(UnsafeRawBufferPointer(rebasing: free[..<count]))
    offset += count
    filled += count
    if let progress = input.progress {
      monitor.advance(progress.done, progress.total)
    } else {
      monitor.advance(offset, input.byteCount ?? offset)
    }
    return count > 0
  }

  private func leaveBehind() {
    guard start > 0, let base = room.baseAddress else { return }
    passedLineCount += lineBreaks(before: start)
    memmove(base, base + start, filled - start)
    filled -= start
    start = 0
  }

  private func grow() throws(DelimitedProblem) {
    guard room.count < JSONWindow.longestRecordInBytes else {
      throw DelimitedProblem(
        .limit, "a record is longer than 256 MiB", line: lineNumber(at: start))
    }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: room.count * 2, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[..<filled]))
    room.deallocate()
    room = larger
  }

  private func lineBreaks(before position: Int) -> Int {
    var count = 0
    for index in 0..<position { count &+= bytes[index] == 0x0A ? 1 : 0 }
    return count
  }

  /// The line, from 1, of a place in the window.
  func lineNumber(at position: Int) -> Int {
    passedLineCount + lineBreaks(before: position) + 1
  }

  /// Where the line that begins at `start` ends: at its line break or the end of the input.
  func lineEnd() throws(DelimitedProblem) -> Int {
    var searched = 0
    while true {
      let from = start + searched
      if from < filled, let base = room.baseAddress,
        let found = memchr(base + from, 0x0A, filled - from)
      {
        return UnsafeMutableRawPointer(found) - base
      }
      searched = filled - start
      if try !extend() { return filled }
    }
  }

  /// The size of the file and the checksums of its blocks, once all has been read.
  var fingerprintMaterial: [UInt8] { (input.checksums ?? sums).material }
}
