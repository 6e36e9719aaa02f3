/// A number as programs write it: digits, perhaps a minus in front and decimals behind a point, at
/// most 18 digits, no zeros in front. Nearly all numbers are; `WrittenNumber` reads the others.
struct PlainNumber {
  /// All digits as one number, signed.
  private(set) var units: Int64 = 0
  private(set) var wholeDigitCount = 0
  private(set) var decimalCount = 0

  private static let mostDigits = 18

  @inline(__always)
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var place = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { place = 1 }
    guard text.count - place <= PlainNumber.mostDigits + 1 else { return nil }
    let first = place
    while place < text.count, take(text[place]) { place += 1 }
    wholeDigitCount = place - first
    guard wholeDigitCount > 0, wholeDigitCount == 1 || text[first] != UInt8(ascii: "0") else {
      return nil
    }
    if place < text.count {
      guard text[place] == UInt8(ascii: ".") else { return nil }
      place += 1
      let point = place
      while place < text.count, take(text[place]) { place += 1 }
      decimalCount = place - point
      guard decimalCount > 0, place == text.count else { return nil }
    }
    guard wholeDigitCount + decimalCount <= PlainNumber.mostDigits else { return nil }
    if isNegative {
      guard units != 0 else { return nil }
      units = -units
    }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) -> Bool {
    let digit = byte &- UInt8(ascii: "0")
    guard digit < 10 else { return false }
    // Nineteen digits, one more than are taken, fit.
    units = units &* 10 &+ Int64(digit)
    return true
  }

  /// The same number in lowest terms: without zeros at the end of its decimals.
  @inline(__always)
  var lowestTerms: (units: Int64, decimalCount: Int) {
    var (units, decimals) = (units, decimalCount)
    while decimals > 0, units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    return (units, decimals)
  }

  /// Whether it ends in a zero behind the point.
  var hasTrailingZero: Bool { decimalCount > 0 && units % 10 == 0 }
}
