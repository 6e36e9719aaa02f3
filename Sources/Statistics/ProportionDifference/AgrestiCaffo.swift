extension MethodCatalogue {
  package static let agrestiCaffo = MethodCard(
    id: "agresti-caffo", referenceName: "diff_proportions.agresti_caffo",
    names: ["agresti-caffo", "plus-four"],
    family: .proportionDifference, name: "Agresti-Caffo interval",
    reference: "Agresti and Caffo 2000",
    formula: "d' -+ z sqrt(p1' q1' / (n1+2) + p2' q2' / (n2+2)), p' = (x+1)/(n+2)",
    whenToUse: "When a formula for hand calculation is wanted.",
    assumptions: "Two independent groups of independent cases.",
    agreesWith:
      "R 4.2.2 PropCIs wald2ci(AC); statsmodels 0.15.0 confint_proportions_2indep(agresti-caffo)")
}

extension ProportionDifference {
  /// The Wald interval after one success and one failure are added to each group.
  ///
  /// Clipped to -1...1; the estimate stays `x1/n1 - x2/n2`. O(1).
  /// Reference: Agresti and Caffo 2000, American Statistician 54, 280.
  package static func agrestiCaffo(
    _ x1: Int, of n1: Int, minus x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    guard BinomialSample(x1, of: n1) != nil, BinomialSample(x2, of: n2) != nil else {
      return .undefined
    }
    var interval = wald(x1 + 1, of: n1 + 2, minus: x2 + 1, of: n2 + 2, level: level)
    interval.estimate = interval.estimate.map { _ in difference(x1, n1, x2, n2) }
    return interval
  }
}
