extension MethodCatalogue {
  package static let wilson = MethodCard(
    id: "wilson", referenceName: "proportion_ci.wilson", names: ["wilson", "score"],
    family: .proportion, name: "Wilson score interval", reference: "Wilson 1927",
    formula: "(2x + z^2 -+ z sqrt(z^2 + 4 x (n - x) / n)) / (2 (n + z^2))",
    whenToUse:
      "The default for one share: close to its level also at 0%, 100% and small n. With 20 "
      + "cases its 95% interval can cover as little as 92.5% (a share of 5%); clopper-pearson never "
      + "covers less than its level.",
    assumptions: "Independent cases with one chance of the property; n fixed.",
    agreesWith: "R 4.2.2 prop.test(correct=FALSE); statsmodels 0.15.0 proportion_confint")
}

extension Proportion {
  /// The Wilson score interval.
  ///
  /// Formula: the p with `|x/n - p| <= z sqrt(p (1 - p) / n)`, that is
  /// `(2x + z^2 -+ z sqrt(z^2 + 4 x (n - x) / n)) / (2 (n + z^2))`; the lower limit is exactly 0
  /// at x = 0 and the upper exactly 1 at x = n. Each limit is taken from the product of the two
  /// roots where their difference would cancel. O(1).
  /// Reference: Wilson 1927, JASA 22, 209; Newcombe 1998, Statistics in Medicine 17, 857, method 3.
  package static func wilson(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    return score(Double(x), of: Double(n), level: level)
  }

  /// The Wilson interval of a share whose sample is worth this many independent cases, as after
  /// weighting or clustering; `EffectiveSampleSize` gives the number. O(1).
  package static func wilson(
    share: Double, effectiveSize n: Double, level: Double = 0.95
  ) -> Interval {
    guard n > 0, n < .infinity, (0...1).contains(share), isLevel(level) else { return .undefined }
    var interval = score(share == 1 ? n : share * n, of: n, level: level)
    interval.estimate = share
    return interval
  }

  /// The same for counts that need not be whole, as effective sample sizes are not.
  static func score(_ x: Double, of n: Double, level: Double) -> Interval {
    let z = Normal.critical(level)
    let width = n + z * z
    let spread = z * (z * z / 4 + x / n * (n - x)).squareRoot()
    let upperRoot = (x + z * z / 2 + spread) / width
    let upperRootOfRest = (n - x + z * z / 2 + spread) / width
    let lower = x == 0 ? 0 : x / n * x / (width * upperRoot)
    let rest = x == n ? 0 : (n - x) / n * (n - x) / (width * upperRootOfRest)
    let upper = rest < 0.5 ? 1 - rest : upperRoot
    return Interval(estimate: x / n, lower: lower, upper: upper)
  }
}
