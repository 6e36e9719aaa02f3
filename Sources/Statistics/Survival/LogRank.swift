extension MethodCatalogue {
  package static let logRank = MethodCard(
    id: "log-rank", referenceName: "survival.log_rank", names: ["log-rank", "logrank", "mantel"],
    family: .survivalDifference, name: "Log-rank test",
    reference: "Mantel 1966; Peto and Peto 1972",
    formula: "(O - E)' V^-1 (O - E), hypergeometric V, df = groups - 1",
    whenToUse: "Whether durations differ between groups when some cases are open.",
    assumptions: "Censoring alike in all groups; strongest when hazards are proportional.",
    agreesWith: "R 4.2.2 survival 3.5-3 survdiff; lifelines 0.30.3 multivariate_logrank_test")
}

/// The log-rank comparison of survival between groups.
package struct LogRank: Sendable, Equatable {
  /// Events of each group, and those expected if all groups had one curve.
  package var observed: [Double]
  package var expected: [Double]
  package var test: HypothesisTest

  /// The log-rank test of groups, each given as tallies in any order.
  ///
  /// Formula: over event times, `E_g = sum d n_g/n` and
  /// `V_gh = sum d (n - d)/(n - 1) n_g/n (1[g = h] - n_h/n)`; the statistic is `(O - E)' V^-1 (O - E)` over
  /// all groups but one. Groups never at risk at an event are left out; df is the number of the
  /// others less one, and the statistic undefined with fewer than two.
  /// O(k log k + times groups^2).
  /// Reference: Mantel 1966, Cancer Chemotherapy Reports 50, 163; Kalbfleisch and Prentice 1980.
  package static func test(_ groups: [[KaplanMeier.Tally]]) -> LogRank {
    let tallies = groups.map(KaplanMeier.merged)
    var atRisk = tallies.map { $0.reduce(0) { $0 + $1.events + $1.censored } }
    var next = [Int](repeating: 0, count: groups.count)
    var observed = [Double](repeating: 0, count: groups.count)
    var expected = observed
    var covariance = [[Double]](repeating: observed, count: groups.count)
    let times = Set(tallies.flatMap { $0.map(\.time) }).sorted()
    for time in times {
      let all = Double(atRisk.reduce(0, +))
      let shares = atRisk.map { Double($0) / all }
      var events = 0
      for group in tallies.indices where next[group] < tallies[group].count {
        let tally = tallies[group][next[group]]
        guard tally.time == time else { continue }
        events += tally.events
        observed[group] += Double(tally.events)
        atRisk[group] -= tally.events + tally.censored
        next[group] += 1
      }
      guard events > 0 else { continue }
      let d = Double(events)
      let spread = all > 1 ? d * (all - d) / (all - 1) : 0
      for group in groups.indices {
        expected[group] += d * shares[group]
        for other in groups.indices {
          covariance[group][other] +=
            spread * shares[group] * ((group == other ? 1 : 0) - shares[other])
        }
      }
    }
    return LogRank(
      observed: observed, expected: expected,
      test: quadraticForm(observed, expected, covariance))
  }

  private static func quadraticForm(
    _ observed: [Double], _ expected: [Double], _ covariance: [[Double]]
  ) -> HypothesisTest {
    let present = expected.indices.filter { expected[$0] > 0 }
    let kept = present.dropLast()
    let lead = kept.map { observed[$0] - expected[$0] }
    let matrix = kept.map { row in kept.map { covariance[row][$0] } }
    guard !kept.isEmpty, let solution = solve(matrix, lead) else {
      return ChiSquared.upperTail(nil, df: kept.count)
    }
    return ChiSquared.upperTail(
      zip(lead, solution).reduce(0) { $0 + $1.0 * $1.1 }, df: kept.count)
  }
}
