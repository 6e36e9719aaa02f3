import Glibc

extension MethodCatalogue {
  package static let medianOrderStatistic = MethodCard(
    id: "median-order-statistic", referenceName: "median_ci.order_statistic",
    names: ["order-statistic", "exact", "distribution-free"],
    family: .median, name: "Distribution-free interval of a median",
    reference: "Thompson 1936",
    formula: "x(k) to x(n - k + 1), k the largest with P(Bin(n, 1/2) <= k - 1) <= (1 - level)/2",
    whenToUse: "The default for durations, ages and sums of money, which are skewed.",
    assumptions: "Independent observations.",
    agreesWith: "R 4.2.2 DescTools 0.99.59 MedianCI(exact) rule")
}

/// The median with a distribution-free interval, and what that interval really covers.
package struct MedianInterval: Sendable, Equatable {
  package var interval: Interval
  /// The exact coverage, at least the level; nil when no interval exists.
  package var coverage: Double?
  /// The ranks of the observations that are the limits.
  package var ranks: ClosedRange<Int>?

  /// The median (type 7) between two order statistics.
  ///
  /// Formula: limits `x(k)` and `x(n-k+1)`, k the largest with `P(Bin(n, 1/2) <= k-1) <= (1-level)/2`;
  /// coverage `1 - 2 P(Bin(n, 1/2) <= k-1)`. No limits with too few observations, below 6 at 95%.
  /// O(log n sqrt n). Reference: Thompson 1936, Annals of Mathematical Statistics 7, 122; David and
  /// Nagaraja 2003, Order Statistics, section 7.1.
  package static func orderStatistic(
    _ data: ValueCounts, level: Double = 0.95
  ) -> MedianInterval {
    let median = Quantile.type7(data, at: 0.5)
    var result = MedianInterval(interval: Interval(estimate: median, lower: nil, upper: nil))
    let n = data.count
    guard n > 0, isLevel(level) else { return result }
    let half = Binomial.Probability(x: 0.5)
    let limit = logTail(level) + 1e-12
    let k = firstTrue(in: 0...(n / 2)) { rank in
      rank == n / 2 || Binomial.logLowerTail(rank, of: n, p: half) > limit
    }
    guard k > 0 else { return result }
    result.interval.lower = data.observation(rank: k)
    result.interval.upper = data.observation(rank: n - k + 1)
    result.coverage = 1 - 2 * exp(Binomial.logLowerTail(k - 1, of: n, p: half))
    result.ranks = k...(n - k + 1)
    return result
  }
}
