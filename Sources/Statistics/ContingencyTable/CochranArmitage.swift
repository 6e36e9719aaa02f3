extension MethodCatalogue {
  package static let cochranArmitage = MethodCard(
    id: "cochran-armitage", referenceName: "contingency.cochran_armitage",
    names: ["cochran-armitage", "linear-by-linear"],
    family: .proportionTrend, name: "Cochran-Armitage trend test",
    reference: "Cochran 1954; Armitage 1955",
    formula: "z = sum s (x - n p) / sqrt(p q (sum n s^2 - (sum n s)^2 / N))",
    whenToUse: "Shares over ordered years or scores.",
    assumptions: "Independent cases; a trend roughly linear in the scores.",
    agreesWith: "R 4.2.2 prop.trend.test")
}

/// The trend of a share over ordered groups.
package enum CochranArmitage {
  /// The Cochran-Armitage test; the statistic is z, its square chi-squared with 1 df.
  ///
  /// Formula: `z = sum s_i (x_i - n_i p) / sqrt(p q (sum n s^2 - (sum n s)^2 / N))`, with the
  /// variance over N. Undefined when no case or every case has the property, when all scores are
  /// alike, or when lengths differ. O(groups).
  /// Reference: Armitage 1955, Biometrics 11, 375; Agresti 2013, eq. 5.8.
  package static func test(
    cases: [Int], totals: [Int], scores: [Double]
  ) -> HypothesisTest {
    guard cases.count == totals.count, cases.count == scores.count,
      zip(cases, totals).allSatisfy({ (0...max(0, $1)).contains($0) })
    else { return .undefined }
    let all = totals.reduce(0.0) { $0 + Double($1) }
    let events = cases.reduce(0.0) { $0 + Double($1) }
    guard all > 0, events > 0, events < all else { return .undefined }
    let weighted = zip(totals, scores).map { Double($0) * $1 }
    let meanScore = compensatedSum(weighted) / all
    var lead = 0.0
    var spread = 0.0
    for index in cases.indices {
      let centered = scores[index] - meanScore
      lead += centered * Double(cases[index])
      spread += Double(totals[index]) * centered * centered
    }
    let variance = events / all * ((all - events) / all) * spread
    return variance > 0 ? Normal.twoSided(lead / variance.squareRoot()) : .undefined
  }
}
