import Glibc

/// The outcome of a significance test.
///
/// `p` may underflow to 0; `log10p` then still holds its size. A part that is not defined is nil.
package struct HypothesisTest: Sendable, Equatable {
  /// z, t or chi-squared; nil for exact tests.
  package var statistic: Double?
  /// Degrees of freedom of a t or chi-squared statistic.
  package var df: Double?
  /// The two-sided p value.
  package var p: Double?
  /// The log to base 10 of the same, for values that underflow.
  package var log10p: Double?

  /// From its parts.
  package init(statistic: Double?, df: Double?, p: Double?, log10p: Double?) {
    self.statistic = statistic
    self.df = df
    self.p = p
    self.log10p = log10p
  }

  /// Nothing can be estimated.
  package static let undefined = HypothesisTest(statistic: nil, df: nil, p: nil, log10p: nil)

  /// From the natural log of p.
  init(statistic: Double?, df: Double?, p: Double, logP: Double) {
    self.init(statistic: statistic, df: df, p: min(1, p), log10p: min(0, logP) / log(10))
  }

  /// A p value alone, from its natural log.
  init(logP: Double) { self.init(statistic: nil, df: nil, p: exp(logP), logP: logP) }
}

/// An estimate with limits and the test that belongs to it.
package struct TestedInterval: Sendable, Equatable {
  package var interval: Interval
  package var test: HypothesisTest
  /// Twice the smaller tail, for exact tests whose two-sided p sums small probabilities.
  package var central: HypothesisTest

  /// From its parts.
  package init(
    interval: Interval, test: HypothesisTest, central: HypothesisTest = .undefined
  ) {
    self.interval = interval
    self.test = test
    self.central = central
  }

  /// Nothing can be estimated.
  package static let undefined = TestedInterval(interval: .undefined, test: .undefined)
}

/// `a / b`, infinite when only the denominator is 0, nil when both are.
func ratio(_ a: Double, _ b: Double) -> Double? {
  if b == 0 { return a > 0 ? .infinity : nil }
  return a / b
}

extension HypothesisTest {
  /// The z test that a ratio is 1: `ln ratio / standardError`. Undefined at 0 and infinity and
  /// where the standard error is 0.
  static func logRatio(_ ratio: Double?, standardError: Double) -> HypothesisTest {
    guard let ratio, ratio > 0, ratio < .infinity, standardError > 0, standardError < .infinity
    else { return .undefined }
    return Normal.twoSided(log(ratio) / standardError)
  }
}
