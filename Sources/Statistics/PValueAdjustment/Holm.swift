extension MethodCatalogue {
  package static let holm = MethodCard(
    id: "holm", referenceName: "p_adjust.holm", names: ["holm", "holm-bonferroni"],
    family: .adjustment, name: "Holm adjustment", reference: "Holm 1979",
    formula: "running maximum, from the smallest p up, of p (m - rank + 1)",
    whenToUse: "A planned few comparisons: limits the chance of any false finding.",
    assumptions: "None on how the tests depend on each other.",
    agreesWith: "R 4.2.2 p.adjust(holm); statsmodels 0.15.0 multipletests(holm)")
}

extension PValueAdjustment {
  /// The step-down adjustment that controls the familywise error rate.
  ///
  /// Formula: `max over j <= i of min(1, (m - j + 1) p(j))` for the i-th smallest.
  /// Reference: Holm 1979, Scandinavian Journal of Statistics 6, 65.
  package static func holm(_ p: [Double]) -> [Double] {
    var adjusted = p
    var greatest = 0.0
    for (rank, index) in ascending(p).enumerated() {
      greatest = max(greatest, min(1, p[index] * Double(p.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
