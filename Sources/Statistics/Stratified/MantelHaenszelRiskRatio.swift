extension MethodCatalogue {
  package static let mantelHaenszelRiskRatio = MethodCard(
    id: "mantel-haenszel-risk-ratio", referenceName: "mantel_haenszel.risk_ratio",
    names: ["mantel-haenszel", "mh", "greenland-robins"],
    family: .stratifiedRiskRatio, name: "Mantel-Haenszel risk ratio",
    reference: "Greenland and Robins 1985",
    formula: "(sum a n0/N) / (sum c n1/N)",
    whenToUse: "Shares compared within strata; beside the crude ratio.",
    assumptions: "One risk ratio in all strata.",
    agreesWith: "R 4.2.2 metafor rma.mh(RR); statsmodels 0.15.0 StratifiedTable")
}

extension MantelHaenszel {
  /// The Mantel-Haenszel risk ratio with the Greenland-Robins variance of its log.
  ///
  /// Formula: `R = sum a n0/N`, `S = sum c n1/N`, `RR = R/S`,
  /// `Var ln RR = sum ((m n1 n0 - a c N)/N^2) / (R S)`. Empty strata are skipped; limits undefined when
  /// R or S is 0. O(strata). Reference: Greenland and Robins 1985, Biometrics 41, 55, eq. 13.
  package static func riskRatio(_ strata: [StratumTable], level: Double = 0.95) -> Estimate {
    var (r, s, sum) = (0.0, 0.0, 0.0)
    for stratum in strata where stratum.n > 0 {
      let n = stratum.n
      r += stratum.a * stratum.n0 / n
      s += stratum.c * stratum.n1 / n
      sum += stratum.m / n * (stratum.n1 * stratum.n0 / n) - stratum.a * stratum.c / n
    }
    return ratioEstimate(r, s, variance: sum / (r * s), level: level)
  }
}
