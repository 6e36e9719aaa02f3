import Glibc

extension MethodCatalogue {
  package static let cochranMantelHaenszel = MethodCard(
    id: "cochran-mantel-haenszel", referenceName: "cmh.uncorrected",
    names: ["cmh", "cochran-mantel-haenszel"],
    family: .stratifiedTest, name: "Cochran-Mantel-Haenszel test",
    reference: "Mantel and Haenszel 1959",
    formula: "(sum(a - n1 m/N))^2 / sum(n1 n0 m (N - m)/(N^2 (N - 1)))",
    whenToUse: "Beside a Mantel-Haenszel estimate.",
    assumptions: "Associations in one direction across strata.",
    agreesWith: "R 4.2.2 mantelhaen.test; statsmodels 0.15.0 StratifiedTable.test_null_odds")
  package static let cochranMantelHaenszelCorrected = MethodCard(
    id: "cochran-mantel-haenszel-corrected", referenceName: "cmh.corrected",
    names: ["corrected", "cmh-corrected"],
    family: .stratifiedTest, name: "Cochran-Mantel-Haenszel test with continuity correction",
    reference: "Mantel and Haenszel 1959",
    formula: "(|sum(a - n1 m/N)| - 1/2)^2 / sum(n1 n0 m (N - m)/(N^2 (N - 1)))",
    whenToUse: "To match software that corrects by default.",
    assumptions: "Associations in one direction across strata.",
    agreesWith: "R 4.2.2 mantelhaen.test; statsmodels 0.15.0 StratifiedTable.test_null_odds")
}

/// Tests of association within strata.
package enum CochranMantelHaenszel {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case uncorrected = "cochran-mantel-haenszel"
    case corrected = "cochran-mantel-haenszel-corrected"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .stratifiedTest }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.uncorrected

  /// The Cochran-Mantel-Haenszel test of 2x2 tables, 1 df.
  ///
  /// Formula: `(|sum(a - n1 m/N)| - cc)^2 / sum(n1 n0 m (N - m)/(N^2 (N - 1)))`, cc 0 or 1/2, and 0 also
  /// when the sum is below 1/2. Strata with fewer than two cases are skipped; undefined when
  /// none has two positive margins each way. Products are formed in floating point, so large
  /// strata do not overflow. O(strata).
  /// Reference: Mantel and Haenszel 1959, JNCI 22, 719.
  package static func test(
    _ strata: [StratumTable], method: Method = defaultMethod
  ) -> HypothesisTest {
    var (lead, variance) = (0.0, 0.0)
    for stratum in strata where stratum.n > 1 {
      let n = stratum.n
      lead += stratum.excess
      variance += stratum.n1 / n * (stratum.n0 / n) * stratum.m * (stratum.rest / (n - 1))
    }
    guard variance > 0 else { return .undefined }
    let size = abs(lead)
    let correction = method == .corrected && size >= 0.5 ? 0.5 : 0
    return ChiSquared.upperTail((size - correction) * (size - correction) / variance, df: 1)
  }
}
