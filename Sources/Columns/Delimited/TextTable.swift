private import CByteMask

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
  /// How many texts are longer than 16 bytes.
  private(set) var longTextCount = 0
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var long: UnsafeMutablePointer<UInt8>
  private var longCount = 0
  private var longCapacity: Int
  /// The same texts for a faster look-up, as long as it is one.
  private var short: ShortTexts?
  private var usesShortTexts: Bool

  /// - Parameters:
  ///   - expecting: about how many texts there will be.
  ///   - level: what the look-up may use, as in `BlockIndex`; changes nothing in the codes.
  init(expecting: Int = 0, level: Int = BlockIndex.bestLevel) {
    usesShortTexts = min(level, BlockIndex.bestLevel) >= 2
    slotMask = 127
    while slotMask < expecting * 4 / 3 { slotMask = slotMask * 2 + 1 }
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    entryCapacity = max(64, expecting)
    entries = .allocate(capacity: entryCapacity)
    longCapacity = 256
    long = .allocate(capacity: longCapacity)
  }

  /// Frees what texts are looked up by: no more can be entered.
  mutating func finish() {
    dropShortTexts()
    slots.deallocate()
    slotMask = 0
    slots = .allocate(capacity: 1)
    slots.initialize(to: 0)
  }

  func deallocate() {
    short?.deallocate()
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
    let first = encodeShort(bytes, separators: separators, stride: stride, rows: rows, into: codes)
    var separator = separators + first &* stride
    if slotMask >= TextTable.slotsBeyondCache {
      return encodeAhead(
        bytes, separators: separator, stride: stride, rows: rows - first, into: codes + first)
    }
    for row in first..<rows {
      let start = Int(separator[0]) + 1
      let length = Int(separator[1]) - start
      codes[row] = code(of: bytes + start, length: length)
      separator += stride
    }
  }

  /// Encodes rows with the help of `short`, as long as that saves time; returns how many it took.
  private mutating func encodeShort(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) -> Int {
    guard usesShortTexts else { return 0 }
    if short == nil { short = ShortTexts() }
    var row = 0
    while row < rows {
      guard short?.isUseful == true else {
        dropShortTexts()
        return row
      }
      row +=
        short?.encode(
          bytes, separators: separators + row &* stride, stride: stride, rows: rows - row,
          into: codes + row) ?? 0
      guard row < rows else { break }
      let start = Int(separators[row &* stride]) + 1
      let length = Int(separators[row &* stride + 1]) - start
      codes[row] = code(of: bytes + start, length: length)
      short?.noteRow(length: length)
      for code in (short?.count ?? count)..<count {
        withText(of: code) { short?.append($0) }
      }
      row += 1
    }
    return rows
  }

  private mutating func dropShortTexts() {
    usesShortTexts = false
    short?.deallocate()
    short = nil
  }

  /// From this size on a look-up waits for memory, and is asked for ahead.
  private static let slotsBeyondCache = 1 << 14
  private static let rowsAhead = 32

  /// The same with the slots and entries of some rows asked for before they are looked at.
  private mutating func encodeAhead(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: Key.self, capacity: TextTable.rowsAhead) { keys in
      var first = 0
      while first < rows {
        let count = min(TextTable.rowsAhead, rows - first)
        for row in 0..<count {
          let separator = separators + (first &+ row) &* stride
          let start = Int(separator[0]) + 1
          let key = Key(bytes + start, length: Int(separator[1]) - start)
          keys[row] = key
          bytemask_prefetch(slots + (Int(truncatingIfNeeded: key.hash) & slotMask))
        }
        for row in 0..<count {
          let code = slots[Int(truncatingIfNeeded: keys[row].hash) & slotMask] & 0xFFFF_FFFF
          if code != 0 { bytemask_prefetch(entries + Int(code &- 1)) }
        }
        for row in 0..<count {
          let start = Int(separators[(first &+ row) &* stride]) + 1
          codes[first &+ row] = code(of: keys[row], bytes + start)
        }
        first += count
      }
    }
  }

  /// The code of a text, which is entered if it is new.
  @inline(__always)
  mutating func code(of text: UnsafePointer<UInt8>, length: Int) -> UInt32 {
    code(of: Key(text, length: length), text)
  }

  /// The code of a text; the text itself is looked at only where it is long.
  @inline(__always)
  mutating func code(of key: Key, _ text: UnsafePointer<UInt8>) -> UInt32 {
    let tag = key.hash & 0xFFFF_FFFF_0000_0000
    var index = Int(truncatingIfNeeded: key.hash) & slotMask
    while true {
      let slot = slots[index]
      let code = slot & 0xFFFF_FFFF
      if code == 0 { break }
      if slot & 0xFFFF_FFFF_0000_0000 == tag {
        let entry = entries + Int(code &- 1)
        if entry.pointee.low == key.low, Int(entry.pointee.length) == key.length {
          if key.length <= 16
            ? entry.pointee.high == key.high : isLong(entry.pointee, equalTo: text)
          {
            return UInt32(truncatingIfNeeded: code &- 1)
          }
        }
      }
      index = (index &+ 1) & slotMask
    }
    return insert(key, text, at: index)
  }

  /// What a text is found by.
  struct Key {
    let low: UInt64
    let high: UInt64
    let length: Int
    let hash: UInt64

    @inline(__always)
    init(_ text: UnsafePointer<UInt8>, length: Int) {
      self.length = length
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
    }

    @inline(__always)
    fileprivate init(_ entry: Entry) {
      (low, high, length) = (entry.low, entry.high, Int(entry.length))
      hash = length <= 16 ? TextTable.mix(low, high, length) : low
    }
  }

  /// What the text of a code is found by in any table.
  @inline(__always)
  func key(of code: Int) -> Key { Key(entries[code]) }

  /// The bytes of a code's text if it is long, else anything.
  @inline(__always)
  func longText(of code: Int) -> UnsafePointer<UInt8> {
    let entry = entries[code]
    return UnsafePointer(long + (entry.length > 16 ? Int(entry.high) : 0))
  }

  /// Whether a code's text stands for itself; see `RawText.isPlain`.
  @inline(__always)
  func isPlain(_ code: Int) -> Bool {
    let entry = entries[code]
    let length = Int(entry.length)
    guard length <= 16, length > 0 else {
      return withText(of: code) { RawText.isPlain($0) }
    }
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    let low = entry.low | ~TextTable.lowest(bits)
    let high = entry.high | ~TextTable.lowest(bits < 64 ? 0 : bits &- 64)
    let tops: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    let last = length <= 8 ? entry.low &>> (bits &- 8) : entry.high &>> (bits &- 72)
    let zeros = ((low &- ones) & ~low | (high &- ones) & ~high) & tops
    return (entry.low | entry.high) & tops | zeros == 0
      && UInt8(truncatingIfNeeded: entry.low) != UInt8(ascii: "\"")
      && UInt8(truncatingIfNeeded: last) != UInt8(ascii: "\r")
  }

  @inline(__always)
  static func lowest(_ bits: UInt64) -> UInt64 {
    bits >= 64 ? .max : (1 &<< bits) &- 1
  }

  @inline(__always)
  static func mix(_ low: UInt64, _ high: UInt64, _ length: Int) -> UInt64 {
    let product = (low ^ 0x2D35_8DCC_AA6C_78A5 ^ UInt64(truncatingIfNeeded: length))
      .multipliedFullWidth(by: high ^ 0x8BB8_4B93_962E_ACC9)
    let folded = product.high ^ product.low
    return folded ^ (folded >> 29)
  }

  /// The hash of all bytes of a text that is longer than 16 bytes.
  fileprivate static func hash(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
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
    _ key: Key, _ text: UnsafePointer<UInt8>, at index: Int
  ) -> UInt32 {
    if count == entryCapacity { growEntries() }
    let length = key.length
    var entry = Entry(low: key.low, high: key.high, length: UInt32(length))
    if length > 16 {
      if longCount + length > longCapacity { growLong(by: length) }
      entry.high = UInt64(longCount)
      (long + longCount).update(from: text, count: length)
      longCount += length
      longTextCount += 1
    }
    entries[count] = entry
    count += 1
    slots[index] = key.hash & 0xFFFF_FFFF_0000_0000 | UInt64(count)
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
      let hash = key(of: code).hash
      var index = Int(truncatingIfNeeded: hash) & slotMask
      while slots[index] != 0 { index = (index + 1) & slotMask }
      slots[index] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code + 1)
    }
  }

  // MARK: - Texts

  func length(of code: Int) -> Int { Int(entries[code].length) }

  /// All texts in the order of their codes.
  var texts: Texts {
    var bounds = [0]
    bounds.reserveCapacity(count + 1)
    var end = 0
    for code in 0..<count {
      end += Int(entries[code].length)
      bounds.append(end)
    }
    let margin = TextTable.margin
    let bytes = [UInt8](unsafeUninitializedCapacity: end + margin) { room, filled in
      filled = end
      guard let base = room.baseAddress else { return }
      var target = UnsafeMutableRawPointer(base)
      for code in 0..<count {
        let entry = entries[code]
        let length = Int(entry.length)
        if length <= 16 {
          // Sixteen bytes at once: those behind the text are written over by the next one.
          target.storeBytes(of: entry.low.littleEndian, as: UInt64.self)
          target.storeBytes(of: entry.high.littleEndian, toByteOffset: 8, as: UInt64.self)
        } else {
          target.copyMemory(from: long + Int(entry.high), byteCount: length)
        }
        target += length
      }
    }
    return Texts(bytes: bytes, bounds: bounds)
  }

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
