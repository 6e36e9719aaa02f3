import Glibc

extension MethodCatalogue {
  package static let kaplanMeierLog = MethodCard(
    id: "kaplan-meier-log", referenceName: "kaplan_meier.survival_at_log", names: ["log"],
    family: .survival, name: "Kaplan-Meier survival, log limits",
    reference: "Kaplan and Meier 1958",
    formula: "S exp(-+ z sqrt G), at most 1, G = sum d/(n (n - d))",
    whenToUse: "To match R's default.", assumptions: "Open cases would go on as the others do.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(log)")
  package static let kaplanMeierMedianLog = MethodCard(
    id: "kaplan-meier-median-log", referenceName: "kaplan_meier.median_log", names: ["log"],
    family: .medianSurvival, name: "Kaplan-Meier median, log limits",
    reference: "Brookmeyer and Crowley 1982",
    formula: "the first t with S(t) < 1/2, limits where the limit curves fall below 1/2",
    whenToUse: "To match R's default.", assumptions: "Open cases would go on as the others do.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(log)")
}

extension KaplanMeier {
  /// Limits of S on the scale of `log S`, at most 1.
  ///
  /// Formula: `S exp(-+ z sqrt G)`. Reference: Therneau and Grambsch 2000, eq. 2.5.
  static func logLimits(_ s: Double, _ error: Double, _ z: Double) -> (Double, Double) {
    (s * exp(-z * error), min(1, s * exp(z * error)))
  }
}
