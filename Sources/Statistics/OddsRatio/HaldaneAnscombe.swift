extension MethodCatalogue {
  package static let haldaneAnscombe = MethodCard(
    id: "haldane-anscombe", referenceName: "odds_ratio.haldane_anscombe",
    names: ["haldane-anscombe", "haldane", "plus-half"],
    family: .oddsRatio, name: "Haldane-Anscombe interval",
    reference: "Haldane 1956; Anscombe 1956",
    formula: "Woolf's interval after 1/2 is added to every cell",
    whenToUse: "To match published work with empty cells; mid-p is better.",
    assumptions: "Independent cases.", agreesWith: "R 4.2.2 metafor escalc(add=1/2, to=all)")
}

extension OddsRatio {
  /// Woolf's interval after 1/2 is added to every cell. O(1).
  ///
  /// Reference: Haldane 1956, Annals of Human Genetics 20, 309; Anscombe 1956, Biometrika 43, 461.
  package static func haldaneAnscombe(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double = 0.95
  ) -> Interval {
    guard isDefined(a, b, c, d, level) else { return .undefined }
    return logit(
      Double(a) + 0.5, Double(b) + 0.5, Double(c) + 0.5, Double(d) + 0.5, level: level)
  }
}
