package import Columns

/// The exact decimal digits of a number, which can be moved, rounded and written.
///
/// A double is `m · 2^e`; with `e` below zero that is `m · 5^-e / 10^-e`, so the digits are those
/// of a whole number.
/// Complexity: at most 767 digits, about 40 for a share.
package struct DecimalExpansion: Hashable, Sendable {
  package private(set) var isNegative: Bool
  /// From the most significant, without zeros at either end; empty for zero.
  private var digits: [UInt8]
  /// How many digits stand before the point; negative where zeros follow the point, beyond the
  /// count where zeros precede it.
  private var point: Int

  /// The digits of a finite double.
  package init(_ value: Double) {
    isNegative = value.sign == .minus && value != 0
    guard value != 0, value.isFinite else {
      digits = []
      point = 0
      return
    }
    var significand = value.significandBitPattern
    if value.isNormal { significand |= 1 << UInt64(Double.significandBitCount) }
    let biased = max(1, Int(value.exponentBitPattern))
    var exponent = biased - 1023 - Double.significandBitCount
    while exponent < 0, significand % 2 == 0 {
      significand /= 2
      exponent += 1
    }
    var whole = WholeNumber(significand)
    if exponent < 0 {
      whole.multiply(by: 5, times: -exponent)
    } else {
      whole.multiply(by: 2, times: exponent)
    }
    digits = whole.digits
    point = digits.count + min(0, exponent)
    dropLastZeros()
  }

  /// The digits of an exact decimal number.
  package init(_ value: Decimal) {
    isNegative = value.units < 0
    digits = value.units == 0 ? [] : String(value.units.magnitude).utf8.map { $0 - 48 }
    point = digits.count - value.scale
    dropLastZeros()
  }

  package var isZero: Bool { digits.isEmpty }

  /// The exponent of the leading digit: 0 for 1 to 9, -1 for 0.1 to 0.9.
  package var magnitude: Int { point - 1 }

  /// The number times ten to the power of `places`.
  package func shifted(by places: Int) -> DecimalExpansion {
    guard !isZero else { return self }
    var result = self
    result.point += places
    return result
  }

  /// Rounded to so many decimals, a half away from zero.
  package func rounded(to decimals: Int) -> DecimalExpansion {
    let kept = point + decimals
    guard kept < digits.count else { return self }
    var result = self
    guard kept >= 0 else { return DecimalExpansion(0) }
    let goesUp = digits[kept] >= 5
    result.digits.removeSubrange(kept...)
    if goesUp {
      var index = kept - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.point += 1
      }
    }
    result.dropLastZeros()
    return result
  }

  /// Rounded to so many digits from the first that is not zero.
  package func rounded(toSignificant count: Int) -> DecimalExpansion {
    rounded(to: count - point)
  }

  /// Plain digits with exactly so many decimals: `1,234.50`, grouped in thousands where asked.
  package func text(decimals: Int, isGrouped: Bool = true) -> String {
    let number = rounded(to: decimals)
    var bytes: [UInt8] = number.isNegative ? [UInt8(ascii: "-")] : []
    let whole = max(1, number.point)
    for place in 0..<whole {
      bytes.append(number.digit(at: number.point - whole + place))
      let remaining = whole - place - 1
      if isGrouped, remaining > 0, remaining % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
    }
    if decimals > 0 {
      bytes.append(UInt8(ascii: "."))
      for place in 0..<decimals { bytes.append(number.digit(at: number.point + place)) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One digit before the point and an exponent: `1.2e-10`.
  package func scientific(significant count: Int) -> String {
    let number = rounded(toSignificant: count)
    let mantissa = number.shifted(by: -number.magnitude).text(decimals: count - 1)
    return mantissa + "e" + String(number.magnitude)
  }

  /// One number has one form, so that rounded numbers can be compared.
  private mutating func dropLastZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      isNegative = false
      point = 0
    }
  }

  private func digit(at index: Int) -> UInt8 {
    48 + (digits.indices.contains(index) ? digits[index] : 0)
  }
}

/// A whole number of any size, in limbs of nine decimal digits, the least significant first.
private struct WholeNumber {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % WholeNumber.base)
      rest /= WholeNumber.base
    }
  }

  /// Multiplies by `factor` (2 or 5) so many times, twelve at a time: 5^12 still fits a limb.
  mutating func multiply(by factor: UInt64, times: Int) {
    var power: UInt64 = 1
    for count in 1...max(1, times) where times > 0 {
      power *= factor
      if count % 12 == 0 || count == times {
        multiply(by: power)
        power = 1
      }
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % WholeNumber.base
      carry = product / WholeNumber.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  var digits: [UInt8] {
    var result: [UInt8] = []
    for (index, limb) in limbs.reversed().enumerated() {
      let text = String(limb)
      if index > 0 { result += repeatElement(0, count: 9 - text.utf8.count) }
      result += text.utf8.map { $0 - 48 }
    }
    return result
  }
}
