extension MethodCatalogue {
  package static let miettinenNurminenRatio = MethodCard(
    id: "miettinen-nurminen-ratio", referenceName: "risk_ratio.miettinen_nurminen",
    names: ["miettinen-nurminen"],
    family: .riskRatio, name: "Miettinen-Nurminen score interval of a ratio",
    reference: "Miettinen and Nurminen 1985",
    formula: "Koopman's with the variance multiplied by N / (N - 1)",
    whenToUse: "As Koopman's, slightly wider; what regulators of trials ask for.",
    assumptions: "Two independent groups of independent cases.",
    agreesWith:
      "R 4.2.2 ratesci scoreci(RR, bcf=TRUE); statsmodels 0.15.0 "
      + "confint_proportions_2indep(score, correction)")
}

extension RiskRatio {
  /// The Miettinen-Nurminen score interval: Koopman's with the variance times N / (N - 1).
  ///
  /// Lower limit 0 when x1 = 0, upper infinite when x2 = 0.
  /// Reference: Miettinen and Nurminen 1985, Statistics in Medicine 4, 213, eq. 10.
  package static func miettinenNurminen(
    _ x1: Int, of n1: Int, over x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    score(x1, n1, x2, n2, level: level) { $0 / ($0 - 1) }
  }
}
