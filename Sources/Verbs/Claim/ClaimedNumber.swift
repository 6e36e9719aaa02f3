import Columns
import Engine
import Syntax

/// A number as it was published, with all that rounds to it.
struct ClaimedNumber {
  let value: Double
  /// Half of the last printed digit either way, both ends included.
  let range: ClosedRange<Double>
  let written: String
  private let isPercent: Bool

  /// Why a claim can't be held against an answer.
  struct Mismatch: Error {
    let words: String
  }

  init(_ literal: NumberLiteral) {
    written = literal.written
    isPercent = literal.isPercent
    value = literal.double
    let exponent = ClaimedNumber.lastDigit(of: literal)
    let shift = literal.isPercent ? 2 : 0
    guard let number = Decimal(plain: literal.plain), exponent > -30, exponent < 30 else {
      range = value...value
      return
    }
    let exact = Decimal(units: number.units, scale: number.scale + shift)
    let half =
      exponent > 0
      ? Decimal(units: 5 * Decimal.power(exponent - 1)) : Decimal(units: 5, scale: 1 - exponent)
    range = (exact - half).double...(exact + half).double
  }

  /// The power of ten of the last printed digit: -2 of `81%`, 5 of `1.5m`.
  private static func lastDigit(of literal: NumberLiteral) -> Int {
    var digits = Substring(literal.written)
    var exponent = literal.isPercent ? -2 : 0
    switch digits.last {
    case "k", "K": exponent = 3
    case "m", "M": exponent = 6
    default: break
    }
    while let last = digits.last, !last.isNumber { digits = digits.dropLast() }
    guard let point = digits.firstIndex(of: ".") else { return exponent }
    return exponent - (digits[point...].count - 1)
  }

  /// Whether a value rounds to the number; sums of binary fractions get the benefit of a doubt.
  func covers(_ found: Double) -> Bool {
    let doubt = 1e-12 * max(1, value.magnitude)
    return found >= range.lowerBound - doubt && found <= range.upperBound + doubt
  }

  /// A number with one digit more than was printed.
  func text(_ number: Double, _ form: NumberForm) -> String {
    let width = DecimalExpansion(range.upperBound - range.lowerBound).rounded(toSignificant: 1)
    let shift = isPercent ? 2 : 0
    let decimals = max(0, 1 - width.magnitude - shift)
    let exact = DecimalExpansion(number).shifted(by: shift)
    let digits = exact.text(decimals: decimals)
    switch form {
    case .money: return digits.hasPrefix("-") ? "-$" + digits.dropFirst() : "$" + digits
    default: return isPercent ? digits + "%" : digits
    }
  }

  /// The figure of an answer that the number is about: its main one, and a share for a percentage.
  func figure(of answer: Answer, _ main: [String]) -> Result<Figure, Mismatch> {
    let parts = answer.figures.filter { $0.form == .percent || $0.form == .points }
    var found: [Figure] = []
    for id in main where found.isEmpty { found = answer.figures.filter { $0.id == id } }
    if isPercent, found.first.map({ !parts.map(\.id).contains($0.id) }) ?? true {
      found = parts.first.map { first in parts.filter { $0.id == first.id } } ?? []
    }
    guard let first = found.first else {
      return .failure(
        Mismatch(words: isPercent ? "the answer holds no percentage" : "the answer has no figure"))
    }
    guard found.count == 1 else {
      return .failure(
        Mismatch(
          words: "the question has \(Words.grouped(found.count)) answers; choose one with `where`"))
    }
    guard first.value?.isFinite == true else {
      return .failure(Mismatch(words: first.reason ?? "\(first.label) can't be had"))
    }
    if !isPercent, first.form == .percent || first.form == .points, value.magnitude > 1 {
      return .failure(Mismatch(words: "\(first.label) is a percentage; say \(written)%"))
    }
    return .success(first)
  }
}
