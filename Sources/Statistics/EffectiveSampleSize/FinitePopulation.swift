extension MethodCatalogue {
  package static let wilsonFinite = MethodCard(
    id: "wilson-finite", referenceName: "", names: ["wilson-finite", "fpc"],
    family: .finitePopulation, name: "Wilson interval with finite population correction",
    reference: "Wilson 1927; Cochran 1977",
    formula: "Wilson's with n (N - 1)/(N - n) cases and the same share",
    whenToUse: "A simple random sample that is a large part of all the cases.",
    assumptions: "Simple random sampling without replacement.",
    agreesWith: "R 4.2.2 prop.test(correct=FALSE) at the effective n")
}

/// A share estimated from a simple random sample of a known number of cases.
package enum FinitePopulation {
  /// The sample size from an endless population that would be as informative.
  ///
  /// Formula: `n (N - 1)/(N - n)`; infinite when all cases are in the sample. A part of a sample
  /// stands for as large a part of the population, so `N` need not be whole.
  /// Reference: Cochran 1977, Sampling Techniques, section 2.6.
  package static func effectiveSize(sample n: Int, of population: Double) -> Double? {
    let n = Double(n)
    guard n > 0, population >= n else { return nil }
    return n == population ? .infinity : n * (population - 1) / (population - n)
  }

  /// The Wilson interval at the effective sample size; it collapses when all cases are sampled.
  ///
  /// O(1). Reference: `Proportion.wilson`; Cochran 1977, Sampling Techniques, section 3.2.
  package static func wilson(
    _ x: Int, ofSample n: Int, population: Double, level: Double = 0.95
  ) -> Interval {
    guard Proportion.isDefined(x, n, level),
      let size = effectiveSize(sample: n, of: population)
    else { return .undefined }
    let share = Double(x) / Double(n)
    guard size < .infinity else { return Interval(estimate: share, lower: share, upper: share) }
    return Proportion.wilson(share: share, effectiveSize: size, level: level)
  }
}
