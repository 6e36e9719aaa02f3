import Glibc

/// The binomial distribution of x events among n cases, each with probability p.
///
/// Counts to 1e9 and beyond; all results as natural logs, so nothing underflows.
enum Binomial {
  /// A probability with its complement, so that neither loses digits near 1.
  typealias Probability = IncompleteBeta.Argument

  static func logProbability(_ x: Int, of n: Int, p: Probability) -> Double {
    IncompleteBeta.logTerm(Double(x), Double(n - x), at: p)
  }

  /// log P(X <= x); -infinity below 0. O(sqrt n).
  static func logLowerTail(_ x: Int, of n: Int, p: Probability) -> Double {
    if x < 0 { return -.infinity }
    if x >= n { return 0 }
    return IncompleteBeta.logTails(Double(x) + 1, Double(n - x), at: p).upper
  }

  /// log P(X >= x); -infinity above n. O(sqrt n).
  static func logUpperTail(_ x: Int, of n: Int, p: Probability) -> Double {
    if x <= 0 { return 0 }
    if x > n { return -.infinity }
    return IncompleteBeta.logTails(Double(x), Double(n - x) + 1, at: p).lower
  }

  /// The log of the two-sided exact p: the sum of all probabilities at most the observed one.
  ///
  /// The tail of the observed count is taken whole; in the other tail a probability counts when
  /// it is at most the observed one times 1 + 1e-7, so that rounding does not split ties (R's
  /// rule). The edge of the other tail is found by bisection. O(sqrt n).
  static func logTwoSided(_ x: Int, of n: Int, p: Probability) -> Double {
    if p.x <= 0 || p.y <= 0 { return x == (p.x <= 0 ? 0 : n) ? 0 : -.infinity }
    let mean = Double(n) * p.x
    if Double(x) == mean { return 0 }
    let limit = logProbability(x, of: n, p: p) + logTieTolerance
    let isSmall = { logProbability($0, of: n, p: p) <= limit }
    if Double(x) < mean {
      let edge = firstTrue(in: Int(mean.rounded(.up))...(n + 1)) { $0 > n || isSmall($0) }
      return min(0, logOfSum(logLowerTail(x, of: n, p: p), logUpperTail(edge, of: n, p: p)))
    }
    let top = Int(mean.rounded(.down))
    let steps = firstTrue(in: 0...(top + 1)) { $0 > top || isSmall(top - $0) }
    return min(
      0, logOfSum(logUpperTail(x, of: n, p: p), logLowerTail(top - steps, of: n, p: p)))
  }

  /// The log of twice the smaller tail, at most 0.
  static func logCentral(_ x: Int, of n: Int, p: Probability) -> Double {
    let smaller = min(logLowerTail(x, of: n, p: p), logUpperTail(x, of: n, p: p))
    return min(0, smaller + log(2))
  }
}

/// How far above the observed log probability another one still ties with it: log(1 + 1e-7).
let logTieTolerance = 0.999_999_95e-7

/// The first number of a range from which a condition holds; the last number when it never does.
func firstTrue(in range: ClosedRange<Int>, _ condition: (Int) -> Bool) -> Int {
  var low = range.lowerBound
  var high = range.upperBound
  while low < high {
    let middle = low + (high - low) / 2
    if condition(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
