private import CZlib

/// A gzip file as the bytes it holds; its members may stand one after another.
///
/// Not safe to read from two threads at once, and only from front to back.
final class GzipInput: ByteInput, @unchecked Sendable {
  private let file: any ByteInput
  private let path: String
  private var stream = z_stream()
  private let compressed: UnsafeMutableRawBufferPointer
  private var fileOffset = 0
  private var isInsideMember = false
  private var isAtEnd = false
  private var sums = BlockChecksums()

  init(_ file: any ByteInput, path: String) throws(DelimitedProblem) {
    self.file = file
    self.path = path
    compressed = .allocate(byteCount: 1 << 18, alignment: 64)
    guard zlib_begin_gzip(&stream) == Z_OK else {
      compressed.deallocate()
      throw DelimitedProblem(.limit, "there is no memory to unpack \(path)")
    }
  }

  deinit {
    inflateEnd(&stream)
    compressed.deallocate()
  }

  var byteCount: Int? { nil }
  var checksums: BlockChecksums? { isAtEnd ? sums : nil }
  var progress: (done: Int, total: Int)? { (fileOffset, file.byteCount ?? 0) }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int
  {
    guard let base = room.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    var filled = 0
    while filled < room.count, !isAtEnd {
      if stream.avail_in == 0, try !refill() {
        guard !isInsideMember else {
          throw DelimitedProblem(.damaged, "\(path) is cut short: its last gzip member has no end")
        }
        isAtEnd = true
        break
      }
      isInsideMember = true
      stream.next_out = base + filled
      stream.avail_out = UInt32(min(room.count - filled, 1 << 30))
      let before = Int(stream.avail_out)
      let code = inflate(&stream, Z_NO_FLUSH)
      filled += before - Int(stream.avail_out)
      switch code {
      case Z_OK, Z_BUF_ERROR: continue
      case Z_STREAM_END:
        isInsideMember = false
        inflateReset(&stream)
        try skipPadding()
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "error \(code)"
        throw DelimitedProblem(.damaged, "\(path) can't be unpacked: \(reason)")
      }
    }
    return filled
  }

  /// Zeros may follow the last member: tape blocks are filled with them.
  private func skipPadding() throws(DelimitedProblem) {
    while true {
      if stream.avail_in == 0, try !refill() { return }
      guard stream.next_in.pointee == 0 else { return }
      stream.next_in += 1
      stream.avail_in -= 1
    }
  }

  private func refill() throws(DelimitedProblem) -> Bool {
    let count = try file.read(into: compressed, at: fileOffset)
    fileOffset += count
    sums.append(UnsafeRawBufferPointer(rebasing: compressed[..<count]))
    stream.next_in = compressed.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    return count > 0
  }
}
