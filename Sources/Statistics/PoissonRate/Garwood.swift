extension MethodCatalogue {
  package static let garwood = MethodCard(
    id: "garwood", referenceName: "poisson_rate.exact", names: ["garwood", "exact"],
    family: .poissonRate, name: "Garwood exact interval of a rate", reference: "Garwood 1936",
    formula: "GammaInv(a; x) / T to GammaInv(1 - a; x + 1) / T",
    whenToUse: "The default: small counts are the rule in neighbourhood data.",
    assumptions: "The count varies as Poisson; the exposure is known.",
    agreesWith: "R 4.2.2 poisson.test; statsmodels 0.15.0 confint_poisson(exact-c)")
}

extension PoissonRate {
  /// The Garwood exact interval.
  ///
  /// Formula: `P(X >= x | L) = a`, `P(X <= x | U) = a` for Poisson X, through gamma quantiles;
  /// L = 0 at x = 0. O(sqrt x). Reference: Garwood 1936, Biometrika 28, 437; DLMF 8.2.4.
  package static func garwood(
    _ count: Int, exposure: Double, per: Double = 1, level: Double = 0.95
  ) -> Interval {
    rate(count, exposure, per, level) { exactLimits($0, level: level) }
  }

  /// Garwood's limits of a mean.
  static func exactLimits(_ x: Double, level: Double) -> (lower: Double?, upper: Double?) {
    let logTail = logTail(level)
    let lower =
      x == 0 ? 0 : IncompleteGamma.quantile(shape: x, logTail: logTail, isUpper: false)
    return (lower, IncompleteGamma.quantile(shape: x + 1, logTail: logTail, isUpper: true))
  }
}
