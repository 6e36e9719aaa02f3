extension MethodCatalogue {
  package static let bonferroni = MethodCard(
    id: "bonferroni", referenceName: "p_adjust.bonferroni", names: ["bonferroni"],
    family: .adjustment, name: "Bonferroni adjustment", reference: "Dunn 1961",
    formula: "min(1, m p)",
    whenToUse: "When the simplest bound is wanted; Holm's is never larger.",
    assumptions: "None on how the tests depend on each other.",
    agreesWith: "R 4.2.2 p.adjust(bonferroni); statsmodels 0.15.0 multipletests(bonferroni)")
}

extension PValueAdjustment {
  /// Every p times their number, at most 1.
  ///
  /// Reference: Dunn 1961, JASA 56, 52.
  package static func bonferroni(_ p: [Double]) -> [Double] {
    p.map { min(1, $0 * Double(p.count)) }
  }
}
