import Glibc

/// The margins of a 2x2 table, and the distribution of its first cell given them.
///
/// The first cell A counts events among `exposed` cases when `events` of all cases are events.
/// Totals to 1e9 and beyond.
struct Hypergeometric {
  let exposed: Int
  let unexposed: Int
  let events: Int

  init(exposed: Int, unexposed: Int, events: Int) {
    self.exposed = exposed
    self.unexposed = unexposed
    self.events = events
  }

  /// The margins of the table a b / c d, whose rows are groups and first column events.
  init(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    self.init(exposed: a + b, unexposed: c + d, events: a + c)
  }

  var total: Int { exposed + unexposed }
  var least: Int { max(0, events - unexposed) }
  var most: Int { min(exposed, events) }

  /// `P(A = k + 1) / P(A = k)` at odds ratio 1; 0 at the greatest possible k.
  func ratio(after k: Int) -> Double {
    Double(exposed - k) / Double(k + 1) * (Double(events - k) / Double(unexposed - events + k + 1))
  }

  /// The likeliest first cell at an odds ratio, by bisection on the ratio of neighbours.
  func mode(oddsRatio: Double = 1) -> Int {
    least < most
      ? firstTrue(in: least...most) { $0 == most || ratio(after: $0) * oddsRatio < 1 } : least
  }

  /// log P(A = k) at odds ratio 1, as a product of three binomial probabilities.
  ///
  /// Reference: Loader 2000, section on the hypergeometric.
  func logProbability(_ k: Int) -> Double {
    guard least <= k, k <= most else { return -.infinity }
    let p = Binomial.Probability(
      x: Double(events) / Double(total), y: Double(total - events) / Double(total))
    return Binomial.logProbability(k, of: exposed, p: p)
      + Binomial.logProbability(events - k, of: unexposed, p: p)
      - Binomial.logProbability(events, of: total, p: p)
  }

  /// log P(A >= k) at odds ratio 1. O(standard deviation of A).
  func logUpperTail(_ k: Int) -> Double {
    if k <= least { return 0 }
    if k > most { return -.infinity }
    guard k > mode() else { return logOfComplement(ofLog: logLowerTail(k - 1)) }
    var term = 1.0
    var sum = 1.0
    var cell = k
    while cell < most, term > sum * 1e-17 {
      term *= ratio(after: cell)
      sum += term
      cell += 1
    }
    return min(0, logProbability(k) + log(sum))
  }

  /// log P(A <= k) at odds ratio 1. O(standard deviation of A).
  func logLowerTail(_ k: Int) -> Double {
    if k >= most { return 0 }
    if k < least { return -.infinity }
    guard k <= mode() else { return logOfComplement(ofLog: logUpperTail(k + 1)) }
    var term = 1.0
    var sum = 1.0
    var cell = k
    while cell > least, term > sum * 1e-17 {
      cell -= 1
      term /= ratio(after: cell)
      sum += term
    }
    return min(0, logProbability(k) + log(sum))
  }

  /// The log of the two-sided exact p: the sum of all probabilities at most the observed one,
  /// with the same rule for ties as `Binomial.logTwoSided`.
  func logTwoSided(_ k: Int) -> Double {
    let limit = logProbability(k) + logTieTolerance
    let isSmall = { (cell: Int) in logProbability(cell) <= limit }
    let top = mode()
    if isSmall(top) { return 0 }
    if k < top {
      let edge = firstTrue(in: top...(most + 1)) { $0 > most || isSmall($0) }
      return min(0, logOfSum(logLowerTail(k), logUpperTail(edge)))
    }
    let steps = firstTrue(in: 0...(top - least + 1)) { $0 > top - least || isSmall(top - $0) }
    return min(0, logOfSum(logUpperTail(k), logLowerTail(top - steps)))
  }
}
