/// What plain cells have in common: numbers as programs write them (`PlainNumber`) and dates as `2021-04-01`, of at
/// most 16 bytes, in quotes or not.
///
/// **Complexity**: one or two words a cell are looked at, without a table; the branches are those of what a column
/// holds in nearly all cells.
struct PlainCells {
  private(set) var numbers = 0
  private(set) var dates = 0
  /// The numbers of digits before the point, and of decimals, that occur: bit by bit.
  private var wholeBits: UInt32 = 0
  private var decimalBits: UInt32 = 0
  /// Whether a number ends in a zero behind the point: the numbers of decimals with which it does.
  private var zeroBits: UInt32 = 0

  /// Looks at one field of each row, from a row on; the row of the first cell that is neither empty nor plain, else
  /// the end of the rows.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next one.
  ///   - stride: from one row's separator to the next row's.
  ///   - endsLine: whether a line's CR may fall to the field.
  mutating func take(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int,
    _ rows: Range<Int>, endsLine: Bool
  ) -> Int {
    var separator = separators + rows.lowerBound &* stride
    var row = rows.lowerBound
    var whole: UInt32 = 0
    var decimal: UInt32 = 0
    var zero: UInt32 = 0
    var others = 0
    var days = 0
    while row < rows.upperBound {
      let text = bytes + (Int(separator[0]) &+ 1)
      var length = Int(separator[1] &- separator[0]) &- 1
      separator += stride
      if endsLine, length > 0, text[length &- 1] == UInt8(ascii: "\r") { length &-= 1 }
      row &+= 1
      if length == 0 {
        others &+= 1
        continue
      }
      let low = PlainCells.word(text, 0)
      if length <= 8 {
        if let number = PlainDigits(low, length) {
          whole |= 1 &<< number.wholeCount
          decimal |= 1 &<< number.decimalCount
          zero |= number.endsInZero ? 1 &<< number.decimalCount : 0
          continue
        }
      } else if length == 10, low & PlainCells.marks == PlainCells.dashes,
        PlainCells.isDate(low, PlainCells.word(text, 8))
      {
        days &+= 1
        continue
      }
      others &+= 1
      if !takeSlowly(text, length) {
        row &-= 1
        others &-= 1
        break
      }
    }
    numbers += row - rows.lowerBound - others - days
    dates += days
    wholeBits |= whole
    decimalBits |= decimal
    zeroBits |= zero
    return row
  }

