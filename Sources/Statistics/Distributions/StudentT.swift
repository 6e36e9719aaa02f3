import Glibc

/// Student's t distribution with any positive number of degrees of freedom.
enum StudentT {
  /// The two-sided test of a t statistic.
  ///
  /// Formula: `p = I_x(df/2, 1/2)`, `x = df / (df + t^2)`. O(sqrt df). Reference: DLMF 8.17.
  static func twoSided(_ t: Double, df: Double) -> HypothesisTest {
    let square = t * t
    let argument = IncompleteBeta.Argument(x: df / (df + square), y: square / (df + square))
    let logP = IncompleteBeta.logTails(df / 2, 0.5, at: argument).lower
    return HypothesisTest(statistic: t, df: df, p: exp(logP), logP: logP)
  }

  /// The half-width of a two-sided interval at this level, in standard errors.
  static func critical(_ level: Double, df: Double) -> Double {
    let argument = IncompleteBeta.quantile(
      df / 2, 0.5, logTail: log(1 - level), isUpper: false)
    return (df * argument.y / argument.x).squareRoot()
  }
}
