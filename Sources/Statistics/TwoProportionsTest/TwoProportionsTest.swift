extension MethodCatalogue {
  package static let zPooled = MethodCard(
    id: "z-pooled", referenceName: "z_test.two_proportions_pooled",
    names: ["pooled", "z", "score"],
    family: .proportionsTest, name: "Pooled z test of two proportions",
    reference: "Pearson 1900",
    formula: "z = (p1 - p2) / sqrt(p q (1/n1 + 1/n2)), p = (x1 + x2) / (n1 + n2)",
    whenToUse: "The signed form of Pearson's chi-squared test, z^2 = X2.",
    assumptions: "Two independent groups, expected counts not small.",
    agreesWith: "R 4.2.2 prop.test(correct=FALSE); statsmodels 0.15.0 proportions_ztest")
  package static let zUnpooled = MethodCard(
    id: "z-unpooled", referenceName: "z_test.two_proportions_unpooled",
    names: ["unpooled", "wald"],
    family: .proportionsTest, name: "Unpooled z test of two proportions",
    reference: "Wald 1943", formula: "z = (p1 - p2) / sqrt(p1 q1 / n1 + p2 q2 / n2)",
    whenToUse: "To match published work.",
    assumptions: "Two independent groups, all cells large.",
    agreesWith: "statsmodels 0.15.0 test_proportions_2indep(wald)")
}

/// Whether two shares differ.
package enum TwoProportionsTest {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case pooled = "z-pooled"
    case unpooled = "z-unpooled"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .proportionsTest }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.pooled

  /// The z test of two shares.
  ///
  /// Formula: `z = (p1 - p2) / SE`, where SE is `sqrt(p q (1/n1 + 1/n2))` with the share p of both
  /// groups together, or unpooled `sqrt(p1 q1/n1 + p2 q2/n2)`. Undefined when a total or the
  /// standard error is 0. Totals to 1e9, p to any exponent. O(1).
  /// Reference: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, ch. 3.
  package static func z(
    _ x1: Int, of n1: Int, against x2: Int, of n2: Int, method: Method = defaultMethod
  ) -> HypothesisTest {
    guard let first = BinomialSample(x1, of: n1), let second = BinomialSample(x2, of: n2) else {
      return .undefined
    }
    let total = first.n + second.n
    let p = (first.x + second.x) / total
    let q = (first.rest + second.rest) / total
    let variance =
      switch method {
      case .pooled: p * q * (1 / first.n + 1 / second.n)
      case .unpooled: first.variance + second.variance
      }
    guard variance > 0 else { return .undefined }
    let difference = ProportionDifference.difference(x1, n1, x2, n2)
    return Normal.twoSided(difference / variance.squareRoot())
  }
}
