import Glibc

extension MethodCatalogue {
  package static let fisher = MethodCard(
    id: "fisher", referenceName: "odds_ratio.fisher_exact",
    names: ["fisher", "exact", "cornfield"],
    family: .oddsRatio, name: "Exact conditional odds ratio",
    reference: "Fisher 1935; Cornfield 1956",
    formula: "E(A | psi) = a; P(A >= a | L) = P(A <= a | U) = (1 - level)/2",
    whenToUse: "When the level must be guaranteed.",
    assumptions: "Independent cases; both margins taken as fixed.",
    agreesWith:
      "R 4.2.2 fisher.test (solved more tightly); scipy 1.17.1 odds_ratio(conditional), "
      + "fisher_exact")
}

extension OddsRatio {
  /// The exact conditional odds ratio with Cornfield's central limits and Fisher's test.
  ///
  /// Formula: given the margins A is noncentral hypergeometric; the estimate solves
  /// `E(A | psi) = a`, the limits `P(A >= a | L) = P(A <= a | U) = (1 - level)/2`; p is the sum of
  /// all probabilities at most the observed one at psi = 1, with a relative tolerance of 1e-7 for
  /// ties. With an empty margin: no estimate, limits 0 and infinity, p 1.
  /// O(standard deviation of A), about 20 times.
  /// Reference: Cornfield 1956, Third Berkeley Symposium 4, 135; Fisher 1935, JRSS 98, 39.
  package static func fisher(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double = 0.95
  ) -> TestedInterval {
    guard isDefined(a, b, c, d, level) else { return .undefined }
    let margins = Hypergeometric(a, b, c, d)
    guard margins.least < margins.most else { return uninformative }
    let conditional = NoncentralHypergeometric(margins: margins, observed: a)
    let start = start(a, b, c, d, level: level)
    let tail = (1 - level) / 2
    let isLeast = a == margins.least
    let isMost = a == margins.most
    let lower =
      isLeast
      ? 0 : exp(conditional.logOddsRatio(upperTail: tail, share: 1, from: start.low))
    let upper =
      isMost
      ? .infinity : exp(conditional.logOddsRatio(lowerTail: tail, share: 1, from: start.high))
    let estimate =
      isLeast
      ? 0 : isMost ? .infinity : exp(conditional.logOddsRatioOfMean(from: start.middle))
    return TestedInterval(
      interval: Interval(estimate: estimate, lower: lower, upper: upper),
      test: HypothesisTest(logP: margins.logTwoSided(a)))
  }
}
