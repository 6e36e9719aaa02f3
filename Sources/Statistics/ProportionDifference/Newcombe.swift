extension MethodCatalogue {
  package static let newcombe = MethodCard(
    id: "newcombe", referenceName: "diff_proportions.newcombe",
    names: ["newcombe", "hybrid-score", "mover"],
    family: .proportionDifference, name: "Newcombe hybrid score interval",
    reference: "Newcombe 1998",
    formula: "d - sqrt((p1-l1)^2 + (u2-p2)^2) to d + sqrt((u1-p1)^2 + (p2-l2)^2), l, u Wilson's",
    whenToUse: "The default for a gap in points: closed form, good coverage, within -1 and 1.",
    assumptions: "Two independent groups of independent cases.",
    agreesWith:
      "R 4.2.2 ratesci moverci(wilson); statsmodels 0.15.0 confint_proportions_2indep(newcomb)")
}

extension ProportionDifference {
  /// Newcombe's hybrid score interval, from the Wilson limits l and u of each group.
  ///
  /// Formula: `d - sqrt((p1 - l1)^2 + (u2 - p2)^2)` to `d + sqrt((u1 - p1)^2 + (p2 - l2)^2)`.
  /// Defined with empty cells and at 100%. O(1).
  /// Reference: Newcombe 1998, Statistics in Medicine 17, 873, method 10.
  package static func newcombe(
    _ x1: Int, of n1: Int, minus x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    let first = Proportion.wilson(x1, of: n1, level: level)
    let second = Proportion.wilson(x2, of: n2, level: level)
    guard let p1 = first.estimate, let l1 = first.lower, let u1 = first.upper,
      let p2 = second.estimate, let l2 = second.lower, let u2 = second.upper
    else { return .undefined }
    let below = ((p1 - l1) * (p1 - l1) + (u2 - p2) * (u2 - p2)).squareRoot()
    let above = ((u1 - p1) * (u1 - p1) + (p2 - l2) * (p2 - l2)).squareRoot()
    let estimate = difference(x1, n1, x2, n2)
    return Interval(estimate: estimate, lower: estimate - below, upper: estimate + above)
      .clamped(to: -1...1)
  }
}
