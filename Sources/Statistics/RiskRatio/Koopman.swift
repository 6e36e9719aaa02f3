import Glibc

extension MethodCatalogue {
  package static let koopman = MethodCard(
    id: "koopman", referenceName: "risk_ratio.koopman", names: ["koopman", "score"],
    family: .riskRatio, name: "Koopman score interval", reference: "Koopman 1984",
    formula: "all phi with (p1 - phi p2)^2 <= z^2 (p1~ q1~ / n1 + phi^2 p2~ q2~ / n2)",
    whenToUse:
      "The default for a ratio of shares: excludes 1 exactly when Pearson's chi-square does, "
      + "and is defined with no events.",
    assumptions: "Two independent groups of independent cases.",
    agreesWith:
      "R 4.2.2 ratesci scoreci(RR, bcf=FALSE); statsmodels 0.15.0 "
      + "confint_proportions_2indep(score)")
}

extension RiskRatio {
  /// The Koopman score interval.
  ///
  /// Formula: all phi with `(p1 - phi p2)^2 / (p1~ q1~ / n1 + phi^2 p2~ q2~ / n2) <= z^2`, where the
  /// shares p~ have the greatest likelihood among those with `p1~ = phi p2~`. Lower limit 0 when
  /// x1 = 0, upper infinite when x2 = 0; both when neither group has events. It excludes 1
  /// exactly when the uncorrected Pearson chi-square has p < 1 - level. About 12 evaluations of
  /// a closed form per limit.
  /// Reference: Koopman 1984, Biometrics 40, 513, eq. 4.
  package static func koopman(
    _ x1: Int, of n1: Int, over x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    score(x1, n1, x2, n2, level: level) { _ in 1 }
  }

  /// The score interval with the variance multiplied by a factor of the total number of cases.
  static func score(
    _ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int, level: Double, inflation: (Double) -> Double
  ) -> Interval {
    guard isLevel(level), let first = BinomialSample(x1, of: n1),
      let second = BinomialSample(x2, of: n2)
    else { return .undefined }
    let z = Normal.critical(level) * inflation(first.n + second.n).squareRoot()
    // The lower limit is one over the upper limit of the inverse ratio.
    let inverse = upperLimit(second, first, z: z)
    return Interval(
      estimate: estimate(first, second), lower: inverse == .infinity ? 0 : 1 / inverse,
      upper: upperLimit(first, second, z: z))
  }

  private static func upperLimit(
    _ first: BinomialSample, _ second: BinomialSample, z: Double
  ) -> Double {
    guard second.x > 0 else { return .infinity }
    let excess = { (logRatio: Double) -> Double in
      let phi = exp(logRatio)
      let lead = phi * second.p - first.p
      return lead - z * constrainedVariance(first, second, phi).squareRoot()
    }
    let base = first.x > 0 ? log(first.p / second.p) : -log(second.x + 1) - log(first.n)
    // At the estimate itself the lead is 0, so a start a little above it is inside the interval.
    var low = base
    var step = max(1e-9, z * (1 / (first.x + 0.5) + 1 / (second.x + 0.5)).squareRoot())
    var high = base + step
    while excess(high) < 0 {
      (low, high) = (high, high + step)
      step *= 2
      if high > 700 { return .infinity }
    }
    if low == base {
      low = first.x > 0 ? base + (high - base) * 1e-9 : -700
      if excess(low) >= 0 { return exp(base) }
    }
    return exp(root(between: low, and: high, of: excess))
  }

  /// The variance of `p1 - phi p2` at the likeliest shares with `p1 = phi p2`.
  ///
  /// p2 solves `N phi p^2 - (n1 phi + x1 + n2 + x2 phi) p + x1 + x2 = 0`; its discriminant is
  /// written as a sum of two positive terms.
  private static func constrainedVariance(
    _ first: BinomialSample, _ second: BinomialSample, _ phi: Double
  ) -> Double {
    let weighted = (first.n + second.x) * phi
    let plain = second.n + first.x
    let gap = weighted - plain
    let root = (gap * gap + 4 * phi * first.rest * second.rest).squareRoot()
    let p2 = min(1, 2 * (first.x + second.x) / (weighted + plain + root))
    let p1 = min(1, phi * p2)
    return p1 * (1 - p1) / first.n + phi * phi * p2 * (1 - p2) / second.n
  }
}
