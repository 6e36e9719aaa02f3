extension MethodCatalogue {
  package static let gTest = MethodCard(
    id: "g-test", referenceName: "contingency.g_test",
    names: ["g-test", "g", "likelihood-ratio", "lr"],
    family: .contingency, name: "Likelihood-ratio G test", reference: "Wilks 1938",
    formula: "2 sum O ln(O / E), df = (rows - 1)(columns - 1)",
    whenToUse: "When tables are taken apart: G adds up over parts.",
    assumptions: "Independent cases, expected counts not small.",
    agreesWith: "R 4.2.2 MASS loglm; scipy 1.17.1 chi2_contingency(log-likelihood)")
}

extension ContingencyTable {
  /// The likelihood-ratio test; an empty cell contributes nothing.
  ///
  /// Formula: `2 sum O ln(O / E)`, summed as deviances so that near independence nothing cancels.
  /// Undefined with an empty row or column. O(r c).
  /// Reference: Wilks 1938, Annals of Mathematical Statistics 9, 60; Agresti 2013, eq. 3.11.
  package func gTest() -> HypothesisTest {
    guard !hasEmptyLevel else { return .undefined }
    var statistic = 0.0
    forEachCell { observed, expected, excess in
      statistic += 2 * halfDeviance(observed: observed, expected: expected, difference: excess)
    }
    return ChiSquared.upperTail(statistic, df: df)
  }
}
