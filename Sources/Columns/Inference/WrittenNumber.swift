/// A number as it was written: `1400`, `-3.50`, `$1,200.50`, `12.5%`, `1.2e-3`, `(80.00)`.
struct WrittenNumber {
  struct Traits: OptionSet, Hashable, Sendable {
    let rawValue: Int

    /// `1,400`
    static let grouped = Traits(rawValue: 1 << 0)
    /// `$5`
    static let currency = Traits(rawValue: 1 << 1)
    /// `12.5%`
    static let percent = Traits(rawValue: 1 << 2)
    /// `1.5e-3`, `1e+05`: as programs write doubles.
    static let exponent = Traits(rawValue: 1 << 3)
    /// `12E04`: an exponent that no program writes.
    static let codeExponent = Traits(rawValue: 1 << 4)
    /// `007`, `-01`
    static let leadingZero = Traits(rawValue: 1 << 5)
    /// `+5`
    static let plus = Traits(rawValue: 1 << 6)
    /// `.5`
    static let bareFraction = Traits(rawValue: 1 << 7)
    /// `220.10`; not `4.0`
    static let trailingZero = Traits(rawValue: 1 << 8)
    /// `4.0`
    static let pointZero = Traits(rawValue: 1 << 9)
    /// More digits than an exact decimal holds.
    static let long = Traits(rawValue: 1 << 10)
  }

  private(set) var traits: Traits = []
  /// Digits before the point.
  private(set) var wholeDigitCount = 0
  /// Digits behind the point.
  private(set) var decimalCount = 0
  /// The exponent as written, 0 if there is none.
  private(set) var exponent = 0
  /// All digits as one number, signed; 0 where they are too long.
  private(set) var units: Int128 = 0

  /// The exact number; nothing where it has more than 30 digits.
  var decimal: Decimal? {
    guard !traits.contains(.long) else { return nil }
    let scale = decimalCount - exponent
    if scale >= 0 { return scale <= 30 ? Decimal(units: units, scale: scale) : nil }
    guard wholeDigitCount + decimalCount - scale <= 30 else { return nil }
    return Decimal(units: units * Decimal.power(-scale))
  }

  /// Reads a text that is a number from its first to its last byte, white space at the ends aside.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var cursor = ByteCursor(text)
    cursor.skipSpaces()
    let isParenthesized = cursor.take("(")
    var isNegative = isParenthesized
    takeSign(&cursor, &isNegative)
    if cursor.take("$") {
      traits.insert(.currency)
      takeSign(&cursor, &isNegative)
    }
    guard takeDigits(&cursor), takeExponent(&cursor) else { return nil }
    if cursor.take("%") { traits.insert(.percent) }
    if isParenthesized, !cursor.take(")") { return nil }
    cursor.skipSpaces()
    guard cursor.isAtEnd else { return nil }
    if isNegative { units = -units }
  }

  private mutating func takeSign(_ cursor: inout ByteCursor, _ isNegative: inout Bool) {
    if !isNegative, cursor.take("-") {
      isNegative = true
    } else if !isNegative, cursor.take("+") {
      traits.insert(.plus)
    }
  }

  private mutating func takeDigits(_ cursor: inout ByteCursor) -> Bool {
    let first = cursor.peek
    var groupLength = 0
    while let byte = cursor.peek {
      if let digit = cursor.digit {
        append(digit)
        wholeDigitCount += 1
        groupLength += 1
      } else if byte == UInt8(ascii: ","), wholeDigitCount > 0 {
        guard traits.contains(.grouped) ? groupLength == 3 : groupLength <= 3 else { return false }
        traits.insert(.grouped)
        groupLength = 0
      } else {
        break
      }
      cursor.advance()
    }
    if traits.contains(.grouped), groupLength != 3 { return false }
    if wholeDigitCount > 1, first == UInt8(ascii: "0") { traits.insert(.leadingZero) }
    guard cursor.take(".") else { return wholeDigitCount > 0 }
    if wholeDigitCount == 0 { traits.insert(.bareFraction) }
    var isZero = false
    while let digit = cursor.digit {
      append(digit)
      isZero = digit == 0
      decimalCount += 1
      cursor.advance()
    }
    if isZero { traits.insert(decimalCount == 1 ? .pointZero : .trailingZero) }
    return decimalCount > 0
  }

  private mutating func append(_ digit: UInt8) {
    guard wholeDigitCount + decimalCount < 30 else {
      traits.insert(.long)
      return
    }
    // Thirty digits fit.
    units = units &* 10 &+ Int128(truncatingIfNeeded: digit)
  }

  private mutating func takeExponent(_ cursor: inout ByteCursor) -> Bool {
    guard cursor.take("e") || cursor.take("E") else { return true }
    let isNegative = cursor.take("-")
    let isSigned = isNegative || cursor.take("+")
    var digitCount = 0
    while let digit = cursor.digit, digitCount < 4 {
      exponent = exponent * 10 + Int(digit)
      digitCount += 1
      cursor.advance()
    }
    if isNegative { exponent = -exponent }
    traits.insert(isSigned || decimalCount > 0 ? .exponent : .codeExponent)
    return digitCount > 0
  }
}

/// A place in some bytes.
struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func advance() { position += 1 }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  mutating func skipSpaces() {
    while peek == UInt8(ascii: " ") || peek == UInt8(ascii: "\t") { position += 1 }
  }

  /// Takes at least one and at most `limit` digits.
  mutating func takeNumber(atMost limit: Int) -> (value: Int, digitCount: Int)? {
    var value = 0
    var count = 0
    while count < limit, let digit {
      value = value * 10 + Int(digit)
      count += 1
      position += 1
    }
    return count > 0 ? (value, count) : nil
  }

  /// The digit that comes next.
  var digit: UInt8? {
    guard position < bytes.count else { return nil }
    let digit = bytes[position] &- UInt8(ascii: "0")
    return digit < 10 ? digit : nil
  }
}
