extension MethodCatalogue {
  package static let jeffreys = MethodCard(
    id: "jeffreys", referenceName: "proportion_ci.jeffreys", names: ["jeffreys", "bayes"],
    family: .proportion, name: "Jeffreys interval",
    reference: "Brown, Cai and DasGupta 2001",
    formula: "BetaInv(a; x + 1/2, n - x + 1/2) to BetaInv(1 - a; x + 1/2, n - x + 1/2)",
    whenToUse: "As an alternative to Wilson's with equal tails; also a Bayesian interval.",
    assumptions: "Independent cases with one chance of the property; n fixed.",
    agreesWith: "R 4.2.2 qbeta; statsmodels 0.15.0 proportion_confint(jeffreys)")
}

extension Proportion {
  /// The Jeffreys interval: quantiles of the beta distribution with parameters x + 1/2, n - x + 1/2.
  ///
  /// L = 0 at x = 0 and U = 1 at x = n, as its authors recommend. O(sqrt n).
  /// Reference: Brown, Cai and DasGupta 2001, Statistical Science 16, 101, section 3.1.
  package static func jeffreys(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    let a = Double(x) + 0.5
    let b = Double(n - x) + 0.5
    let logTail = logTail(level)
    let lower =
      x == 0 ? 0 : IncompleteBeta.quantile(a, b, logTail: logTail, isUpper: false).x
    let upper = x == n ? 1 : IncompleteBeta.quantile(a, b, logTail: logTail, isUpper: true).x
    return Interval(estimate: Double(x) / Double(n), lower: lower, upper: upper)
  }
}
