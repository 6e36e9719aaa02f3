extension MethodCatalogue {
  package static let rateRatioExact = MethodCard(
    id: "rate-ratio-exact", referenceName: "rate_ratio.exact", names: ["exact", "conditional"],
    family: .rateRatio, name: "Exact conditional interval of a rate ratio",
    reference: "Przyborowski and Wilenski 1940",
    formula: "x1 | x1 + x2 is binomial; Clopper-Pearson limits pi give pi / (1 - pi) t2 / t1",
    whenToUse: "The default for two rates, and for one year against another.",
    assumptions: "Both counts vary as Poisson; exposures known.",
    agreesWith: "R 4.2.2 poisson.test; exactci 1.4-5 poisson.exact(central)")
}

extension RateRatio {
  /// The exact conditional interval and test.
  ///
  /// Formula: given x1 + x2, x1 is binomial with `pi = r t1 / (r t1 + t2)`; the Clopper-Pearson
  /// limits of pi become `pi / (1 - pi) t2 / t1`. p is the sum of all probabilities at most the
  /// observed one at r = 1; the central p is twice the smaller tail. With no events at all the
  /// limits are 0 and infinity and p is 1. O(sqrt(x1 + x2)).
  /// Reference: Przyborowski and Wilenski 1940, Biometrika 31, 313; Lehmann and Romano, ch. 4.5.
  package static func exact(
    _ x1: Int, exposure t1: Double, over x2: Int, exposure t2: Double, level: Double = 0.95
  ) -> TestedInterval {
    guard isDefined(x1, t1, x2, t2, level) else { return .undefined }
    let n = x1 + x2
    guard n > 0 else { return uninformative }
    let lower = upperOdds(x2, x1, level: level)
    let upper = upperOdds(x1, x2, level: level)
    let null = Binomial.Probability(x: t1 / (t1 + t2), y: t2 / (t1 + t2))
    return TestedInterval(
      interval: Interval(
        estimate: estimate(x1, t1, x2, t2), lower: t2 / t1 / lower, upper: upper * t2 / t1),
      test: HypothesisTest(logP: Binomial.logTwoSided(x1, of: n, p: null)),
      central: HypothesisTest(logP: Binomial.logCentral(x1, of: n, p: null)))
  }

  /// The odds of the upper Clopper-Pearson limit of x1 among x1 + x2; infinite when x2 is 0.
  private static func upperOdds(_ x1: Int, _ x2: Int, level: Double) -> Double {
    guard x2 > 0 else { return .infinity }
    let limit = IncompleteBeta.quantile(
      Double(x1) + 1, Double(x2), logTail: logTail(level), isUpper: true)
    return limit.x / limit.y
  }
}
