extension MethodCatalogue {
  package static let binomialExact = MethodCard(
    id: "binomial-exact", referenceName: "binomial_test.exact", names: ["exact", "binomial"],
    family: .proportionTest, name: "Exact binomial test", reference: "Clopper and Pearson 1934",
    formula: "p = sum of all P(X = k) that are at most P(X = x), X ~ Binomial(n, p0)",
    whenToUse: "The default test of a share against a fixed value.",
    assumptions: "Independent cases; p0 fixed beforehand.",
    agreesWith: "R 4.2.2 binom.test; scipy 1.17.1 binomtest")
  package static let binomialZ = MethodCard(
    id: "binomial-z", referenceName: "binomial_test.z", names: ["z", "score"],
    family: .proportionTest, name: "Score test of a proportion", reference: "Wilson 1927",
    formula: "z = (x/n - p0) / sqrt(p0 (1 - p0) / n)",
    whenToUse: "Large n; agrees with the Wilson interval.",
    assumptions: "n p0 (1 - p0) not small.",
    agreesWith: "R 4.2.2 prop.test(p=p0, correct=FALSE)")
}

/// A share against a value fixed beforehand.
package enum BinomialTest {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case exact = "binomial-exact"
    case z = "binomial-z"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .proportionTest }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.exact

  /// The two-sided exact test.
  ///
  /// Formula: the sum of all probabilities that are at most the observed one, with a relative
  /// tolerance of 1e-7 for ties. Undefined when n = 0. Counts to 1e9, p to any exponent.
  /// O(sqrt n). Reference: R 4.2.2 binom.test; `Binomial.logTwoSided`.
  package static func exact(_ x: Int, of n: Int, against p0: Double) -> HypothesisTest {
    guard n > 0, isCount(n), (0...n).contains(x), (0...1).contains(p0) else { return .undefined }
    return HypothesisTest(logP: Binomial.logTwoSided(x, of: n, p: .init(x: p0)))
  }

  /// The score test.
  ///
  /// Formula: `z = (x/n - p0) / sqrt(p0 (1 - p0) / n)`. Undefined when n = 0 or p0 is 0 or 1. O(1).
  package static func z(_ x: Int, of n: Int, against p0: Double) -> HypothesisTest {
    guard n > 0, isCount(n), (0...n).contains(x), p0 > 0, p0 < 1 else { return .undefined }
    let total = Double(n)
    let excess = Double(x).addingProduct(-total, p0)
    return Normal.twoSided(excess / (total * p0 * (1 - p0)).squareRoot())
  }
}
