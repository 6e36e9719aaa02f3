/// The texts of one column in one stretch of rows, where nearly every row has another: a row holds
/// the text itself, as a number, instead of a code.
///
/// Texts of up to 16 ASCII characters are their bytes, the first in the lowest place, quotes and a
/// line's CR taken off; others are `TextKey.nameMark` and their code in the worker's table. Eight
/// bytes a row as long as no text is longer, else sixteen. The owner frees it with `deallocate()`.
struct KeyRun {
  private(set) var count = 0
  private(set) var isWide = false
  private(set) var bytes: UnsafeMutableRawPointer
  private var capacity: Int

  init(capacity: Int, isWide: Bool = false) {
    self.capacity = max(64, capacity)
    self.isWide = isWide
    bytes = .allocate(byteCount: self.capacity * (isWide ? 16 : 8), alignment: 64)
  }

  /// Rows with the keys that are told.
  init(count: Int, isWide: Bool, key: (_ row: Int) -> UInt128) {
    self.init(capacity: count, isWide: isWide)
    for row in 0..<count {
      if isWide {
        bytes.storeBytes(of: key(row), toByteOffset: row * 16, as: UInt128.self)
      } else {
        let short = UInt64(truncatingIfNeeded: key(row))
        bytes.storeBytes(of: short, toByteOffset: row * 8, as: UInt64.self)
      }
    }
    self.count = count
  }

  func deallocate() { bytes.deallocate() }

  /// Appends one field of each row.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next
  ///     one.
  ///   - stride: from one row's separator to the next row's.
  ///   - table: where texts are entered that are no keys.
  mutating func append(
    _ text: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int, rows: Int,
    table: inout TextTable
  ) {
    reserve(rows)
    var row = 0
    if !isWide {
      row = take(UInt64.self, text, separators, stride, 0..<rows, &table)
      if row < rows { widen() }
    }
    if row < rows { _ = take(UInt128.self, text, separators, stride, row..<rows, &table) }
  }

  /// Appends a row whose text is missing.
  mutating func appendEmpty() {
    reserve(1)
    if isWide {
      bytes.assumingMemoryBound(to: UInt128.self)[count] = 0
    } else {
      bytes.assumingMemoryBound(to: UInt64.self)[count] = 0
    }
    count += 1
  }

  /// Takes rows up to the first that is too long; returns it.
  @inline(__always)
  private mutating func take<Key: TextKey>(
    _ type: Key.Type, _ text: UnsafePointer<UInt8>, _ separators: UnsafePointer<Int32>,
    _ stride: Int, _ rows: Range<Int>, _ table: inout TextTable
  ) -> Int {
    let target = bytes.assumingMemoryBound(to: type) + (count - rows.lowerBound)
    for row in rows {
      let separator = separators + row &* stride
      let start = Int(separator[0]) + 1
      let length = Int(separator[1]) - start
      let plain = PlainText(text + start, length: length)
      if plain.isPlain {
        if Key.bitWidth == 64, plain.high != 0 {
          count += row - rows.lowerBound
          return row
        }
        target[row] = Key(low: plain.low, high: plain.high)
      } else {
        target[row] =
          Key.nameMark | Key(truncatingIfNeeded: table.code(of: text + start, length: length))
      }
    }
    count += rows.count
    return rows.upperBound
  }

  // MARK: - Room

  private mutating func reserve(_ added: Int) {
    guard count + added > capacity else { return }
    capacity = max(capacity * 2, count + added)
    let size = isWide ? 16 : 8
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * size, alignment: 64)
    larger.copyMemory(from: bytes, byteCount: count * size)
    bytes.deallocate()
    bytes = larger
  }

  /// Makes room for sixteen bytes a row.
  private mutating func widen() {
    let wider = UnsafeMutableRawPointer.allocate(byteCount: capacity * 16, alignment: 64)
    let target = wider.assumingMemoryBound(to: UInt128.self)
    let keys = bytes.assumingMemoryBound(to: UInt64.self)
    for row in 0..<count { target[row] = UInt128(widening: keys[row]) }
    bytes.deallocate()
    bytes = wider
    isWide = true
  }

  /// The key of a row, as wide as is asked.
  @inline(__always)
  func key<Key: TextKey>(_ row: Int) -> Key {
    if Key.bitWidth == 64 { return bytes.load(fromByteOffset: row &* 8, as: Key.self) }
    return isWide
      ? bytes.load(fromByteOffset: row &* 16, as: Key.self)
      : Key(widening: bytes.load(fromByteOffset: row &* 8, as: UInt64.self))
  }
}
