extension MethodCatalogue {
  package static let logNormalRate = MethodCard(
    id: "log-normal-rate", referenceName: "poisson_rate.log_normal",
    names: ["log-normal", "log", "lognormal"],
    family: .poissonRate, name: "Log-normal interval of a rate",
    reference: "Rothman, Greenland and Lash 2008",
    formula: "rate exp(-+ z / sqrt x)",
    whenToUse: "To match published work; needs at least one event.",
    assumptions: "The count varies as Poisson and is not small.",
    agreesWith: "R 4.2.2 metafor escalc(IRLN)")
}

extension PoissonRate {
  /// The log-normal interval; limits undefined at 0 events.
  ///
  /// Formula: `rate exp(-+ z / sqrt x)`. O(1).
  /// Reference: Rothman, Greenland and Lash 2008, Modern Epidemiology, ch. 14.
  package static func logNormal(
    _ count: Int, exposure: Double, per: Double = 1, level: Double = 0.95
  ) -> Interval {
    rate(count, exposure, per, level) { x in
      let limits = Interval.logWald(x, standardError: 1 / x.squareRoot(), level: level)
      return (limits.lower, limits.upper)
    }
  }
}
