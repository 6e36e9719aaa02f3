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
  @inline(never)
  mutating func take(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int,
    _ rows: Range<Int>, endsLine: Bool
  ) -> Int {
    var separator = separators + rows.lowerBound &* stride
    var row = rows.lowerBound
    // Of numbers without a point the number of digits, of others digits before and behind it: bit by bit.
    var lengths: UInt32 = 0
    var points: UInt64 = 0
    var zeros: UInt32 = 0
    var others = 0
    var days = 0
    while row < rows.upperBound {
      let text = bytes + Int(separator[0])
      var length = Int(separator[1] &- separator[0]) &- 1
      if endsLine, length > 0, text[length] == UInt8(ascii: "\r") { length &-= 1 }
      if length <= 0 {
        others &+= 1
      } else if length <= 8 {
        let digits = PlainDigits(PlainCells.word(text, 1), length)
        if digits.isWhole {
          lengths |= 1 &<< UInt32(truncatingIfNeeded: length)
        } else if let point = digits.point {
          points |= 1 &<< UInt64(truncatingIfNeeded: point)
          let decimals = length &- point &- 1
          points |= 1 &<< UInt64(truncatingIfNeeded: 32 &+ decimals)
          zeros |= digits.endsInZero ? 1 &<< UInt32(truncatingIfNeeded: decimals) : 0
        } else {
          guard takeSlowly(text + 1, length) else { break }
          others &+= 1
        }
      } else if length == 10, PlainCells.isDate(PlainCells.word(text, 1), PlainCells.word(text, 9))
      {
        days &+= 1
      } else {
        guard takeSlowly(text + 1, length) else { break }
        others &+= 1
      }
      row &+= 1
      separator += stride
    }
    numbers += row - rows.lowerBound - others - days
    dates += days
    wholeBits |= lengths | UInt32(truncatingIfNeeded: points)
    decimalBits |= (lengths == 0 ? 0 : 1) | UInt32(truncatingIfNeeded: points >> 32)
    zeroBits |= zeros
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
    if length == 10, PlainCells.isDate(low, high) {
      dates += 1
      return true
    }
    let isNegative = text[0] == UInt8(ascii: "-")
    if isNegative {
      low = low &>> 8 | high &<< 56
      high = high &>> 8
      length -= 1
    }
    guard length > 0, let number = LongDigits(low, high, length), !(isNegative && number.isZero)
    else { return false }
    numbers += 1
    wholeBits |= 1 &<< UInt32(number.wholeCount)
    decimalBits |= 1 &<< UInt32(number.decimalCount)
    if number.endsInZero { zeroBits |= 1 &<< UInt32(number.decimalCount) }
    return true
  }

  // MARK: - Dates

  /// Whether two words are a date as `2021-04-01`; 29 February is left to others.
  @inline(__always)
  private static func isDate(_ low: UInt64, _ high: UInt64) -> Bool {
    // What the bytes are above `0000-00-` and `00`: digits, but nothing above a dash.
    let digits = low ^ 0x2D30_302D_3030_3030
    let day = high & 0xFFFF ^ 0x3030
    let odd =
      (digits &+ 0x7F76_767F_7676_7676) | digits | (day &+ 0x7676) | day
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

/// The bytes of a text of 1 to 8 bytes, as they stand above a zero digit.
private struct PlainDigits {
  private let digits: UInt64
  private let odd: UInt64
  private let length: Int

  static let zeros: UInt64 = 0x3030_3030_3030_3030
  /// What a point is above a zero.
  static let mark: UInt64 = 0x1E

  /// - Parameter word: what stands behind the text in it is not looked at.
  @inline(__always)
  init(_ word: UInt64, _ length: Int) {
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    digits = (word ^ PlainDigits.zeros) & UInt64.max &>> (64 &- bits)
    odd = PlainDigits.odd(digits)
    self.length = length
  }

  /// The highest bit of each byte that is no digit; above the first of them perhaps of others.
  @inline(__always)
  static func odd(_ digits: UInt64) -> UInt64 {
    ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private var beginsWithZero: Bool { digits & 0xFF == 0 }

  /// Whether it is a number without a point, as `PlainNumber` says, and not below zero.
  @inline(__always)
  var isWhole: Bool { odd == 0 && !(beginsWithZero && length > 1) }

  /// Where the point of a number stands, as `PlainNumber` says, that is not below zero; nothing where it is none.
  @inline(__always)
  var point: Int? {
    let place = odd.trailingZeroBitCount &>> 3
    guard odd & (odd &- 1) == 0, place > 0, place < length &- 1,
      digits &>> (8 &* UInt64(truncatingIfNeeded: place)) & 0xFF == PlainDigits.mark,
      !(beginsWithZero && place > 1)
    else { return nil }
    return place
  }

  @inline(__always)
  var endsInZero: Bool { digits &>> (8 &* UInt64(truncatingIfNeeded: length &- 1)) == 0 }
}

/// Digits of a number of 1 to 16 bytes that is not below zero; the rule is that of `PlainNumber`.
private struct LongDigits {
  let wholeCount: Int
  let decimalCount: Int
  /// Whether the last digit is a zero behind the point.
  let endsInZero: Bool
  let isZero: Bool

  init?(_ low: UInt64, _ high: UInt64, _ length: Int) {
    let bits = UInt64(8 * length)
    // Above a zero digit, and 0 behind the text; shifts by more than there is leave nothing.
    var first = (low ^ PlainDigits.zeros) & ~(UInt64.max << bits)
    var second = (high ^ PlainDigits.zeros) & (bits > 64 ? ~(UInt64.max << (bits - 64)) : 0)
    let (odd, behind) = (PlainDigits.odd(first), PlainDigits.odd(second))
    var whole = length
    if odd | behind != 0 {
      whole = (odd != 0 ? odd.trailingZeroBitCount : 64 + behind.trailingZeroBitCount) / 8
      let shift = UInt64(8 * (whole % 8))
      guard odd.nonzeroBitCount + behind.nonzeroBitCount == 1,
        (odd != 0 ? first : second) >> shift & 0xFF == PlainDigits.mark, whole > 0,
        whole < length - 1
      else { return nil }
      if odd != 0 {
        first ^= PlainDigits.mark << shift
      } else {
        second ^= PlainDigits.mark << shift
      }
    }
    if whole > 1, first & 0xFF == 0 { return nil }
    let last = length > 8 ? second >> (bits - 72) : first >> (bits - 8)
    isZero = first | second == 0
    endsInZero = whole < length && last == 0
    wholeCount = whole
    decimalCount = max(0, length - whole - 1)
  }
}
