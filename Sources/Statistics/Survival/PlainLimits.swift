extension MethodCatalogue {
  package static let kaplanMeierPlain = MethodCard(
    id: "kaplan-meier-plain", referenceName: "kaplan_meier.survival_at_plain",
    names: ["plain", "linear", "greenwood"],
    family: .survival, name: "Kaplan-Meier survival, plain limits",
    reference: "Greenwood 1926; Kaplan and Meier 1958",
    formula: "S -+ z S sqrt G, within 0 and 1, G = sum d/(n (n - d))",
    whenToUse: "To match published work.",
    assumptions: "Open cases would go on as the others do; many at risk.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(plain)")
  package static let kaplanMeierMedianPlain = MethodCard(
    id: "kaplan-meier-median-plain", referenceName: "kaplan_meier.median_plain",
    names: ["plain", "linear", "greenwood"],
    family: .medianSurvival, name: "Kaplan-Meier median, plain limits",
    reference: "Brookmeyer and Crowley 1982",
    formula: "the first t with S(t) < 1/2, limits where the limit curves fall below 1/2",
    whenToUse: "To match published work.",
    assumptions: "Open cases would go on as the others do; many at risk.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(plain)")
}

extension KaplanMeier {
  /// Limits of S itself, clipped to 0...1.
  ///
  /// Formula: `S -+ z S sqrt G`. Reference: Greenwood 1926.
  static func plainLimits(_ s: Double, _ error: Double, _ z: Double) -> (Double, Double) {
    (max(0, s - z * s * error), min(1, s + z * s * error))
  }
}
