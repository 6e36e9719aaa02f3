import Glibc

extension MethodCatalogue {
  package static let rateRatioMidP = MethodCard(
    id: "rate-ratio-mid-p", referenceName: "rate_ratio.midp", names: ["mid-p", "midp"],
    family: .rateRatio, name: "Mid-p interval of a rate ratio",
    reference: "Rothman, Greenland and Lash 2008",
    formula: "P(X > x1 | pi) + P(X = x1 | pi) / 2 = a, pi / (1 - pi) t2 / t1",
    whenToUse: "When the exact interval is felt to be too wide; holds its level on average.",
    assumptions: "Both counts vary as Poisson; exposures known.",
    agreesWith: "R 4.2.2 exactci 1.4-5 poisson.exact(midp=TRUE)")
}

extension RateRatio {
  /// The mid-p interval and test, conditional on x1 + x2.
  ///
  /// Formula: limits pi with `P(X > x1) + P(X = x1)/2 = a` and its mirror image, as odds times
  /// `t2 / t1`; `p = 2 min(mid tails)`. With no events at all the limits are 0 and infinity and
  /// p is 1. O(sqrt(x1 + x2)).
  /// Reference: Rothman, Greenland and Lash 2008, Modern Epidemiology, ch. 14; Lancaster 1961.
  package static func midP(
    _ x1: Int, exposure t1: Double, over x2: Int, exposure t2: Double, level: Double = 0.95
  ) -> TestedInterval {
    guard isDefined(x1, t1, x2, t2, level) else { return .undefined }
    guard x1 + x2 > 0 else {
      return TestedInterval(interval: uninformative.interval, test: uninformative.test)
    }
    let scale = t2 / t1
    let lower = x1 == 0 ? 0 : exp(logOdds(x1, x2, level: level)) * scale
    let upper = x2 == 0 ? .infinity : exp(-logOdds(x2, x1, level: level)) * scale
    let null = Binomial.Probability(x: t1 / (t1 + t2), y: t2 / (t1 + t2))
    let above = logMidTail(x1, x2, at: null)
    let below = logMidTail(x2, x1, at: null.swapped)
    return TestedInterval(
      interval: Interval(estimate: estimate(x1, t1, x2, t2), lower: lower, upper: upper),
      test: HypothesisTest(logP: min(0, min(above, below) + log(2))))
  }

  /// `log( P(X > x1) + P(X = x1) / 2 )` for x1 among x1 + x2.
  private static func logMidTail(_ x1: Int, _ x2: Int, at p: Binomial.Probability) -> Double {
    let n = x1 + x2
    return logOfSum(
      Binomial.logUpperTail(x1, of: n, p: p), Binomial.logUpperTail(x1 + 1, of: n, p: p)) - log(2)
  }

  /// The log odds at which the mid tail above x1 is half of what the level leaves.
  private static func logOdds(_ x1: Int, _ x2: Int, level: Double) -> Double {
    let target = logTail(level)
    let n = Double(x1 + x2)
    let center = log((Double(x1) + 0.5) / (Double(x2) + 0.5))
    let spread = (1 / (Double(x1) + 0.5) + 1 / (Double(x2) + 0.5)).squareRoot()
    return increasingRoot(from: center - Normal.critical(level) * spread) { logOdds in
      let p = Binomial.Probability(x: 1 / (1 + exp(-logOdds)), y: 1 / (1 + exp(logOdds)))
      let tail = logMidTail(x1, x2, at: p)
      let probability = Binomial.logProbability(x1, of: x1 + x2, p: p)
      let rate = 0.5 * (Double(x1) * p.y + (n - Double(x1)) * p.x)
      return (tail - target, rate * exp(probability - tail))
    }
  }
}
