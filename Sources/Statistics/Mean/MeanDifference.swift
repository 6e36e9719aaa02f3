extension MethodCatalogue {
  package static let welch = MethodCard(
    id: "welch", referenceName: "mean_difference.welch_t", names: ["welch", "t"],
    family: .meanDifference, name: "Welch t interval of a difference",
    reference: "Welch 1947",
    formula: "d -+ t sqrt(s1^2/n1 + s2^2/n2), Satterthwaite degrees of freedom",
    whenToUse: "Two means whose spreads may differ.",
    assumptions: "Independent observations, near normal or many.",
    agreesWith: "R 4.2.2 t.test; scipy 1.17.1 ttest_ind(equal_var=False)")
}

/// The difference of two means.
package enum MeanDifference {
  /// The difference with Welch's t interval and test.
  ///
  /// Formula: `d -+ t sqrt(v1 + v2)`, `v = s^2/n`, `df = (v1 + v2)^2 / (v1^2/(n1-1) + v2^2/(n2-1))`. Only
  /// the difference with fewer than two observations in a group; with no spread in either the
  /// limits collapse and the test is undefined. O(k).
  /// Reference: Welch 1947, Biometrika 34, 28.
  package static func welch(
    _ first: ValueCounts, minus second: ValueCounts, level: Double = 0.95
  ) -> TestedInterval {
    guard let a = Moments(first), let b = Moments(second), isLevel(level) else {
      return .undefined
    }
    let difference = a.mean - b.mean
    guard let varianceA = a.variance, let varianceB = b.variance else {
      return TestedInterval(
        interval: Interval(estimate: difference, lower: nil, upper: nil), test: .undefined)
    }
    let (va, vb) = (varianceA / a.n, varianceB / b.n)
    let standardError = (va + vb).squareRoot()
    guard standardError > 0 else {
      return TestedInterval(
        interval: Interval(estimate: difference, lower: difference, upper: difference),
        test: .undefined)
    }
    let (shareA, shareB) = (va / (va + vb), vb / (va + vb))
    let df = 1 / (shareA * shareA / (a.n - 1) + shareB * shareB / (b.n - 1))
    let reach = StudentT.critical(level, df: df) * standardError
    return TestedInterval(
      interval: Interval(
        estimate: difference, lower: difference - reach, upper: difference + reach),
      test: StudentT.twoSided(difference / standardError, df: df))
  }
}
