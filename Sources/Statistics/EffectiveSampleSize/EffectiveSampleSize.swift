extension MethodCatalogue {
  package static let kish = MethodCard(
    id: "kish", referenceName: "effective_sample_size.kish", names: ["kish", "weights"],
    family: .effectiveSampleSize, name: "Kish effective sample size", reference: "Kish 1965",
    formula: "(sum w)^2 / sum w^2",
    whenToUse: "Weighted data: how many unweighted cases would be as informative.",
    assumptions: "Weights unrelated to the variable.", agreesWith: "numpy, direct formula")
  package static let clusterDesignEffect = MethodCard(
    id: "cluster-design-effect", referenceName: "effective_sample_size.icc",
    names: ["icc", "cluster"],
    family: .effectiveSampleSize, name: "Design effect of clusters", reference: "Kish 1965",
    formula: "1 + (m - 1) icc",
    whenToUse: "Several rows of one person or officer.",
    assumptions: "Clusters of similar size m.", agreesWith: "R 4.2.2, direct formula")
}

/// How many independent, equal cases a sample is worth.
package struct EffectiveSampleSize: Sendable, Equatable {
  package var size: Double?
  package var designEffect: Double?

  /// The effective size of a weighted sample.
  ///
  /// Formula: `(sum w)^2 / sum w^2`; design effect n over it. Undefined when no weight is positive
  /// or one is negative. O(n). Reference: Kish 1965, Survey Sampling, section 11.7.
  package static func kish(weights: [Double]) -> EffectiveSampleSize {
    let sum = compensatedSum(weights)
    let squares = compensatedSum(weights.lazy.map { $0 * $0 })
    guard sum > 0, squares > 0, !weights.contains(where: { $0 < 0 }) else {
      return EffectiveSampleSize(size: nil, designEffect: nil)
    }
    let size = sum / squares * sum
    return EffectiveSampleSize(size: size, designEffect: Double(weights.count) / size)
  }

  /// The effective size of n cases in clusters.
  ///
  /// Formula: design effect `1 + (m - 1) icc`, size n over it. Undefined when n < 1, m < 1 or the
  /// design effect is not positive. O(1). Reference: Kish 1965, Survey Sampling, eq. 5.4.1.
  package static func clustered(
    n: Double, meanClusterSize m: Double, icc: Double
  ) -> EffectiveSampleSize {
    let effect = 1 + (m - 1) * icc
    guard n > 0, m >= 1, effect > 0 else {
      return EffectiveSampleSize(size: nil, designEffect: nil)
    }
    return EffectiveSampleSize(size: n / effect, designEffect: effect)
  }
}
