private import CZstd

/// A Zstandard file as the bytes it holds; its frames may stand one after another.
///
/// Not safe to read from two threads at once, and only from front to back.
final class ZstandardInput: ByteInput, @unchecked Sendable {
  private let file: any ByteInput
  private let path: String
  private let stream: OpaquePointer
  private let compressed: UnsafeMutableRawBufferPointer
  /// What of `compressed` is not unpacked yet.
  private var pending = 0..<0
  private var fileOffset = 0
  private var isInsideFrame = false
  private var isAtEnd = false
  private var sums = BlockChecksums()

  init(_ file: any ByteInput, path: String) throws(DelimitedProblem) {
    guard let stream = ZSTD_createDStream() else {
      throw DelimitedProblem(.limit, "there is no memory to unpack \(path)")
    }
    self.file = file
    self.path = path
    self.stream = stream
    compressed = .allocate(byteCount: 1 << 18, alignment: 64)
  }

  deinit {
    ZSTD_freeDStream(stream)
    compressed.deallocate()
  }

  var byteCount: Int? { nil }
  var checksums: BlockChecksums? { isAtEnd ? sums : nil }
  var progress: (done: Int, total: Int)? { (fileOffset, file.byteCount ?? 0) }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int
  {
    var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
    while target.pos < room.count, !isAtEnd {
      let before = target.pos
      let left = try unpack(into: &target)
      isInsideFrame = left != 0
      // The stream may hold back output, so the file has ended only when nothing more comes.
      if pending.isEmpty, target.pos == before, try !refill() {
        guard !isInsideFrame else {
          throw DelimitedProblem(
            .damaged, "\(path) is cut short: its last Zstandard frame has no end")
        }
        isAtEnd = true
      }
    }
    return target.pos
  }

  /// Unpacks what is pending, as far as there is room; 0 where a frame has just ended.
  private func unpack(into target: inout ZSTD_outBuffer) throws(DelimitedProblem) -> Int {
    guard !pending.isEmpty || isInsideFrame else { return 0 }
    var source = ZSTD_inBuffer(
      src: UnsafeRawPointer(compressed.baseAddress), size: pending.upperBound,
      pos: pending.lowerBound)
    let left = ZSTD_decompressStream(stream, &target, &source)
    guard ZSTD_isError(left) == 0 else {
      let reason = String(cString: ZSTD_getErrorName(left))
      throw DelimitedProblem(.damaged, "\(path) can't be unpacked: \(reason)")
    }
    pending = source.pos..<pending.upperBound
    return left
  }

  private func refill() throws(DelimitedProblem) -> Bool {
    let count = try file.read(into: compressed, at: fileOffset)
    fileOffset += count
    sums.append(UnsafeRawBufferPointer(rebasing: compressed[..<count]))
    pending = 0..<count
    return count > 0
  }
}
