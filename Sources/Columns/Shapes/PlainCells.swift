/// What plain cells have in common: numbers as programs write them (`PlainNumber`) and dates as `2021-04-01`, of at
/// most 16 bytes, in quotes or not.
///
/// **Complexity**: one or two words a cell are looked at, without a table and without a branch that depends on the
/// digits.
struct PlainCells {
  private(set) var numbers = 0
  private(set) var dates = 0
  /// The numbers of decimals that occur, bit by bit.
  private(set) var decimalBits: UInt32 = 0
  private(set) var mostWholeDigits = 0
  /// Whether a number ends in a zero behind the point: as its only decimal (bit 0), or as one of more (bit 1).
  private(set) var zeroBits: UInt32 = 0
  /// Whether there may be dates of eight digits.
  private(set) var hasEightDigits = false

  /// Looks at one field of each row, from a row on; the row of the first cell that is neither empty nor plain, else
  /// the number of rows.
  /// - Parameters:
  ///   - separators: the separator before the field in the first row; the field ends at the next one.
  ///   - stride: from one row's separator to the next row's.
  ///   - endsLine: whether a line's CR may fall to the field.
  mutating func take(
    _ bytes: UnsafePointer<UInt8>, separators: UnsafePointer<Int32>, stride: Int,
    _ stretch: Range<Int>, endsLine: Bool
  ) -> Int {
    var sums = self
    defer { self = sums }
    var separator = separators + stretch.lowerBound &* stride
    for row in stretch {
      var text = bytes + (Int(separator[0]) &+ 1)
      var length = Int(separator[1] &- separator[0]) &- 1
      separator += stride
      if endsLine, length > 0, text[length &- 1] == UInt8(ascii: "\r") { length &-= 1 }
      if length == 0 { continue }
      if text[0] == UInt8(ascii: "\"") {
        guard length > 1, text[length &- 1] == UInt8(ascii: "\"") else { return row }
        text += 1
        length &-= 2
        if length == 0 { continue }
      }
      guard length <= 16, sums.take(text, length) else { return row }
    }
    return stretch.upperBound
  }

