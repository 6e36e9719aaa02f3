extension MethodCatalogue {
  package static let shareRatioWilson = MethodCard(
    id: "share-ratio-wilson", referenceName: "share_vs_population.fixed_wilson",
    names: ["wilson", "score", "fixed"],
    family: .populationShare, name: "Share ratio with Wilson limits", reference: "Wilson 1927",
    formula: "(x/n) / P, limits = Wilson limits of x/n divided by P",
    whenToUse: "The default against a census: population counts are not sampling noise.",
    assumptions: "The population share P is exact and describes those at risk.",
    agreesWith: "R 4.2.2 prop.test(correct=FALSE) limits divided by P")
}

extension PopulationShare {
  /// The disproportionality ratio with the Wilson limits of the share.
  ///
  /// Formula: `(x/n) / P`; expected count `n P`, excess `x - n P`. At most 1/P. With P = 0 the
  /// ratio is infinite, or undefined when x = 0 too. O(1). Reference: `Proportion.wilson`.
  package static func fixedWilson(
    _ x: Int, of n: Int, populationShare: Double, level: Double = 0.95
  ) -> Comparison {
    fixed(
      x, of: n, populationShare: populationShare, share: Proportion.wilson(x, of: n, level: level))
  }
}
