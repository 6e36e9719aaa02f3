package import Columns

/// Makes a column of cells that arrive one after another: a dictionary in order of first appearance
/// and one code a row.
///
/// Complexity: amortised O(length of the text) a cell.
package struct ColumnBuilder {
  private var bytes: [UInt8] = []
  private var bounds: [Int] = [0]
  private var counts: [Int] = []
  private var codes: [UInt32] = []
  /// Open addressing: a code plus one, or 0 for an empty slot; always a power of two.
  private var slots = [UInt32](repeating: 0, count: 64)
  private var hashes: [UInt32] = []
  /// The code of a stored number that came lately, so that it need not be written out again.
  private var numbers = [Remembered](repeating: Remembered(), count: 4096)

  private struct Remembered {
    var bits: UInt64 = 0
    var isDouble = false
    var code: Int32 = -1
  }

  package init() {}

  /// One more cell that holds a number: its bits, and how it is written where it is new.
  mutating func append(
    bits: UInt64, isDouble: Bool, written: (inout ColumnBuilder) -> Void
  ) {
    let place = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 52)
    let known = numbers[place]
    if known.code >= 0, known.bits == bits, known.isDouble == isDouble {
      codes.append(UInt32(known.code))
      counts[Int(known.code)] += 1
      return
    }
    written(&self)
    if let code = codes.last, code <= Int32.max {
      numbers[place] = Remembered(bits: bits, isDouble: isDouble, code: Int32(code))
    }
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// One more cell. Bytes that are no UTF-8 are read with `U+FFFD` in their place.
  package mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
    let hash = ColumnBuilder.hash(cell)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if hashes[code] == hash, holds(cell, code) {
        codes.append(UInt32(code))
        counts[code] += 1
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    if cell.contains(where: { $0 >= 0x80 }), String(validating: cell, as: UTF8.self) == nil {
      append(String(decoding: cell, as: UTF8.self))
      return
    }
    let code = counts.count
    slots[slot] = UInt32(code + 1)
    hashes.append(hash)
    bytes.append(contentsOf: cell)
    bounds.append(bytes.count)
    counts.append(1)
    codes.append(UInt32(code))
    if counts.count * 2 > slots.count { grow() }
  }

  package var column: Column {
    let narrow: Codes =
      switch counts.count {
      case ...256: .bytes(codes.map { UInt8($0) })
      case ...65_536: .shorts(codes.map { UInt16($0) })
      default: .words(codes)
      }
    return Column(codes: narrow, texts: Texts(bytes: bytes, bounds: bounds), counts: counts)
  }

  private func holds(_ cell: UnsafeBufferPointer<UInt8>, _ code: Int) -> Bool {
    let start = bounds[code]
    guard bounds[code + 1] - start == cell.count else { return false }
    return bytes.withUnsafeBufferPointer { stored in
      for index in 0..<cell.count where stored[start + index] != cell[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(code + 1)
    }
  }

  /// FNV-1a over eight bytes at a time, mixed at the end.
  private static func hash(_ cell: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(cell.count)
    var index = 0
    while index + 8 <= cell.count {
      let word = UnsafeRawPointer(cell.baseAddress!).loadUnaligned(
        fromByteOffset: index, as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      index += 8
    }
    while index < cell.count {
      hash = (hash ^ UInt64(cell[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
