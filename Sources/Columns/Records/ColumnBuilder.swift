internal import Glibc

/// Makes a column of cells that arrive one after another: a dictionary in order of first appearance
/// and one code a row, in the narrowest width that the dictionary has needed so far.
///
/// **Complexity**: amortised O(length of the text) a cell.
package struct ColumnBuilder {
  /// What becomes of bytes that are not UTF-8.
  package enum Repair: Sendable {
    case replacementCharacter
    case windows1252
  }

  /// How many cells were not UTF-8 and had to be read otherwise.
  package private(set) var repairedCount = 0
  private let repair: Repair
  private var bytes: [UInt8] = []
  private var bounds: [Int] = [0]
  private var counts: [Int] = []
  private var codes = GrowingCodes()
  /// Open addressing: a code plus one, or 0 for an empty slot; always a power of two.
  private var slots = [UInt32](repeating: 0, count: 64)
  private var hashes: [UInt32] = []
  /// The code of a stored number that came lately, so that it need not be written out again; empty
  /// until the first one comes.
  private var numbers: [Remembered] = []

  private struct Remembered {
    var bits: UInt64 = 0
    var isDouble = false
    var code: Int32 = -1
  }

  package init(repair: Repair = .replacementCharacter) {
    self.repair = repair
  }

  package var rowCount: Int { codes.count }

  /// One more cell.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// One more cell.
  package mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
    append(code: enter(cell))
  }

  /// One more cell that holds a number: its bits, and how it is written where it is new.
  package mutating func append(
    bits: UInt64, isDouble: Bool, written: (inout ColumnBuilder) -> Void
  ) {
    if numbers.isEmpty { numbers = [Remembered](repeating: Remembered(), count: 4096) }
    let place = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 52)
    let known = numbers[place]
    if known.code >= 0, known.bits == bits, known.isDouble == isDouble {
      append(code: Int(known.code))
      return
    }
    written(&self)
    if let code = codes.last, code <= Int(Int32.max) {
      numbers[place] = Remembered(bits: bits, isDouble: isDouble, code: Int32(code))
    }
  }

  /// One more cell, by the code that `enter` gave.
  mutating func append(code: Int) {
    codes.append(code, dictionaryCount: counts.count)
    counts[code] += 1
  }

  /// Missing cells, until there are as many cells as this.
  package mutating func fill(to rowCount: Int) {
    let added = rowCount - codes.count
    guard added > 0 else { return }
    let code = enter(UnsafeBufferPointer(start: nil, count: 0))
    for _ in 0..<added { codes.append(code, dictionaryCount: counts.count) }
    counts[code] += added
  }

  package var column: Column {
    Column(codes: codes.codes, texts: Texts(bytes: bytes, bounds: bounds), counts: counts)
  }

  /// The code of a text, which is entered if it is new.
  mutating func enter(_ cell: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = ColumnBuilder.hash(cell)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if hashes[code] == hash, holds(cell, code) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    if cell.contains(where: { $0 >= 0x80 }), String(validating: cell, as: UTF8.self) == nil {
      return enter(repaired: cell)
    }
    let code = counts.count
    slots[slot] = UInt32(code + 1)
    hashes.append(hash)
    bytes.append(contentsOf: cell)
    bounds.append(bytes.count)
    counts.append(0)
    if counts.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func enter(repaired cell: UnsafeBufferPointer<UInt8>) -> Int {
    repairedCount += 1
    switch repair {
    case .windows1252:
      return RawText.utf8(windows1252: Array(cell)).withUnsafeBufferPointer { enter($0) }
    case .replacementCharacter:
      var text = String(decoding: cell, as: UTF8.self)
      return text.withUTF8 { enter($0) }
    }
  }

  private func holds(_ cell: UnsafeBufferPointer<UInt8>, _ code: Int) -> Bool {
    let start = bounds[code]
    guard bounds[code + 1] - start == cell.count else { return false }
    guard let first = cell.baseAddress, cell.count > 0 else { return true }
    return bytes.withUnsafeBytes { stored in
      stored.baseAddress.map { memcmp($0 + start, first, cell.count) == 0 } ?? false
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
    if let base = cell.baseAddress {
      let raw = UnsafeRawPointer(base)
      while index + 8 <= cell.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        index += 8
      }
    }
    while index < cell.count {
      hash = (hash ^ UInt64(cell[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}

/// Codes that arrive one after another, kept in the narrowest width.
private struct GrowingCodes {
  private var bytes: [UInt8] = []
  private var shorts: [UInt16] = []
  private var words: [UInt32] = []
  private var width = CodeRun.Width.byte

  var count: Int { bytes.count + shorts.count + words.count }

  /// The code that came last.
  var last: Int? {
    switch width {
    case .byte: bytes.last.map { Int($0) }
    case .short: shorts.last.map { Int($0) }
    case .word: words.last.map { Int($0) }
    }
  }

  /// Appends a code of a dictionary that by now holds `dictionaryCount` texts.
  mutating func append(_ code: Int, dictionaryCount: Int) {
    let needed = CodeRun.Width(dictionaryCount: dictionaryCount)
    if needed.rawValue > width.rawValue { widen(to: needed) }
    switch width {
    case .byte: bytes.append(UInt8(truncatingIfNeeded: code))
    case .short: shorts.append(UInt16(truncatingIfNeeded: code))
    case .word: words.append(UInt32(truncatingIfNeeded: code))
    }
  }

  private mutating func widen(to wider: CodeRun.Width) {
    if wider == .short {
      shorts = bytes.map { UInt16($0) }
    } else {
      words = width == .byte ? bytes.map { UInt32($0) } : shorts.map { UInt32($0) }
      shorts = []
    }
    bytes = []
    width = wider
  }

  var codes: Codes {
    switch width {
    case .byte: .bytes(bytes)
    case .short: .shorts(shorts)
    case .word: .words(words)
    }
  }
}
