extension MethodCatalogue {
  package static let mannKendall = MethodCard(
    id: "mann-kendall", referenceName: "trend.mann_kendall", names: ["mann-kendall", "kendall"],
    family: .monotoneTrend, name: "Mann-Kendall trend test",
    reference: "Mann 1945; Kendall 1975",
    formula: "S = sum sign(x_j - x_i), z = (S - sign S)/sqrt Var S",
    whenToUse: "Whether a short or rough series tends upward or downward.",
    assumptions: "Periods independent of each other.",
    agreesWith: "R 4.2.2 trend 1.1.6 mk.test; pymannkendall 1.4.3 original_test")
}

/// Whether a series tends in one direction.
package struct MannKendall: Sendable, Equatable {
  /// Rising pairs minus falling pairs.
  package var s: Int
  package var variance: Double
  /// Kendall's tau b.
  package var tau: Double?
  package var test: HypothesisTest

  /// The Mann-Kendall test of a series in order of time.
  ///
  /// Formula: `S = sum over i < j of sign(x_j - x_i)`,
  /// `Var = (n (n-1)(2n+5) - sum t (t-1)(2t+5))/18` over ties of size t, `z = (S - sign S)/sqrt Var`, z = 0
  /// at S = 0. With all values equal z, p and tau are undefined. O(n^2).
  /// Reference: Mann 1945, Econometrica 13, 245; Kendall 1975, Rank Correlation Methods, ch. 4.
  package static func test(_ series: [Double]) -> MannKendall {
    var s = 0
    for later in series.indices {
      for earlier in 0..<later {
        let step = series[later] - series[earlier]
        s += step > 0 ? 1 : step < 0 ? -1 : 0
      }
    }
    let n = Double(series.count)
    let ties = ValueCounts(series).counts.map(Double.init)
    let tied = ties.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
    let variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    let pairs = n * (n - 1) / 2
    let untied = pairs - ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    guard variance > 0 else {
      return MannKendall(s: s, variance: max(0, variance), tau: nil, test: .undefined)
    }
    return MannKendall(
      s: s, variance: variance, tau: Double(s) / (pairs * untied).squareRoot(),
      test: Normal.twoSided(Double(s - s.signum()) / variance.squareRoot()))
  }
}
