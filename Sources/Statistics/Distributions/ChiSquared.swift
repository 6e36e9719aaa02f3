import Glibc

extension MethodCatalogue {
  package static let chiSquaredTail = MethodCard(
    id: "chi-squared-tail", referenceName: "tail_probability.chi2_upper", names: ["chi-squared"],
    family: .tailProbability, name: "Upper tail of the chi-squared distribution",
    reference: "DLMF 8.2.4", formula: "Q(df/2, x/2)", whenToUse: "Every chi-squared test.",
    assumptions: "Holds for p down to 1e-4000 and beyond, as a logarithm.",
    agreesWith: "R 4.2.2 pchisq(log.p=TRUE)")
}

/// The chi-squared distribution.
package enum ChiSquared {
  /// The upper tail test of a chi-squared statistic.
  ///
  /// Formula: `p = Q(df/2, x/2)`, the regularised upper incomplete gamma function; for df = 1
  /// `erfc(sqrt(x/2))`. The log10 of p holds where p itself would be 0.
  /// Undefined without a statistic or with df < 1. Reference: DLMF 8.2.4, 8.9.2.
  package static func upperTail(_ statistic: Double?, df: Int) -> HypothesisTest {
    guard let statistic, !statistic.isNaN, df >= 1 else {
      return HypothesisTest(statistic: nil, df: Double(df), p: nil, log10p: nil)
    }
    let x = max(0, statistic)
    if df == 1 {
      let test = Normal.twoSided(x.squareRoot())
      return HypothesisTest(statistic: statistic, df: 1, p: test.p, log10p: test.log10p)
    }
    let tails = IncompleteGamma.logTails(shape: Double(df) / 2, x: x / 2)
    return HypothesisTest(
      statistic: statistic, df: Double(df), p: exp(tails.upper), logP: tails.upper)
  }

  /// The value with this probability below it (or above it), for any positive df.
  static func quantile(df: Double, tail: Double, isUpper: Bool) -> Double {
    2 * IncompleteGamma.quantile(shape: df / 2, logTail: log(tail), isUpper: isUpper)
  }
}
