extension MethodCatalogue {
  package static let wilsonContinuity = MethodCard(
    id: "wilson-continuity", referenceName: "proportion_ci.wilson_cc",
    names: ["wilson-continuity", "wilson-cc", "wilsoncc"],
    family: .proportion, name: "Wilson score interval with continuity correction",
    reference: "Newcombe 1998",
    formula: "(2x + z^2 -+ 1 -+ z sqrt(z^2 -+ 2 - 1/n + 4 p (n q +- 1))) / (2 (n + z^2))",
    whenToUse: "To match R's prop.test or an exact test more closely; wider than needed.",
    assumptions: "Independent cases with one chance of the property; n fixed.",
    agreesWith: "R 4.2.2 prop.test; scipy 1.17.1 binomtest.proportion_ci(wilsoncc)")
}

extension Proportion {
  /// The Wilson score interval with continuity correction.
  ///
  /// Formula, with p = x/n and q = 1 - p:
  /// `L = (2x + z^2 - 1 - z sqrt(z^2 - 2 - 1/n + 4 p (n q + 1))) / (2 (n + z^2))`,
  /// `U = (2x + z^2 + 1 + z sqrt(z^2 + 2 - 1/n + 4 p (n q - 1))) / (2 (n + z^2))`;
  /// L = 0 at x = 0, U = 1 at x = n. O(1).
  /// Reference: Newcombe 1998, Statistics in Medicine 17, 857, method 4; Fleiss 1981, eq. 1.26.
  package static func wilsonContinuity(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    let z = Normal.critical(level)
    let total = Double(n)
    let p = Double(x) / total
    let rest = Double(n - x)
    let center = 2 * Double(x) + z * z
    let width = 2 * (total + z * z)
    let below = max(0, z * z - 2 - 1 / total + 4 * p * (rest + 1)).squareRoot()
    let above = max(0, z * z + 2 - 1 / total + 4 * p * (rest - 1)).squareRoot()
    let lower = x == 0 ? 0 : (center - 1 - z * below) / width
    let upper = x == n ? 1 : (center + 1 + z * above) / width
    return Interval(estimate: p, lower: lower, upper: upper).clamped(to: 0...1)
  }
}
