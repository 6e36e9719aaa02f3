extension MethodCatalogue {
  package static let shareRatioSampled = MethodCard(
    id: "share-ratio-sampled", referenceName: "share_vs_population.sampled_benchmark",
    names: ["sampled", "sampled-benchmark", "katz"],
    family: .populationShare, name: "Share ratio against a sampled benchmark",
    reference: "Katz et al. 1978",
    formula: "(x/n) / (y/m) exp(-+ z sqrt(1/x - 1/n + 1/y - 1/m))",
    whenToUse: "When the benchmark is itself a sample, such as a survey of drivers.",
    assumptions: "Two independent simple random samples, both with members of the group.",
    agreesWith: "R 4.2.2 epitools riskratio.wald")
}

extension PopulationShare {
  /// The ratio of the shares of two independent samples, with the Katz log interval.
  ///
  /// Undefined when either sample has no member of the group. O(1). Reference: `RiskRatio.katz`.
  package static func sampledBenchmark(
    _ x: Int, of n: Int, benchmark y: Int, of m: Int, level: Double = 0.95
  ) -> Interval {
    guard x > 0, y > 0 else { return .undefined }
    return RiskRatio.katz(x, of: n, over: y, of: m, level: level)
  }
}
