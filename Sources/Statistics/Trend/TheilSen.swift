extension MethodCatalogue {
  package static let theilSen = MethodCard(
    id: "theil-sen", referenceName: "trend.theil_sen", names: ["theil-sen", "sen"],
    family: .trendSlope, name: "Theil-Sen slope", reference: "Theil 1950; Sen 1968",
    formula: "median of (x_j - x_i)/(j - i), limits by rank",
    whenToUse: "The change per period of a short or rough series; not moved by single outliers.",
    assumptions: "Periods independent of each other.",
    agreesWith: "R 4.2.2 trend 1.1.6 sens.slope; scipy 1.17.1 theilslopes")
}

/// The typical change per step of a series.
package enum TheilSen {
  /// The Theil-Sen slope with Sen's rank limits; x is 0, 1, 2, ...
  ///
  /// Formula: the median of the M pairwise slopes; limits are the slopes of rank round((M - C)/2)
  /// and round((M + C)/2) + 1, `C = z sqrt Var S` with the tie-corrected variance of Mann and Kendall,
  /// halves rounded to even. Undefined with fewer than two values; a limit is undefined where
  /// its rank does not exist. O(n^2 log n).
  /// Reference: Sen 1968, JASA 63, 1379, section 4.
  package static func slope(_ series: [Double], level: Double = 0.95) -> Interval {
    guard series.count >= 2, isLevel(level) else { return .undefined }
    var slopes: [Double] = []
    slopes.reserveCapacity(series.count * (series.count - 1) / 2)
    for later in series.indices {
      for earlier in 0..<later {
        slopes.append((series[later] - series[earlier]) / Double(later - earlier))
      }
    }
    slopes.sort()
    let spread = Normal.critical(level) * MannKendall.test(series).variance.squareRoot()
    let pairs = Double(slopes.count)
    let low = Int(((pairs - spread) / 2).rounded(.toNearestOrEven))
    let high = Int(((pairs + spread) / 2).rounded(.toNearestOrEven)) + 1
    let middle = slopes.count / 2
    let median = slopes.count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2
    return Interval(
      estimate: median, lower: low >= 1 ? slopes[low - 1] : nil,
      upper: high <= slopes.count ? slopes[high - 1] : nil)
  }
}
