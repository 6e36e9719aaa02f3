import Glibc

extension MethodCatalogue {
  package static let kaplanMeierLogLog = MethodCard(
    id: "kaplan-meier-log-log", referenceName: "kaplan_meier.survival_at_loglog",
    names: ["log-log", "loglog", "complementary-log-log"],
    family: .survival, name: "Kaplan-Meier survival, log-log limits",
    reference: "Kaplan and Meier 1958; Kalbfleisch and Prentice 1980",
    formula: "S^exp(-+ z sqrt(G) / ln S), G = sum d/(n (n - d))",
    whenToUse: "The default for durations with open cases: limits stay within 0 and 1.",
    assumptions: "Open cases would go on as the others do.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(log-log); lifelines 0.30.3 KaplanMeierFitter")
  package static let kaplanMeierMedianLogLog = MethodCard(
    id: "kaplan-meier-median-log-log", referenceName: "kaplan_meier.median_loglog",
    names: ["log-log", "loglog", "complementary-log-log"],
    family: .medianSurvival, name: "Kaplan-Meier median, log-log limits",
    reference: "Brookmeyer and Crowley 1982",
    formula: "the first t with S(t) < 1/2, limits where the limit curves fall below 1/2",
    whenToUse: "The default for a typical duration with open cases.",
    assumptions: "Open cases would go on as the others do.",
    agreesWith: "R 4.2.2 survival 3.5-3 survfit(log-log)")
}

extension KaplanMeier {
  /// Limits of S on the scale of `log(-log S)`; at S = 1 they are 1.
  ///
  /// Formula: `S^exp(-+ z sqrt(G)/ln S)`.
  /// Reference: Kalbfleisch and Prentice 1980, Statistical Analysis of Failure Time Data, eq. 1.15.
  static func logLogLimits(_ s: Double, _ error: Double, _ z: Double) -> (Double, Double) {
    let theta = z * error / Glibc.log(s)
    return (pow(s, exp(-theta)), pow(s, exp(theta)))
  }
}
