import Glibc

extension MethodCatalogue {
  package static let midP = MethodCard(
    id: "mid-p", referenceName: "odds_ratio.midp", names: ["mid-p", "midp"],
    family: .oddsRatio, name: "Mid-p conditional odds ratio",
    reference: "Lancaster 1961; Rothman, Greenland and Lash 2008",
    formula: "P(A > a | psi) + P(A = a | psi)/2 = 1/2 for the estimate, (1 -+ level)/2 for limits",
    whenToUse: "The default when an expected count is below 5: the least conservative exact kind.",
    assumptions: "Independent cases; both margins taken as fixed.",
    agreesWith: "R 4.2.2 exact2x2 1.7.0 (midp=TRUE, solved more tightly)")
}

extension OddsRatio {
  /// The median-unbiased conditional odds ratio with mid-p limits and test.
  ///
  /// Formula: `P(A > a | psi) + P(A = a | psi)/2` is 1/2 at the estimate and `(1 -+ level)/2` at the
  /// limits; `p = 2 min(mid tails)` at psi = 1. With an empty margin: no estimate, limits 0 and
  /// infinity, p 1. O(standard deviation of A), about 20 times.
  /// Reference: Lancaster 1961, JASA 56, 223; Rothman, Greenland and Lash 2008, ch. 14.
  package static func midP(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double = 0.95
  ) -> TestedInterval {
    guard isDefined(a, b, c, d, level) else { return .undefined }
    let margins = Hypergeometric(a, b, c, d)
    guard margins.least < margins.most else { return uninformative }
    let conditional = NoncentralHypergeometric(margins: margins, observed: a)
    let start = start(a, b, c, d, level: level)
    let tail = (1 - level) / 2
    var interval = Interval(estimate: 0, lower: 0, upper: .infinity)
    if a > margins.least {
      interval.lower = exp(
        conditional.logOddsRatio(upperTail: tail, share: 0.5, from: start.low))
      interval.estimate =
        a < margins.most
        ? exp(conditional.logOddsRatio(upperTail: 0.5, share: 0.5, from: start.middle))
        : .infinity
    }
    if a < margins.most {
      interval.upper = exp(
        conditional.logOddsRatio(lowerTail: tail, share: 0.5, from: start.high))
    }
    let above = logOfSum(margins.logUpperTail(a), margins.logUpperTail(a + 1))
    let below = logOfSum(margins.logLowerTail(a), margins.logLowerTail(a - 1))
    return TestedInterval(
      interval: interval, test: HypothesisTest(logP: min(0, min(above, below))))
  }
}
