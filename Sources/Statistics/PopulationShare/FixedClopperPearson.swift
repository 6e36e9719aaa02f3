extension MethodCatalogue {
  package static let shareRatioExact = MethodCard(
    id: "share-ratio-exact", referenceName: "share_vs_population.fixed_clopper_pearson",
    names: ["clopper-pearson", "exact"],
    family: .populationShare, name: "Share ratio with exact limits",
    reference: "Clopper and Pearson 1934",
    formula: "(x/n) / P, limits = Clopper-Pearson limits of x/n divided by P",
    whenToUse: "When the level must be guaranteed.",
    assumptions: "The population share P is exact and describes those at risk.",
    agreesWith: "R 4.2.2 binom.test limits divided by P")
}

extension PopulationShare {
  /// The disproportionality ratio with the Clopper-Pearson limits of the share.
  ///
  /// Formula and edges as `fixedWilson`. O(sqrt n). Reference: `Proportion.clopperPearson`.
  package static func fixedClopperPearson(
    _ x: Int, of n: Int, populationShare: Double, level: Double = 0.95
  ) -> Comparison {
    fixed(
      x, of: n, populationShare: populationShare,
      share: Proportion.clopperPearson(x, of: n, level: level))
  }
}
