extension MethodCatalogue {
  package static let rateRatioWald = MethodCard(
    id: "rate-ratio-wald", referenceName: "rate_ratio.wald_log", names: ["wald", "log"],
    family: .rateRatio, name: "Wald log interval of a rate ratio",
    reference: "Rothman, Greenland and Lash 2008",
    formula: "ratio exp(-+ z sqrt(1/x1 + 1/x2))",
    whenToUse: "To match published work; needs events in both groups.",
    assumptions: "Both counts vary as Poisson and are not small; exposures known.",
    agreesWith: "R 4.2.2 epitools rateratio.wald")
}

extension RateRatio {
  /// The Wald log interval and its z test; limits and test undefined when a count is 0.
  ///
  /// Formula: `ratio exp(-+ z sqrt(1/x1 + 1/x2))`. O(1).
  /// Reference: Rothman, Greenland and Lash 2008, Modern Epidemiology, ch. 14.
  package static func wald(
    _ x1: Int, exposure t1: Double, over x2: Int, exposure t2: Double, level: Double = 0.95
  ) -> TestedInterval {
    guard isDefined(x1, t1, x2, t2, level) else { return .undefined }
    let standardError = (1 / Double(x1) + 1 / Double(x2)).squareRoot()
    let estimate = estimate(x1, t1, x2, t2)
    return TestedInterval(
      interval: .logWald(estimate, standardError: standardError, level: level),
      test: .logRatio(estimate, standardError: standardError))
  }
}
