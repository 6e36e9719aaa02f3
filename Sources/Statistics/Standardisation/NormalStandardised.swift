extension MethodCatalogue {
  package static let normalStandardised = MethodCard(
    id: "normal-standardised", referenceName: "direct_standardisation.normal",
    names: ["normal", "wald", "chiang"],
    family: .directStandardisation, name: "Normal interval of a standardised rate",
    reference: "Chiang 1961", formula: "y -+ z sqrt(sum w^2 x)",
    whenToUse: "To match published work with many events in every stratum.",
    assumptions: "Counts of strata vary as Poisson and are not small.",
    agreesWith: "R 4.2.2 epiR epi.directadj (point)")
}

extension DirectStandardisation {
  /// The directly standardised rate with a normal interval; it collapses with no events.
  ///
  /// Formula: `y -+ z sqrt v`, `y = sum w x`, `v = sum w^2 x`. O(strata).
  /// Reference: Chiang 1961, Vital Statistics Special Reports 47, 275.
  package static func normal(
    _ strata: [Stratum], per: Double = 1, level: Double = 0.95
  ) -> AdjustedRate {
    adjusted(strata, per, level) { sum in
      let reach = Normal.critical(level) * sum.variance.squareRoot()
      return (sum.rate - reach, sum.rate + reach)
    }
  }
}