  @inline(__always)
  private static func word(_ text: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
    UInt64(
      littleEndian: UnsafeRawPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  // MARK: - Cells that are longer, quoted or below zero

  /// Takes a cell that is not empty, if it is plain.
  @inline(never)
  private mutating func takeSlowly(_ cell: UnsafePointer<UInt8>, _ cellLength: Int) -> Bool {
    var (text, length) = (cell, cellLength)
    if text[0] == UInt8(ascii: "\"") {
      guard length > 1, text[length - 1] == UInt8(ascii: "\"") else { return false }
      text += 1
      length -= 2
      if length == 0 { return true }
    }
    guard length <= 16 else { return false }
    var low = PlainCells.word(text, 0)
    var high = PlainCells.word(text, 8)
    if length == 10, low & PlainCells.marks == PlainCells.dashes {
      guard PlainCells.isDate(low, high) else { return false }
      dates += 1
      return true
    }
    let isNegative = text[0] == UInt8(ascii: "-")
    if isNegative {
      low = low &>> 8 | high &<< 56
      high = high &>> 8
      length -= 1
    }
    guard length > 0,
      let number = length > 8 ? PlainDigits(low, high, length) : PlainDigits(low, length),
      !(isNegative && number.isZero)
    else { return false }
    numbers += 1
    wholeBits |= 1 &<< number.wholeCount
    decimalBits |= 1 &<< number.decimalCount
    if number.endsInZero { zeroBits |= 1 &<< number.decimalCount }
    return true
  }

  // MARK: - Dates

  private static let marks: UInt64 = 0xFF00_00FF_0000_0000
  private static let dashes: UInt64 = 0x2D00_002D_0000_0000

  /// Whether two words are a date as `2021-04-01`, whose dashes are in place; 29 February is left to others.
  @inline(__always)
  private static func isDate(_ low: UInt64, _ high: UInt64) -> Bool {
    let digits = low ^ 0x2D30_302D_3030_3030
    let day = high & 0xFFFF ^ 0x3030
    let odd = (digits &+ 0x7676_7676_7676_7676) | digits | (day &+ 0x7676) | day
    let month = 10 &* (digits &>> 40 & 15) &+ (digits &>> 48 & 15)
    let number = 10 &* (day & 15) &+ (day &>> 8)
    // By month, two bits each, how many days it has beyond 28.
    let beyond = 0x3BB_EECC &>> (2 &* month) & 3
    return odd & 0x8080_8080_8080_8080 == 0 && UInt32(truncatingIfNeeded: digits) != 0
      && month &- 1 < 12 && number &- 1 < 28 &+ beyond
  }

  // MARK: - The sum

  /// Whether there may be dates of eight digits.
  var hasEightDigits: Bool { wholeBits >> 8 & 1 == 1 && decimalBits & 1 == 1 }

  /// What decides the type.
  var counts: CellCounts {
    var counts = CellCounts()
    counts.present = numbers + dates
    counts.numbers = numbers
    counts.decimalBits = decimalBits
    counts.mostWholeDigits = 31 - min(31, wholeBits.leadingZeroBitCount)
    counts.yearFirst = dates
    if zeroBits & 2 != 0 { counts.traits.insert(.pointZero) }
    if zeroBits & ~2 != 0 { counts.traits.insert(.trailingZero) }
    return counts
  }
}

/// Digits of a number that is not below zero, perhaps with a point among them, as `PlainNumber` says.
private struct PlainDigits {
  let wholeCount: UInt32
  let decimalCount: UInt32
  /// Whether the last digit is a zero behind the point.
  let endsInZero: Bool
  let isZero: Bool

  private static let zeros: UInt64 = 0x3030_3030_3030_3030
  /// What a point is above a zero.
  private static let point: UInt64 = 0x1E

  /// A text of 1 to 8 bytes; what stands behind them in the word is not looked at.
  @inline(__always)
  init?(_ word: UInt64, _ length: Int) {
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    let digits = (word ^ PlainDigits.zeros) & UInt64.max &>> (64 &- bits)
    let odd = PlainDigits.odd(digits)
    let whole: Int
    if odd == 0 {
      whole = length
      endsInZero = false
      isZero = digits == 0
    } else {
      whole = odd.trailingZeroBitCount &>> 3
      let place = UInt64(truncatingIfNeeded: whole) &* 8
      guard odd & (odd &- 1) == 0, digits &>> place & 0xFF == PlainDigits.point, whole > 0,
        whole < length &- 1
      else { return nil }
      endsInZero = digits &>> (bits &- 8) == 0
      isZero = digits ^ PlainDigits.point &<< place == 0
    }
    if whole > 1, digits & 0xFF == 0 { return nil }
    wholeCount = UInt32(truncatingIfNeeded: whole)
    decimalCount = odd == 0 ? 0 : UInt32(truncatingIfNeeded: length &- whole &- 1)
  }

  /// A text of 9 to 16 bytes.
  init?(_ low: UInt64, _ high: UInt64, _ length: Int) {
    let bits = UInt64(truncatingIfNeeded: length) &* 8 &- 64
    let first = low ^ PlainDigits.zeros
    let second = (high ^ PlainDigits.zeros) & UInt64.max &>> (64 &- bits)
    let (odd, behind) = (PlainDigits.odd(first), PlainDigits.odd(second))
    var rest = (first, second)
    var whole = length
    if odd | behind != 0 {
      whole = (odd != 0 ? odd.trailingZeroBitCount : 64 + behind.trailingZeroBitCount) / 8
      let point = PlainDigits.point << UInt64(8 * (whole % 8))
      let place = UInt64(0xFF) << UInt64(8 * (whole % 8))
      guard odd.nonzeroBitCount + behind.nonzeroBitCount == 1,
        (odd != 0 ? first : second) & place == point, whole > 0, whole < length - 1
      else { return nil }
      rest = odd != 0 ? (first ^ point, second) : (first, second ^ point)
    }
    if whole > 1, first & 0xFF == 0 { return nil }
    isZero = rest == (0, 0)
    endsInZero = whole < length && second &>> (bits &- 8) == 0
    wholeCount = UInt32(truncatingIfNeeded: whole)
    decimalCount = whole < length ? UInt32(truncatingIfNeeded: length - whole - 1) : 0
  }

  /// The highest bit of each byte that is no digit, as it stands above a zero; above the first of them perhaps of others.
  @inline(__always)
  private static func odd(_ digits: UInt64) -> UInt64 {
    ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
  }
}
