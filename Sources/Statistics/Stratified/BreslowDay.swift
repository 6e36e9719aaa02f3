import Glibc

extension MethodCatalogue {
  package static let breslowDay = MethodCard(
    id: "breslow-day", referenceName: "breslow_day.plain", names: ["breslow-day"],
    family: .homogeneity, name: "Breslow-Day test", reference: "Breslow and Day 1980",
    formula: "sum (a - e)^2 / V, e and V fitted under the Mantel-Haenszel odds ratio",
    whenToUse: "To match software without Tarone's correction.",
    assumptions: "Strata not small.",
    agreesWith: "R 4.2.2 DescTools BreslowDayTest; statsmodels 0.15.0 test_equal_odds")
  package static let breslowDayTarone = MethodCard(
    id: "breslow-day-tarone", referenceName: "breslow_day.tarone",
    names: ["tarone", "breslow-day-tarone"],
    family: .homogeneity, name: "Breslow-Day test with Tarone's correction",
    reference: "Breslow and Day 1980; Tarone 1985",
    formula: "sum (a - e)^2 / V - (sum (a - e))^2 / sum V",
    whenToUse: "Always beside a Mantel-Haenszel estimate; p < 0.05: show the strata.",
    assumptions: "Strata not small.",
    agreesWith: "R 4.2.2 metafor rma.mh, DescTools BreslowDayTest(correct=TRUE)")
}

/// Whether strata share one odds ratio.
package enum BreslowDay {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case tarone = "breslow-day-tarone"
    case plain = "breslow-day"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .homogeneity }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.tarone

  /// The Breslow-Day test of one odds ratio in all strata.
  ///
  /// Formula: `sum (a - e)^2 / V`, where e is the first cell that has the Mantel-Haenszel odds ratio
  /// with the margins of its stratum and `V = 1/(1/e + 1/(n1-e) + 1/(m-e) + 1/(n0-m+e))`; Tarone
  /// subtracts `(sum (a - e))^2 / sum V`. Only strata with four positive margins count; df is their
  /// number less one, and the statistic is undefined with fewer than two of them or when the
  /// common odds ratio is 0, infinite or undefined. O(strata).
  /// Reference: Breslow and Day 1980, Statistical Methods in Cancer Research I, eq. 4.30; Tarone
  /// 1985, Biometrika 72, 91.
  package static func test(
    _ strata: [StratumTable], method: Method = defaultMethod
  ) -> HypothesisTest {
    let informative = strata.filter { min($0.n1, $0.n0, $0.m, $0.rest) > 0 }
    let df = max(0, informative.count - 1)
    let common = MantelHaenszel.oddsRatio(strata).interval.estimate
    guard df > 0, let common, common > 0, common < .infinity else {
      return ChiSquared.upperTail(nil, df: df)
    }
    var (statistic, lead, variance) = (0.0, 0.0, 0.0)
    for stratum in informative {
      let e = fitted(stratum, oddsRatio: common)
      let spread =
        1
        / (1 / e + 1 / (stratum.n1 - e) + 1 / (stratum.m - e)
          + 1 / (stratum.n0 - stratum.m + e))
      let difference = stratum.a - e
      statistic += difference * difference / spread
      lead += difference
      variance += spread
    }
    if method == .tarone { statistic -= lead * lead / variance }
    return ChiSquared.upperTail(max(0, statistic), df: df)
  }

  /// The first cell with this odds ratio and the margins of a table: the root inside the margins
  /// of `(1 - psi) e^2 + (n0 - m + psi (n1 + m)) e - psi m n1 = 0`.
  private static func fitted(_ table: StratumTable, oddsRatio psi: Double) -> Double {
    let linear = table.n0 - table.m + psi * (table.n1 + table.m)
    let constant = psi * table.m * table.n1
    let root = (linear * linear + 4 * (1 - psi) * constant).squareRoot()
    if linear >= 0 { return 2 * constant / (linear + root) }
    return (root - linear) / (2 * (1 - psi))
  }
}
