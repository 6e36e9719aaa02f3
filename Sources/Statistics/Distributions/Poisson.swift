import Glibc

/// The Poisson distribution of a count with the given mean; results as natural logs.
enum Poisson {
  static func logProbability(_ x: Int, mean: Double) -> Double {
    IncompleteGamma.logTerm(shape: Double(x), x: mean)
  }

  /// log P(X <= x). O(sqrt x).
  static func logLowerTail(_ x: Int, mean: Double) -> Double {
    x < 0 ? -.infinity : IncompleteGamma.logTails(shape: Double(x) + 1, x: mean).upper
  }

  /// log P(X >= x). O(sqrt x).
  static func logUpperTail(_ x: Int, mean: Double) -> Double {
    x <= 0 ? 0 : IncompleteGamma.logTails(shape: Double(x), x: mean).lower
  }

  /// The log of the two-sided exact p: the sum of all probabilities at most the observed one,
  /// with the same rule for ties as `Binomial.logTwoSided`.
  static func logTwoSided(_ x: Int, mean: Double) -> Double {
    if Double(x) == mean { return 0 }
    if mean == 0 { return -.infinity }
    let limit = logProbability(x, mean: mean) + logTieTolerance
    let isSmall = { logProbability($0, mean: mean) <= limit }
    if Double(x) < mean {
      let start = Int(mean.rounded(.up))
      var reach = 1
      while !isSmall(start + reach) { reach *= 2 }
      let edge = firstTrue(in: start...(start + reach), isSmall)
      return min(0, logOfSum(logLowerTail(x, mean: mean), logUpperTail(edge, mean: mean)))
    }
    let top = Int(mean.rounded(.down))
    let steps = firstTrue(in: 0...(top + 1)) { $0 > top || isSmall(top - $0) }
    return min(0, logOfSum(logUpperTail(x, mean: mean), logLowerTail(top - steps, mean: mean)))
  }

  /// The log of twice the smaller tail, at most 0.
  static func logCentral(_ x: Int, mean: Double) -> Double {
    min(0, min(logLowerTail(x, mean: mean), logUpperTail(x, mean: mean)) + log(2))
  }
}
