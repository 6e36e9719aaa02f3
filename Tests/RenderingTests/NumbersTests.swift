import Columns
import Engine
import Rendering
import Testing

/// Reference: Python 3.12, `format(Decimal(x).quantize(Decimal(1).scaleb(-d), ROUND_HALF_UP), "f")`
/// of the exact double.
@Suite struct DecimalExpansionTests {
  @Test(
    "A double is rounded from its exact digits, a half away from zero",
    arguments: [
      (0.125, 2, "0.13"), (2.675, 2, "2.67"), (1.005, 2, "1.00"), (2.5, 0, "3"), (0.5, 0, "1"),
      (0.2345, 3, "0.234"), (0.0625, 3, "0.063"), (-0.045, 2, "-0.04"), (-2.5, 0, "-3"),
      (1e21, 1, "1000000000000000000000.0"), (1e22, 0, "10000000000000000000000"),
      (123_456_789.987654321, 2, "123456789.99"), (.leastNonzeroMagnitude, 6, "0.000000"),
      (99.995, 2, "100.00"), (0.9995, 1, "1.0"), (9_007_199_254_740_992, 1, "9007199254740992.0"),
      (-2.7755575615628914e-17, 3, "0.000"), (0.32383276483316237, 3, "0.324"),
      (-884002.1504505863, 6, "-884002.150451"), (14871.466378840501, 3, "14871.466"),
      (-925008.6831160302, 0, "-925009"), (0.0, 2, "0.00"), (-0.0, 1, "0.0"),
    ])
  func rounding(value: Double, decimals: Int, expected: String) {
    #expect(DecimalExpansion(value).text(decimals: decimals, isGrouped: false) == expected)
  }

  @Test("The digits of the greatest and the least double are exact")
  func extremes() {
    let greatest = DecimalExpansion(Double.greatestFiniteMagnitude)
    #expect(greatest.text(decimals: 0, isGrouped: false).hasPrefix("17976931348623157081452742"))
    #expect(greatest.magnitude == 308)
    #expect(
      DecimalExpansion(Double.leastNonzeroMagnitude).scientific(significant: 3) == "4.94e-324")
  }

  @Test("Exact decimals keep their digits")
  func decimals() {
    let money = Decimal(units: -123_456_789, scale: 2)
    #expect(DecimalExpansion(money).text(decimals: 2) == "-1,234,567.89")
    #expect(DecimalExpansion(Decimal(units: 5, scale: 3)).text(decimals: 2) == "0.01")
  }
}

@Suite struct NumbersTests {
  @Test(
    "Every form writes a number as a person reads it",
    arguments: [
      (0.81, .percent, "81.0%"), (0, .percent, "0.0%"), (1, .percent, "100.0%"),
      (0.0004, .percent, "<0.1%"), (-0.0004, .percent, ">-0.1%"), (0.9996, .percent, ">99.9%"),
      (0.0005, .percent, "0.1%"), (12.5, .percent, "1,250.0%"),
      (0.42, .points, "42.0 points"), (-0.057, .points, "-5.7 points"),
      (2.0769, .ratio, "2.08"), (0.1, .ratio, "0.10"), (0.0999, .ratio, "0.10"),
      (0.0432, .ratio, "0.043"), (0.0012345, .ratio, "0.0012"), (1.25e-9, .ratio, "1.3e-9"),
      (0, .ratio, "0.00"), (1234.5, .ratio, "1,234.50"), (1e300, .ratio, "1.00e300"),
      (134_221, .count, "134,221"), (12.34, .count, "12.3"), (12.04, .count, "12"),
      (0.01, .count, "< 0.1"), (-1234, .count, "-1,234"),
      (0.0123, .probability, "0.012"), (0.0009, .probability, "< 0.001"),
      (0, .probability, "< 1e-300"), (0.9999, .probability, "> 0.999"),
      (1, .probability, "1.000"), (143_000, .money, "$143,000.00"), (-0.5, .money, "-$0.50"),
      (1, .days, "1 day"), (41, .days, "41 days"), (12.5, .days, "12.5 days"),
      (3.14159, .number(decimals: 3), "3.142"), (.infinity, .ratio, "not bounded"),
      (.nan, .ratio, "none"),
    ] as [(Double, NumberForm, String)])
  func forms(value: Double, form: NumberForm, expected: String) {
    #expect(Numbers.text(value, form) == expected)
  }

  @Test(
    "A confidence level has no decimals that say nothing",
    arguments: [(0.95, "95%"), (0.99, "99%"), (0.999, "99.9%"), (0.9, "90%"), (0.975, "97.5%")])
  func levels(level: Double, expected: String) {
    #expect(Numbers.level(level) == expected)
  }

  @Test("Marks of an axis have the decimals that tell them apart")
  func axis() {
    #expect(Numbers.axis(0.4, step: 0.2, .percent) == "40%")
    #expect(Numbers.axis(0.405, step: 0.005, .percent) == "40.5%")
    #expect(Numbers.axis(1.5, step: 0.5, .ratio) == "1.5")
    #expect(Numbers.axis(1500, step: 500, .count) == "1,500")
    #expect(Numbers.axis(0.1 + 0.2, step: 0.1, .ratio) == "0.3")
  }
}
