private import CByteMask

/// CRC-32C (Castagnoli), which the processor computes where it can.
///
/// Reference: RFC 3720, appendix B.4; `checksum("123456789") == 0xE3069283`. Joining two checksums
/// multiplies by a power of x modulo the polynomial, after Mark Adler's `crc32_combine`.
package struct Checksum: Hashable, Sendable {
  package private(set) var value: UInt32 = 0
  /// How many bytes the value covers.
  package private(set) var byteCount = 0

  package init() {}

  package init(of bytes: UnsafeRawBufferPointer) {
    append(bytes)
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    append(bytes, level: Checksum.bestLevel)
  }

  /// - Parameter level: how it is computed, at most `bestLevel`; changes nothing in the result.
  mutating func append(_ bytes: UnsafeRawBufferPointer, level: Int) {
    guard let base = bytes.baseAddress else { return }
    if level >= 2 {
      value = ~bytemask_crc32c_folded(base.assumingMemoryBound(to: UInt8.self), bytes.count, ~value)
      byteCount += bytes.count
      return
    }
    var start = base.assumingMemoryBound(to: UInt8.self)
    var left = bytes.count
    if level >= 1, left >= 1024 {
      let words = left / 32
      var sums: (UInt32, UInt32, UInt32, UInt32) = (~value, ~0, ~0, ~0)
      withUnsafeMutableBytes(of: &sums) {
        bytemask_crc32c_four(start, words, $0.assumingMemoryBound(to: UInt32.self).baseAddress)
      }
      let shift = Checksum.power(ofBytes: 8 * words)
      value = ~sums.0
      for next in [sums.1, sums.2, sums.3] {
        value = Checksum.product(shift, value) ^ ~next
      }
      start += 32 * words
      left -= 32 * words
    }
    var register = ~value
    for index in 0..<left {
      register =
        Checksum.table[Int(UInt8(truncatingIfNeeded: register) ^ start[index])]
        ^ (register >> 8)
    }
    value = ~register
    byteCount += bytes.count
  }

  /// Appends bytes of which only the checksum is known.
  package mutating func append(_ next: Checksum) {
    value = Checksum.product(Checksum.power(ofBytes: next.byteCount), value) ^ next.value
    byteCount += next.byteCount
  }

  /// What the machine has instructions for: 0 none, 1 checksums of 8 bytes, 2 of 256 bytes.
  static let bestLevel = bytemask_folds_crc32c() != 0 ? 2 : bytemask_has_crc32c() != 0 ? 1 : 0
  private static let polynomial: UInt32 = 0x82F6_3B78

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { register, _ in
      register & 1 == 1 ? polynomial ^ (register >> 1) : register >> 1
    }
  }

  /// The product of two polynomials modulo the polynomial; the highest bit is the constant term.
  private static func product(_ left: UInt32, _ right: UInt32) -> UInt32 {
    var result: UInt32 = 0
    var shifted = right
    var bit: UInt32 = 1 << 31
    while bit != 0 {
      if left & bit != 0 { result ^= shifted }
      shifted = shifted & 1 == 1 ? polynomial ^ (shifted >> 1) : shifted >> 1
      bit >>= 1
    }
    return result
  }

  /// x to the power of 8 × `count`.
  private static func power(ofBytes count: Int) -> UInt32 {
    var result: UInt32 = 1 << 31
    for (exponent, factor) in squares.enumerated() where count >> exponent & 1 == 1 {
      result = product(factor, result)
    }
    return result
  }

  /// x to the power of 8 × 2^k for each k.
  private static let squares: [UInt32] = {
    var factors: [UInt32] = [1 << 23]
    for index in 0..<47 { factors.append(product(factors[index], factors[index])) }
    return factors
  }()
}

/// The checksums of a file's blocks of 1 MiB: what a fingerprint is made of.
package struct BlockChecksums: Hashable, Sendable {
  package static let blockBytes = 1 << 20

  private var blocks: [Checksum] = []

  package init() {}

  package var byteCount: Int {
    blocks.isEmpty ? 0 : (blocks.count - 1) * Self.blockBytes + blocks[blocks.count - 1].byteCount
  }

  /// Appends the bytes that follow those so far.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(roomInLastBlock())
      blocks[blocks.count - 1].append(UnsafeRawBufferPointer(rebasing: piece))
      rest = rest.dropFirst(piece.count)
    }
  }

  /// Appends pieces that were cut at the same block borders.
  package mutating func append(_ pieces: [Checksum]) {
    for piece in pieces {
      let room = roomInLastBlock()
      precondition(piece.byteCount <= room, "a piece crosses the border of a block")
      blocks[blocks.count - 1].append(piece)
    }
  }

  /// How many bytes the last block still takes; opens a new one when it is full.
  private mutating func roomInLastBlock() -> Int {
    if let last = blocks.last, last.byteCount < Self.blockBytes {
      return Self.blockBytes - last.byteCount
    }
    blocks.append(Checksum())
    return Self.blockBytes
  }

  /// The blocks' checksums, as they stand in `material`.
  static func values(in material: [UInt8]) -> [UInt32] {
    stride(from: 8, to: material.count - 3, by: 4).map { place in
      (0..<4).reduce(0) { $0 | UInt32(material[place + $1]) << UInt32(8 * $1) }
    }
  }

  /// The number of bytes and each block's checksum, least significant byte first.
  package var material: [UInt8] {
    var result: [UInt8] = []
    withUnsafeBytes(of: UInt64(byteCount).littleEndian) { result.append(contentsOf: $0) }
    for block in blocks {
      withUnsafeBytes(of: block.value.littleEndian) { result.append(contentsOf: $0) }
    }
    return result
  }
}
