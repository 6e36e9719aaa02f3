/// A number as a person reads it: the part that is lined up, and the unit in words behind it.
package struct Numeral: Hashable, Sendable {
  /// Sign, digits and a sign that clings to them: `81.0%`, `$1,200.00`, `< 0.001`.
  package let number: String
  /// `points`, `days`; empty where there is none.
  package let unit: String

  package init(_ number: String, unit: String = "") {
    self.number = number
    self.unit = unit
  }

  package var text: String { unit.isEmpty ? number : number + " " + unit }
}

/// How numbers are written, for every form and every format that people read.
package enum Numbers {
  /// A number in its form, rounded half away from zero from its exact decimal digits.
  ///
  /// What is not zero is never written as zero per cent, and what is not all never as 100%:
  /// `<0.1%`, `>99.9%`.
  package static func written(_ value: Double, _ form: NumberForm) -> Numeral {
    guard value.isFinite else { return Numeral(value.isNaN ? "none" : "not bounded") }
    let exact = DecimalExpansion(value)
    switch form {
    case .count: return Numeral(count(exact))
    case .percent: return Numeral(percent(value, exact))
    case .points: return Numeral(fixed(exact.shifted(by: 2), 1), unit: "points")
    case .ratio: return Numeral(ratio(exact))
    case .number(let decimals): return Numeral(fixed(exact, decimals))
    case .money: return Numeral(money(exact))
    case .probability: return Numeral(probability(value, exact))
    case .days:
      let digits = count(exact)
      return Numeral(digits, unit: digits == "1" ? "day" : "days")
    case .truth: return Numeral(value == 0 ? "no" : "yes")
    }
  }

  package static func text(_ value: Double, _ form: NumberForm) -> String {
    written(value, form).text
  }

  /// A confidence level without decimals that say nothing: `95%`, `99.9%`.
  package static func level(_ value: Double) -> String {
    let exact = DecimalExpansion(value).shifted(by: 2)
    return shortest(exact, atMost: 3) + "%"
  }

  /// The label of a mark on an axis whose marks are `step` apart: no more decimals than tell them
  /// apart.
  package static func axis(_ value: Double, step: Double, _ form: NumberForm) -> String {
    let exact = DecimalExpansion(value)
    let places = max(0, -DecimalExpansion(step).rounded(toSignificant: 1).magnitude)
    switch form {
    case .percent:
      return fixed(exact.shifted(by: 2), max(0, places - 2)) + "%"
    case .points: return fixed(exact.shifted(by: 2), max(0, places - 2))
    case .money: return "$" + fixed(exact, places)
    case .count, .ratio, .number, .probability, .days, .truth: return fixed(exact, places)
    }
  }

  private static func fixed(_ exact: DecimalExpansion, _ decimals: Int) -> String {
    isTooLong(exact) ? exact.scientific(significant: 3) : exact.text(decimals: decimals)
  }

  /// Whether the digits before the point are more than a double holds.
  private static func isTooLong(_ exact: DecimalExpansion) -> Bool { exact.magnitude >= 15 }

  private static func shortest(_ exact: DecimalExpansion, atMost decimals: Int) -> String {
    for places in 0..<decimals where exact.rounded(to: places) == exact.rounded(to: decimals) {
      return exact.text(decimals: places)
    }
    return exact.text(decimals: decimals)
  }

  private static func count(_ exact: DecimalExpansion) -> String {
    if isTooLong(exact) { return exact.scientific(significant: 3) }
    let rounded = exact.rounded(to: 1)
    if rounded.isZero, !exact.isZero { return exact.isNegative ? "> -0.1" : "< 0.1" }
    return rounded == exact.rounded(to: 0) ? exact.text(decimals: 0) : exact.text(decimals: 1)
  }

  private static func percent(_ value: Double, _ exact: DecimalExpansion) -> String {
    let digits = fixed(exact.shifted(by: 2), 1)
    if digits == "0.0", value != 0 { return value < 0 ? ">-0.1%" : "<0.1%" }
    if digits == "100.0", value < 1 { return ">99.9%" }
    return digits + "%"
  }

  private static func ratio(_ exact: DecimalExpansion) -> String {
    if exact.isZero || exact.magnitude >= -1 { return fixed(exact, 2) }
    let rounded = exact.rounded(toSignificant: 2)
    if rounded.magnitude < -6 { return exact.scientific(significant: 2) }
    return rounded.text(decimals: 1 - rounded.magnitude)
  }

  private static func money(_ exact: DecimalExpansion) -> String {
    let digits = fixed(exact, 2)
    return digits.hasPrefix("-") ? "-$" + digits.dropFirst() : "$" + digits
  }

  private static func probability(_ value: Double, _ exact: DecimalExpansion) -> String {
    // A p-value that has run out of double is not zero.
    if value < 1e-300 { return "< 1e-300" }
    if value < 0.001 { return "< 0.001" }
    let digits = exact.text(decimals: 3)
    return digits == "1.000" && value < 1 ? "> 0.999" : digits
  }
}

// Numbers inside sentences.
extension Numbers {
  /// With one decimal: `81.0%`.
  package static func percent(_ share: Double) -> String { text(share, .percent) }

  /// With two decimals: `2.08`.
  package static func ratio(_ value: Double) -> String { text(value, .ratio) }

  /// With this many decimals: `1,234.50`.
  package static func decimal(_ value: Double, _ decimals: Int) -> String {
    text(value, .number(decimals: decimals))
  }

  /// `0.012`, `< 0.001`: never 0.
  package static func probability(_ p: Double) -> String { text(p, .probability) }
}
