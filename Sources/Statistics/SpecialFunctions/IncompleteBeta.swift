import Glibc

/// The regularised incomplete beta function, its logs and its inverse.
///
/// Both parameters from 1e-3 to beyond 1e9, either tail down to exp(-1e15). The argument comes
/// as a pair `x`, `y = 1 - x`, of which the smaller is taken as exact: near 1 the distance to 1
/// is what carries the information. Relative error of a tail near 1e-14 times the size of its
/// log where that is larger. O(sqrt(a + b)) steps near the middle.
enum IncompleteBeta {
  /// A number between 0 and 1 together with its distance from 1.
  struct Argument {
    var x: Double
    var y: Double

    init(x: Double) { (self.x, self.y) = (x, 1 - x) }
    init(x: Double, y: Double) { (self.x, self.y) = (x, y) }

    var swapped: Argument { Argument(x: y, y: x) }
    var logX: Double { x <= y ? log(x) : log1p(-y) }
    var logY: Double { y <= x ? log(y) : log1p(-x) }

    /// `a - (a + b) x`, with one rounding.
    func lead(_ a: Double, _ b: Double) -> Double {
      x <= y ? a.addingProduct(-(a + b), x) : (-b).addingProduct(a + b, y)
    }
  }

  /// `log( Gamma(a+b+1) / (Gamma(a+1) Gamma(b+1)) x^a y^b )`, the log of a binomial probability.
  ///
  /// By Loader's saddle-point form, so that it keeps its precision where the factorials are huge.
  static func logTerm(_ a: Double, _ b: Double, at argument: Argument) -> Double {
    if a == 0 { return b == 0 ? 0 : b * argument.logY }
    if b == 0 { return a * argument.logX }
    if argument.x <= 0 || argument.y <= 0 { return -.infinity }
    let n = a + b
    let lead = argument.lead(a, b)
    let deviance =
      halfDeviance(observed: a, expected: n * argument.x, difference: lead)
      + halfDeviance(observed: b, expected: n * argument.y, difference: -lead)
    let errors = stirlingError(n) - stirlingError(a) - stirlingError(b)
    return errors - deviance + 0.5 * (log(n / a) - log(2 * Double.pi * b))
  }

  /// Logs of I_x(a, b) and its complement I_y(b, a).
  static func logTails(
    _ a: Double, _ b: Double, at argument: Argument
  ) -> (lower: Double, upper: Double) {
    if argument.x <= 0 { return (-.infinity, 0) }
    if argument.y <= 0 { return (0, -.infinity) }
    let lead = argument.lead(a, b)
    if lead < 0 {
      let tails = logTails(b, a, at: argument.swapped, lead: -lead)
      return (tails.upper, tails.lower)
    }
    return logTails(a, b, at: argument, lead: lead)
  }

  private static func logTails(
    _ a: Double, _ b: Double, at argument: Argument, lead: Double
  ) -> (lower: Double, upper: Double) {
    let prefix = logTerm(a, b, at: argument) + log(a) + log(b) - log(a + b)
    let lower = min(0, prefix - log(fraction(a, b, x: argument.x, lead: lead)))
    return (lower, logOfComplement(ofLog: lower))
  }

  /// The even part of the continued fraction DLMF 8.17.22, whose terms do not cancel.
  ///
  /// Reference: Didonato and Morris 1992, ACM TOMS 708, function BFRAC.
  private static func fraction(_ a: Double, _ b: Double, x: Double, lead: Double) -> Double {
    let n = a + b
    var value = nonzero(a * (lead + 1) / (a + 1))
    var numeratorRatio = value
    var denominatorRatio = 0.0
    var index = 1.0
    while index < 1e8 {
      let below = a + 2 * index - 1
      let coupling = index * (b - index) * x / below
      let numerator = (a + index - 1) * (n + index - 1) * x / below * coupling
      let partial =
        index + coupling + (a + index) * (lead + 1 + index * (2 - x)) / (below + 2)
      denominatorRatio = 1 / nonzero(partial + numerator * denominatorRatio)
      numeratorRatio = nonzero(partial + numerator / numeratorRatio)
      let factor = numeratorRatio * denominatorRatio
      value *= factor
      if abs(factor - 1) < 2e-16 { break }
      index += 1
    }
    return value
  }

  /// The argument at which the lower (or upper) tail has the given log, at most log(1/2).
  ///
  /// Newton steps on the log of the tail against the log of whichever of x and y is below 1/2,
  /// so that the answer is relatively precise at either end.
  static func quantile(_ a: Double, _ b: Double, logTail: Double, isUpper: Bool) -> Argument {
    let middle = logTails(a, b, at: Argument(x: 0.5))
    let isAboveMiddle = isUpper ? middle.upper > logTail : middle.lower < logTail
    return isAboveMiddle
      ? smallQuantile(b, a, logTail: logTail, isUpper: !isUpper).swapped
      : smallQuantile(a, b, logTail: logTail, isUpper: isUpper)
  }

  private static func smallQuantile(
    _ a: Double, _ b: Double, logTail: Double, isUpper: Bool
  ) -> Argument {
    let start = approximateQuantile(a, b, logTail: logTail, isUpper: isUpper)
    let solution = increasingRoot(from: log(start)) { position in
      guard position < 0 else { return (1, 0) }
      let argument = Argument(x: exp(position), y: -expm1(position))
      let tails = logTails(a, b, at: argument)
      let tail = isUpper ? tails.upper : tails.lower
      let density = logTerm(a, b, at: argument) + log(a) + log(b) - log(a + b) - argument.logY
      let slope = exp(density - tail)
      return isUpper ? (logTail - tail, slope) : (tail - logTail, slope)
    }
    return Argument(x: exp(solution), y: -expm1(solution))
  }

  /// A first guess: Abramowitz and Stegun 26.5.22, or the leading power where a parameter is
  /// below 1.
  private static func approximateQuantile(
    _ a: Double, _ b: Double, logTail: Double, isUpper: Bool
  ) -> Double {
    let z = Normal.quantile(logUpperTail: logTail) * (isUpper ? -1 : 1)
    if a >= 1, b >= 1 {
      let r = (z * z - 3) / 6
      let s = 1 / (2 * a - 1)
      let t = 1 / (2 * b - 1)
      let h = 2 / (s + t)
      if h + r > 0 {
        let w = z * (h + r).squareRoot() / h - (t - s) * (r + 5 / 6 - 2 / (3 * h))
        let guess = a / (a + b * exp(2 * w))
        if guess > 1e-300, guess < 0.999 { return guess }
      }
    }
    let mean = a / (a + b)
    guard !isUpper else { return min(0.9, 3 * mean) }
    let leading = (logTail + log(a) + logBeta(a, b)) / a
    return max(1e-300, min(mean, exp(leading)))
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    lgammaValue(a) + lgammaValue(b) - lgammaValue(a + b)
  }
}
