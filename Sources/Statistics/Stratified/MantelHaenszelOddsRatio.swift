extension MethodCatalogue {
  package static let mantelHaenszelOddsRatio = MethodCard(
    id: "mantel-haenszel-odds-ratio", referenceName: "mantel_haenszel.odds_ratio",
    names: ["mantel-haenszel", "mh", "robins-breslow-greenland"],
    family: .stratifiedOddsRatio, name: "Mantel-Haenszel odds ratio",
    reference: "Mantel and Haenszel 1959; Robins, Breslow and Greenland 1986",
    formula: "(sum ad/N) / (sum bc/N)",
    whenToUse: "Case-control-like questions within strata; beside the crude odds ratio.",
    assumptions: "One odds ratio in all strata.",
    agreesWith: "R 4.2.2 metafor rma.mh, mantelhaen.test; statsmodels 0.15.0 StratifiedTable")
}

extension MantelHaenszel {
  /// The Mantel-Haenszel odds ratio with the Robins-Breslow-Greenland variance of its log.
  ///
  /// Formula: `R = sum ad/N`, `S = sum bc/N`, `OR = R/S`, `Var ln OR = sum P R_i/(2 R^2)
  /// + sum (P S_i + Q R_i)/(2 R S) + sum Q S_i/(2 S^2)`, `P = (a+d)/N`, `Q = (b+c)/N`. Empty strata are
  /// skipped. Limits undefined when R or S is 0. O(strata).
  /// Reference: Robins, Breslow and Greenland 1986, Biometrics 42, 311.
  package static func oddsRatio(_ strata: [StratumTable], level: Double = 0.95) -> Estimate {
    var (r, s) = (0.0, 0.0)
    var (pr, cross, qs) = (0.0, 0.0, 0.0)
    for stratum in strata where stratum.n > 0 {
      let n = stratum.n
      let p = (stratum.a + stratum.d) / n
      let q = (stratum.b + stratum.c) / n
      let ri = stratum.a * stratum.d / n
      let si = stratum.b * stratum.c / n
      r += ri
      s += si
      pr += p * ri
      cross += p * si + q * ri
      qs += q * si
    }
    let variance = pr / (2 * r * r) + cross / (2 * r * s) + qs / (2 * s * s)
    return ratioEstimate(r, s, variance: variance, level: level)
  }
}
