extension MethodCatalogue {
  package static let standardisedRatio = MethodCard(
    id: "standardised-ratio", referenceName: "direct_standardisation.rate_ratio_log",
    names: ["log", "delta"],
    family: .standardisedRateRatio, name: "Ratio of two standardised rates",
    reference: "Rothman, Greenland and Lash 2008",
    formula: "y1/y2 exp(-+ z sqrt(v1/y1^2 + v2/y2^2))",
    whenToUse: "Two areas standardised to one population.",
    assumptions: "Counts vary as Poisson; events in both areas.",
    agreesWith: "R 4.2.2, delta method")
}

extension DirectStandardisation {
  /// The ratio of two directly standardised rates, with both rates.
  package struct RateRatio: Sendable, Equatable {
    package var first: Double?
    package var second: Double?
    package var ratio: Interval
  }

  /// The ratio of two directly standardised rates with a log interval.
  ///
  /// Formula: `y1/y2 exp(-+ z sqrt(v1/y1^2 + v2/y2^2))`. Limits undefined when a rate is 0.
  /// O(strata). Reference: Rothman, Greenland and Lash 2008, Modern Epidemiology, ch. 15.
  package static func rateRatio(
    _ first: [Stratum], over second: [Stratum], level: Double = 0.95
  ) -> RateRatio {
    guard isLevel(level), let a = WeightedSum(first), let b = WeightedSum(second) else {
      return RateRatio(ratio: .undefined)
    }
    let variance = a.variance / (a.rate * a.rate) + b.variance / (b.rate * b.rate)
    return RateRatio(
      first: a.rate, second: b.rate,
      ratio: .logWald(
        Statistics.ratio(a.rate, b.rate), standardError: variance.squareRoot(), level: level))
  }
}
