extension MethodCatalogue {
  package static let mannWhitney = MethodCard(
    id: "mann-whitney", referenceName: "rank_sum.mann_whitney_normal",
    names: ["mann-whitney", "wilcoxon", "rank-sum"],
    family: .rankSum, name: "Mann-Whitney rank sum test", reference: "Mann and Whitney 1947",
    formula: "z = (U - mn/2 -+ 1/2) / sqrt(mn/12 (N + 1 - sum(t^3 - t)/(N(N - 1))))",
    whenToUse: "Whether one group's values tend to be larger; skewed data.",
    assumptions: "Independent observations; normal approximation, from about 10 in each group.",
    agreesWith: "R 4.2.2 wilcox.test(exact=FALSE); scipy 1.17.1 mannwhitneyu")
}

/// Two samples compared by ranks.
package enum RankSum {
  /// The outcome of a rank comparison.
  package struct Comparison: Sendable, Equatable {
    /// Pairs in which the first group's value is larger, ties as half.
    package var u: Double?
    /// z, after ties and with continuity correction, and its p.
    package var test: HypothesisTest
  }

  /// The Mann-Whitney test by its normal approximation.
  ///
  /// Formula: `z = (U - mn/2 -+ 1/2) / sqrt(mn/12 (N + 1 - sum(t^3 - t)/(N (N - 1))))`, t the sizes of
  /// ties. Undefined with an empty group; U alone when all values are equal. O(k).
  /// Reference: Mann and Whitney 1947, Annals of Mathematical Statistics 18, 50; Lehmann 1975.
  package static func mannWhitney(_ first: ValueCounts, _ second: ValueCounts) -> Comparison {
    let (m, n) = (Double(first.count), Double(second.count))
    guard m > 0, n > 0 else { return Comparison(u: nil, test: .undefined) }
    var (u, ties, below) = (0.0, 0.0, 0.0)
    var other = 0
    for (value, count) in zip(first.values, first.counts) {
      while other < second.values.count, second.values[other] < value {
        below += Double(second.counts[other])
        ties += cube(second.counts[other])
        other += 1
      }
      var tied = 0
      if other < second.values.count, second.values[other] == value {
        tied = second.counts[other]
        other += 1
      }
      u += Double(count) * (below + Double(tied) / 2)
      ties += cube(count + tied)
      below += Double(tied)
    }
    while other < second.values.count {
      ties += cube(second.counts[other])
      other += 1
    }
    let all = m + n
    let variance = m * n / 12 * (all + 1 - ties / all / (all - 1))
    guard variance > 1e-9 * m * n, all > 1 else { return Comparison(u: u, test: .undefined) }
    let lead = u - m * n / 2
    let corrected = lead == 0 ? 0 : lead > 0 ? lead - 0.5 : lead + 0.5
    return Comparison(u: u, test: Normal.twoSided(corrected / variance.squareRoot()))
  }

  /// `t^3 - t` of the size of a tie.
  private static func cube(_ count: Int) -> Double {
    let t = Double(count)
    return t * (t - 1) * (t + 1)
  }
}
