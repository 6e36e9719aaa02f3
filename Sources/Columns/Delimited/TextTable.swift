/// A dictionary of texts under construction: each distinct text gets the next code.
///
/// Texts of up to 16 bytes are held in their entry, longer ones end to end in `long`. The owner
/// frees it with `deallocate()`. Reading a text looks at up to 16 bytes behind it, so that buffers
/// need a margin.
///
/// **Complexity**: a look-up is constant on average; 8 bytes a slot, at most three quarters of them
/// taken, and 24 bytes a text.
struct TextTable {
  struct Entry {
    /// The first 8 bytes, or the hash of a long text.
    var low: UInt64
    /// The next 8 bytes, or where in `long` a long text stands.
    var high: UInt64
    var length: UInt32
  }

  /// How many bytes may be looked at behind a text.
  static let margin = 16

  private(set) var count = 0
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var long: UnsafeMutablePointer<UInt8>
  private var longCount = 0
  private var longCapacity: Int

  init() {
    slotMask = 127
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    entryCapacity = 64
    entries = .allocate(capacity: entryCapacity)
    longCapacity = 256
    long = .allocate(capacity: longCapacity)
  }

  func deallocate() {
    slots.deallocate()
    entries.deallocate()
    long.deallocate()
  }

  // MARK: - Codes

  /// Writes the code of one field of each row.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next
  ///     one.
  ///   - stride: from one row's separator to the next row's.
  mutating func encode(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    var separator = separators
    for row in 0..<rows {
      let start = Int(separator[0]) + 1
      let length = Int(separator[1]) - start
      codes[row] = code(of: bytes + start, length: length)
      separator += stride
    }
  }

  /// The code of a text, which is entered if it is new.
  @inline(__always)
  mutating func code(of text: UnsafePointer<UInt8>, length: Int) -> UInt32 {
    let low: UInt64
    let high: UInt64
    let hash: UInt64
    if length <= 16 {
      let raw = UnsafeRawPointer(text)
      let bits = UInt64(truncatingIfNeeded: length) &* 8
      low = raw.loadUnaligned(as: UInt64.self) & TextTable.lowest(bits)
      high =
        raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        & TextTable.lowest(bits < 64 ? 0 : bits &- 64)
      hash = TextTable.mix(low, high, length)
    } else {
      hash = TextTable.hash(text, length)
      low = hash
      high = 0
    }
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var index = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let slot = slots[index]
      let code = slot & 0xFFFF_FFFF
      if code == 0 { break }
      if slot & 0xFFFF_FFFF_0000_0000 == tag {
        let entry = entries + Int(code &- 1)
        if entry.pointee.low == low, Int(entry.pointee.length) == length {
          if length <= 16
            ? entry.pointee.high == high : isLong(entry.pointee, equalTo: text)
          {
            return UInt32(truncatingIfNeeded: code &- 1)
          }
        }
      }
      index = (index &+ 1) & slotMask
    }
    return insert(text, length, low, high, tag, at: index)
  }

  @inline(__always)
  private static func lowest(_ bits: UInt64) -> UInt64 {
    bits >= 64 ? .max : (1 &<< bits) &- 1
  }

  @inline(__always)
  private static func mix(_ low: UInt64, _ high: UInt64, _ length: Int) -> UInt64 {
    let product = (low ^ 0x2D35_8DCC_AA6C_78A5 ^ UInt64(truncatingIfNeeded: length))
      .multipliedFullWidth(by: high ^ 0x8BB8_4B93_962E_ACC9)
    let folded = product.high ^ product.low
    return folded ^ (folded >> 29)
  }

  /// The hash of all bytes of a text that is longer than 16 bytes.
  private static func hash(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let raw = UnsafeRawPointer(text)
    var state = UInt64(truncatingIfNeeded: length)
    var offset = 0
    while offset < length - 16 {
      state = mix(
        raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ state,
        raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self), 0)
      offset += 16
    }
    return mix(
      raw.loadUnaligned(fromByteOffset: length - 16, as: UInt64.self) ^ state,
      raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self), length)
  }

  private func isLong(_ entry: Entry, equalTo text: UnsafePointer<UInt8>) -> Bool {
    let held = UnsafeRawPointer(long + Int(entry.high))
    let raw = UnsafeRawPointer(text)
    let length = Int(entry.length)
    var offset = 0
    while offset < length - 8 {
      if held.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset += 8
    }
    return held.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
      == raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
  }

  // MARK: - Growth

  @inline(never)
  private mutating func insert(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ low: UInt64, _ high: UInt64, _ tag: UInt64,
    at index: Int
  ) -> UInt32 {
    if count == entryCapacity { growEntries() }
    var entry = Entry(low: low, high: high, length: UInt32(length))
    if length > 16 {
      if longCount + length > longCapacity { growLong(by: length) }
      entry.high = UInt64(longCount)
      (long + longCount).update(from: text, count: length)
      longCount += length
    }
    entries[count] = entry
    count += 1
    slots[index] = tag | UInt64(count)
    if count * 4 > (slotMask + 1) * 3 || (count * 2 > slotMask && slotMask < 1 << 20) {
      growSlots()
    }
    return UInt32(count - 1)
  }

  private mutating func growEntries() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    entryCapacity *= 2
  }

  private mutating func growLong(by length: Int) {
    longCapacity = max(longCapacity * 2, longCount + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: longCapacity)
    larger.moveInitialize(from: long, count: longCount)
    long.deallocate()
    long = larger
  }

  private mutating func growSlots() {
    slots.deallocate()
    slotMask = slotMask * 2 + 1
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    for code in 0..<count {
      let entry = entries[code]
      let hash =
        entry.length <= 16
        ? TextTable.mix(entry.low, entry.high, Int(entry.length)) : entry.low
      var index = Int(truncatingIfNeeded: hash) & slotMask
      while slots[index] != 0 { index = (index + 1) & slotMask }
      slots[index] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code + 1)
    }
  }

  // MARK: - Texts

  /// Lends the bytes of a text; they may not be kept.
  func withText<Result>(of code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let entry = entries[code]
    let length = Int(entry.length)
    if length > 16 {
      return body(UnsafeBufferPointer(start: long + Int(entry.high), count: length))
    }
    return withUnsafeBytes(of: (entry.low.littleEndian, entry.high.littleEndian)) {
      body(UnsafeBufferPointer(rebasing: $0.assumingMemoryBound(to: UInt8.self)[..<length]))
    }
  }
}
