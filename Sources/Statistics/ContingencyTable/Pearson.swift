extension MethodCatalogue {
  package static let pearson = MethodCard(
    id: "pearson", referenceName: "contingency.pearson_chi2",
    names: ["pearson", "chi-square", "chi-squared", "chi2"],
    family: .contingency, name: "Pearson chi-squared test", reference: "Pearson 1900",
    formula: "sum (O - E)^2 / E, df = (rows - 1)(columns - 1)",
    whenToUse: "The default test of independence when every expected count is at least 5.",
    assumptions: "Independent cases.",
    agreesWith: "R 4.2.2 chisq.test(correct=FALSE); scipy 1.17.1 chi2_contingency")
}

extension ContingencyTable {
  /// The Pearson chi-squared test, without continuity correction.
  ///
  /// Formula: `sum (O - E)^2 / E`, df (r - 1)(c - 1). Undefined with an empty row or column. Totals
  /// to 1e9 and beyond; p to any exponent. O(r c).
  /// Reference: Pearson 1900, Philosophical Magazine 50, 157.
  package func pearson() -> HypothesisTest {
    guard !hasEmptyLevel else { return .undefined }
    var statistic = 0.0
    forEachCell { _, expected, excess in statistic += excess * excess / expected }
    return ChiSquared.upperTail(statistic, df: df)
  }
}
