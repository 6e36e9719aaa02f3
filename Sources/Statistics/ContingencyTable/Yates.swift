extension MethodCatalogue {
  package static let yates = MethodCard(
    id: "yates", referenceName: "contingency.yates_chi2",
    names: ["yates", "continuity", "corrected"],
    family: .contingency, name: "Yates' corrected chi-squared test", reference: "Yates 1934",
    formula: "sum (|O - E| - min(1/2, |O - E|))^2 / E",
    whenToUse: "To match software that corrects by default; too conservative.",
    assumptions: "A 2x2 table of independent cases.",
    agreesWith: "R 4.2.2 chisq.test; scipy 1.17.1 chi2_contingency")
}

extension ContingencyTable {
  /// The chi-squared test with Yates' continuity correction, capped at the difference itself.
  ///
  /// Formula: `sum (|O - E| - min(1/2, |O - E|))^2 / E`. Undefined with an empty row or column. O(r c).
  /// Reference: Yates 1934, Supplement to JRSS 1, 217.
  package func yates() -> HypothesisTest {
    guard !hasEmptyLevel else { return .undefined }
    var statistic = 0.0
    forEachCell { _, expected, excess in
      let corrected = max(0, abs(excess) - 0.5)
      statistic += corrected * corrected / expected
    }
    return ChiSquared.upperTail(statistic, df: df)
  }
}
