extension MethodCatalogue {
  package static let clopperPearson = MethodCard(
    id: "clopper-pearson", referenceName: "proportion_ci.clopper_pearson",
    names: ["clopper-pearson", "exact"],
    family: .proportion, name: "Clopper-Pearson exact interval",
    reference: "Clopper and Pearson 1934",
    formula: "L = BetaInv(a; x, n - x + 1), U = BetaInv(1 - a; x + 1, n - x), a = (1 - level)/2",
    whenToUse: "When the level must be guaranteed; on average it covers more than it says.",
    assumptions: "Independent cases with one chance of the property; n fixed.",
    agreesWith: "R 4.2.2 binom.test, qbeta; statsmodels 0.15.0 proportion_confint(beta)")
}

extension Proportion {
  /// The Clopper-Pearson exact interval.
  ///
  /// Formula: `P(X >= x | L) = a`, `P(X <= x | U) = a` for binomial X, solved through the beta
  /// distribution; L = 0 at x = 0, U = 1 at x = n. O(sqrt n).
  /// Reference: Clopper and Pearson 1934, Biometrika 26, 404; DLMF 8.17.5.
  package static func clopperPearson(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    return exact(Double(x), of: Double(n), level: level)
  }

  /// The same for counts that need not be whole (Korn and Graubard 1998).
  static func exact(_ x: Double, of n: Double, level: Double) -> Interval {
    let logTail = logTail(level)
    let lower =
      x == 0 ? 0 : IncompleteBeta.quantile(x, n - x + 1, logTail: logTail, isUpper: false).x
    let upper =
      x == n ? 1 : IncompleteBeta.quantile(x + 1, n - x, logTail: logTail, isUpper: true).x
    return Interval(estimate: x / n, lower: lower, upper: upper)
  }
}
