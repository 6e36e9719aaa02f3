/// An exact decimal number: `units / 10^scale`, in lowest terms.
///
/// Money and every number read from data is one of these, so that sums do not depend on the order
/// of the rows.
package struct Decimal: Hashable, Sendable {
  package let units: Int128
  package let scale: Int

  package init(units: Int128, scale: Int = 0) {
    var units = units
    var scale = scale
    while scale > 0, units % 10 == 0 {
      units /= 10
      scale -= 1
    }
    self.units = units
    self.scale = scale
  }

  package init(_ integer: Int) {
    self.init(units: Int128(integer))
  }

  package static let zero = Decimal(0)

  /// The nearest double.
  package var double: Double {
    // The standard library turns 128 bits into a double by a slow, general way.
    let short = Int64(truncatingIfNeeded: units)
    let whole = Int128(short) == units ? Double(short) : Double(units)
    return scale == 0 ? whole : whole / Decimal.doublePowers[scale]
  }

  private static let doublePowers = (0...38).map { Double(power($0)) }

  /// The number as an `Int`, if it is whole and fits.
  package var integer: Int? {
    scale == 0 ? Int(exactly: units) : nil
  }

  /// Ten to the power of `exponent`, 0 to 38.
  package static func power(_ exponent: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  /// The units of this number at a scale that is at least its own.
  package func units(atScale target: Int) -> Int128 {
    units * Decimal.power(target - scale)
  }

  package static func + (left: Decimal, right: Decimal) -> Decimal {
    let scale = max(left.scale, right.scale)
    return Decimal(units: left.units(atScale: scale) + right.units(atScale: scale), scale: scale)
  }

  package static func - (left: Decimal, right: Decimal) -> Decimal {
    left + Decimal(units: -right.units, scale: right.scale)
  }

  /// The exact sum, or nothing where it needs more than 38 digits.
  package func adding(_ other: Decimal) -> Decimal? {
    let wider = max(scale, other.scale)
    let (left, overflowLeft) = units.multipliedReportingOverflow(by: Decimal.power(wider - scale))
    let (right, overflowRight) = other.units.multipliedReportingOverflow(
      by: Decimal.power(wider - other.scale))
    let (sum, overflow) = left.addingReportingOverflow(right)
    guard !overflowLeft, !overflowRight, !overflow else { return nil }
    return Decimal(units: sum, scale: wider)
  }

  /// The exact product, or nothing where it needs more than 38 digits.
  package func multiplied(by other: Decimal) -> Decimal? {
    let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
    guard !overflow, scale + other.scale <= 36 else { return nil }
    return Decimal(units: product, scale: scale + other.scale)
  }
}

extension Decimal: Comparable {
  package static func < (left: Decimal, right: Decimal) -> Bool {
    if left.scale == right.scale { return left.units < right.units }
    // Whole parts first: bringing thirty digits to the other's scale would not fit.
    let (leftWhole, leftRest) = left.units.quotientAndRemainder(
      dividingBy: power(left.scale))
    let (rightWhole, rightRest) = right.units.quotientAndRemainder(
      dividingBy: power(right.scale))
    if leftWhole != rightWhole { return leftWhole < rightWhole }
    let wider = max(left.scale, right.scale)
    return leftRest * power(wider - left.scale) < rightRest * power(wider - right.scale)
  }
}

extension Decimal: CustomStringConvertible {
  /// Plain digits with a point, no grouping: `-12.5`.
  package var description: String {
    guard scale > 0 else { return String(units) }
    var digits = String(units.magnitude)
    if digits.count <= scale {
      digits = String(repeating: "0", count: scale - digits.count + 1) + digits
    }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    return (units < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
  }
}

extension Decimal {
  /// Reads plain digits with an optional sign and point (`1400`, `-3.50`); no grouping, no
  /// exponent, at most 30 digits.
  package init?(plain text: some StringProtocol) {
    var units: Int128 = 0
    var scale = 0
    var digits = 0
    var isNegative = false
    var hasPoint = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: isNegative = true
      case UInt8(ascii: "+") where index == 0: break
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        guard digits <= 30 else { return nil }
        units = units * 10 + Int128(byte - UInt8(ascii: "0"))
        if hasPoint { scale += 1 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    self.init(units: isNegative ? -units : units, scale: scale)
  }
}
