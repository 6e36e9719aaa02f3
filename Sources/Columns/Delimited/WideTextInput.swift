/// UTF-16 text as UTF-8; half pairs become U+FFFD.
///
/// Not safe to read from two threads at once, and only from front to back.
final class WideTextInput: ByteInput, @unchecked Sendable {
  private let file: any ByteInput
  private let isBigEndian: Bool
  private let wide: UnsafeMutableRawBufferPointer
  private var fileOffset = 0
  /// UTF-8 bytes that did not fit into the room of the last read.
  private var pending: [UInt8] = []
  private var pendingStart = 0
  /// The first half of a surrogate pair whose second half comes with the next block.
  private var highSurrogate: UInt16?
  private var isAtEnd = false
  private var sums = BlockChecksums()

  init(_ file: any ByteInput, isBigEndian: Bool) {
    self.file = file
    self.isBigEndian = isBigEndian
    wide = .allocate(byteCount: 1 << 17, alignment: 64)
  }

  deinit { wide.deallocate() }

  var byteCount: Int? { nil }
  var checksums: BlockChecksums? { isAtEnd ? sums : nil }
  var progress: (done: Int, total: Int)? { (fileOffset, file.byteCount ?? 0) }

  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(DelimitedProblem)
    -> Int
  {
    var filled = 0
    while filled < room.count {
      if pendingStart == pending.count {
        guard try refill() else { break }
      }
      let count = min(room.count - filled, pending.count - pendingStart)
      pending.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: room[filled..<filled + count]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[pendingStart..<pendingStart + count]))
      }
      filled += count
      pendingStart += count
    }
    return filled
  }

  private func refill() throws(DelimitedProblem) -> Bool {
    pending.removeAll(keepingCapacity: true)
    pendingStart = 0
    guard !isAtEnd else { return false }
    let count = try file.read(into: wide, at: fileOffset)
    sums.append(UnsafeRawBufferPointer(rebasing: wide[..<count]))
    fileOffset += count
    isAtEnd = count < wide.count
    for index in stride(from: 0, to: count - 1, by: 2) {
      let (low, high) =
        isBigEndian ? (wide[index + 1], wide[index]) : (wide[index], wide[index + 1])
      take(UInt16(high) << 8 | UInt16(low))
    }
    if isAtEnd, highSurrogate != nil || count % 2 == 1 {
      highSurrogate = nil
      append(0xFFFD)
    }
    return !pending.isEmpty || !isAtEnd
  }

  private func take(_ unit: UInt16) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        append(0x10000 + UInt32(high - 0xD800) << 10 + UInt32(unit - 0xDC00))
        return
      }
      append(0xFFFD)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else {
      append(UTF16.isTrailSurrogate(unit) ? 0xFFFD : UInt32(unit))
    }
  }

  private func append(_ scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    if scalar.isASCII {
      pending.append(UInt8(scalar.value))
    } else {
      pending.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
