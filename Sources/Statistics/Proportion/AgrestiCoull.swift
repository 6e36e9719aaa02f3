extension MethodCatalogue {
  package static let agrestiCoull = MethodCard(
    id: "agresti-coull", referenceName: "proportion_ci.agresti_coull",
    names: ["agresti-coull", "adjusted-wald"],
    family: .proportion, name: "Agresti-Coull interval", reference: "Agresti and Coull 1998",
    formula: "p' -+ z sqrt(p' (1 - p') / n'), n' = n + z^2, p' = (x + z^2/2) / n'",
    whenToUse: "When a formula for hand calculation is wanted; wider than Wilson's near 0 and 1.",
    assumptions: "Independent cases with one chance of the property; n fixed.",
    agreesWith: "statsmodels 0.15.0 proportion_confint(agresti_coull)")
}

extension Proportion {
  /// The Agresti-Coull interval, clipped to 0...1; the estimate stays x/n.
  ///
  /// Formula: `p' -+ z sqrt(p' (1 - p') / n')` with `n' = n + z^2`, `p' = (x + z^2/2) / n'`. O(1).
  /// Reference: Agresti and Coull 1998, American Statistician 52, 119.
  package static func agrestiCoull(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    let z = Normal.critical(level)
    let total = Double(n) + z * z
    let p = (Double(x) + z * z / 2) / total
    let q = (Double(n - x) + z * z / 2) / total
    var interval = Interval.wald(p, standardError: (p * q / total).squareRoot(), level: level)
    interval.estimate = Double(x) / Double(n)
    return interval.clamped(to: 0...1)
  }
}
