extension MethodCatalogue {
  package static let waldDifference = MethodCard(
    id: "wald-difference", referenceName: "diff_proportions.wald", names: ["wald", "normal"],
    family: .proportionDifference, name: "Wald interval of a difference",
    reference: "Newcombe 1998, method 1",
    formula: "d -+ z sqrt(p1 q1 / n1 + p2 q2 / n2)",
    whenToUse: "Only to check figures that were made with it; too narrow for small groups.",
    assumptions: "Two independent groups, all four cells large.",
    agreesWith:
      "R 4.2.2 prop.test(correct=FALSE); statsmodels 0.15.0 confint_proportions_2indep(wald)")
}

extension ProportionDifference {
  /// The Wald interval, clipped to -1...1; it collapses when both shares are 0% or 100%.
  ///
  /// Formula: `d -+ z sqrt(p1 q1 / n1 + p2 q2 / n2)`. O(1).
  /// Reference: Newcombe 1998, Statistics in Medicine 17, 873, method 1.
  package static func wald(
    _ x1: Int, of n1: Int, minus x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    guard isLevel(level), let first = BinomialSample(x1, of: n1),
      let second = BinomialSample(x2, of: n2)
    else { return .undefined }
    let standardError = (first.variance + second.variance).squareRoot()
    return Interval.wald(
      difference(x1, n1, x2, n2), standardError: standardError, level: level
    ).clamped(to: -1...1)
  }
}
