extension MethodCatalogue {
  package static let katz = MethodCard(
    id: "katz", referenceName: "risk_ratio.katz_log", names: ["katz", "katz-log", "wald", "log"],
    family: .riskRatio, name: "Katz log interval", reference: "Katz et al. 1978",
    formula: "RR exp(-+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))",
    whenToUse: "To match spreadsheets and published work; needs events in both groups.",
    assumptions: "Two independent groups, events not few.",
    agreesWith:
      "R 4.2.2 epitools riskratio.wald; statsmodels 0.15.0 confint_proportions_2indep(log)")
}

extension RiskRatio {
  /// The Katz log interval.
  ///
  /// Formula: `RR exp(-+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))`. Limits undefined when a group has no
  /// events; collapses to the estimate when both groups are at 100%. O(1).
  /// Reference: Katz, Baptista, Azen and Pike 1978, Biometrics 34, 469, method C.
  package static func katz(
    _ x1: Int, of n1: Int, over x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    guard isLevel(level), let first = BinomialSample(x1, of: n1),
      let second = BinomialSample(x2, of: n2)
    else { return .undefined }
    let variance = first.q / first.x + second.q / second.x
    return Interval.logWald(
      estimate(first, second), standardError: variance.squareRoot(), level: level)
  }
}