  /// Takes a text of 1 to 16 bytes, if it is plain.
  @inline(__always)
  private mutating func take(_ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let raw = UnsafeRawPointer(text)
    let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    if length <= 8 {
      if UInt8(truncatingIfNeeded: low) == UInt8(ascii: "-") {
        return takeNumber(low &>> 8, length &- 1, isNegative: true)
      }
      return takeNumber(low, length, isNegative: false)
    }
    let high = UInt64(
      littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    if length == 10, low & PlainCells.marks == PlainCells.dashes { return takeDate(low, high) }
    if UInt8(truncatingIfNeeded: low) == UInt8(ascii: "-") {
      return takeNumber(
        low &>> 8 | high &<< 56, high &>> 8, length &- 1, isNegative: true)
    }
    return takeNumber(low, high, length, isNegative: false)
  }

  // MARK: - Numbers

  private static let zeroDigits: UInt64 = 0x3030_3030_3030_3030
  private static let points: UInt64 = 0x2E2E_2E2E_2E2E_2E2E

  /// A number of up to 8 bytes, its sign left out; what stands behind them is not looked at.
  @inline(__always)
  private mutating func takeNumber(_ word: UInt64, _ length: Int, isNegative: Bool) -> Bool {
    guard length > 0 else { return false }
    let ones = UInt64.max &>> (64 &- 8 &* UInt64(truncatingIfNeeded: length))
    let text = word & ones | PlainCells.zeroDigits & ~ones
    let point = PlainCells.zeroBytes(text ^ PlainCells.points)
    // A point becomes a zero.
    let digits = text ^ (point &>> 7) &* 0x1E
    guard PlainCells.areDigits(digits), point & (point &- 1) == 0 else { return false }
    let whole = point == 0 ? length : point.trailingZeroBitCount &>> 3
    let last = UInt8(truncatingIfNeeded: digits &>> (8 &* UInt64(truncatingIfNeeded: length &- 1)))
    return note(
      whole, of: length, hasPoint: point != 0, first: UInt8(truncatingIfNeeded: digits),
      last: last, isNegativeZero: isNegative && digits == PlainCells.zeroDigits)
  }

  /// The same of 8 to 16 bytes.
  @inline(__always)
  private mutating func takeNumber(
    _ low: UInt64, _ high: UInt64, _ length: Int, isNegative: Bool
  ) -> Bool {
    let ones = length == 8 ? 0 : UInt64.max &>> (128 &- 8 &* UInt64(truncatingIfNeeded: length))
    let rest = high & ones | PlainCells.zeroDigits & ~ones
    let lowPoint = PlainCells.zeroBytes(low ^ PlainCells.points)
    let highPoint = PlainCells.zeroBytes(rest ^ PlainCells.points)
    let lowDigits = low ^ (lowPoint &>> 7) &* 0x1E
    let highDigits = rest ^ (highPoint &>> 7) &* 0x1E
    guard PlainCells.areDigits(lowDigits), PlainCells.areDigits(highDigits),
      lowPoint.nonzeroBitCount &+ highPoint.nonzeroBitCount <= 1
    else { return false }
    let whole =
      lowPoint != 0
      ? lowPoint.trailingZeroBitCount &>> 3
      : highPoint != 0 ? 8 &+ highPoint.trailingZeroBitCount &>> 3 : length
    let last =
      length == 8
      ? UInt8(truncatingIfNeeded: lowDigits &>> 56)
      : UInt8(truncatingIfNeeded: highDigits &>> (8 &* UInt64(truncatingIfNeeded: length &- 9)))
    return note(
      whole, of: length, hasPoint: lowPoint | highPoint != 0,
      first: UInt8(truncatingIfNeeded: lowDigits), last: last,
      isNegativeZero: isNegative && lowDigits == PlainCells.zeroDigits
        && highDigits == PlainCells.zeroDigits)
  }

  /// Notes a number of so many digits before the point, if it is written as `PlainNumber` says.
  @inline(__always)
  private mutating func note(
    _ whole: Int, of length: Int, hasPoint: Bool, first: UInt8, last: UInt8, isNegativeZero: Bool
  ) -> Bool {
    let decimals = hasPoint ? length &- whole &- 1 : 0
    guard whole > 0, whole == 1 || first != UInt8(ascii: "0"), !hasPoint || decimals > 0,
      !isNegativeZero
    else { return false }
    numbers &+= 1
    decimalBits |= 1 &<< UInt32(truncatingIfNeeded: decimals)
    mostWholeDigits = max(mostWholeDigits, whole)
    let ending: UInt32 = decimals == 1 ? 1 : 2
    zeroBits |= decimals > 0 && last == UInt8(ascii: "0") ? ending : 0
    hasEightDigits = hasEightDigits || length == 8 && !hasPoint
    return true
  }

  /// The highest bit of each byte that is 0.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    let rest: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~((word & rest &+ rest) | word | rest)
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    let halves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let above = (word &+ 0x0606_0606_0606_0606) & halves
    return word & halves | above &>> 4 == 0x3333_3333_3333_3333
  }

  // MARK: - Dates

  private static let marks: UInt64 = 0xFF00_00FF_0000_0000
  private static let dashes: UInt64 = 0x2D00_002D_0000_0000
  /// By month, two bits each, how many days it has beyond 28, 29 February aside.
  private static let daysBeyond28: UInt32 = [0, 3, 0, 3, 2, 3, 2, 3, 3, 2, 3, 2, 3]
    .enumerated().reduce(0) { $0 | UInt32($1.element) << UInt32(2 * $1.offset) }

  /// A date as `2021-04-01` with its dashes in place; 29 February is left to others.
  @inline(__always)
  private mutating func takeDate(_ low: UInt64, _ high: UInt64) -> Bool {
    let digits = low ^ 0x1D00_001D_0000_0000
    let day = high & 0xFFFF | PlainCells.zeroDigits & ~0xFFFF
    guard PlainCells.areDigits(digits), PlainCells.areDigits(day),
      UInt32(truncatingIfNeeded: digits) != 0x3030_3030
    else { return false }
    let month = 10 &* (digits &>> 40 & 15) &+ (digits &>> 48 & 15)
    let number = 10 &* (day & 15) &+ (day &>> 8 & 15)
    guard 1...12 ~= month else { return false }
    let most = 28 &+ (PlainCells.daysBeyond28 &>> (2 &* UInt32(truncatingIfNeeded: month)) & 3)
    guard number > 0, number <= UInt64(most) else { return false }
    dates &+= 1
    return true
  }

  /// What decides the type.
  var counts: CellCounts {
    var counts = CellCounts()
    counts.present = numbers + dates
    counts.numbers = numbers
    counts.decimalBits = decimalBits
    counts.mostWholeDigits = mostWholeDigits
    counts.yearFirst = dates
    if zeroBits & 1 != 0 { counts.traits.insert(.pointZero) }
    if zeroBits & 2 != 0 { counts.traits.insert(.trailingZero) }
    return counts
  }
}
