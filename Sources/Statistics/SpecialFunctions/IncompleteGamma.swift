import Glibc

/// The regularised incomplete gamma functions P and Q, their logs and their inverse.
///
/// Shapes from 1e-3 to beyond 1e9, either tail down to exp(-1e15); relative error of a tail
/// near 1e-14 times the size of its log where that is larger. O(sqrt(shape)) steps near the
/// middle.
enum IncompleteGamma {
  /// `log(x^shape exp(-x) / Gamma(shape + 1))`, the log of a Poisson probability at mean `x`.
  ///
  /// By Loader's saddle-point form, so that it keeps its precision where the factorials are huge.
  static func logTerm(shape: Double, x: Double) -> Double {
    if shape == 0 { return -x }
    if x == 0 { return -.infinity }
    let deviance = halfDeviance(observed: shape, expected: x, difference: shape - x)
    return -stirlingError(shape) - deviance - 0.5 * log(2 * Double.pi * shape)
  }

  /// Logs of P(shape, x) and Q(shape, x) = 1 - P.
  ///
  /// Series DLMF 8.11.4 below `shape + 1`, continued fraction DLMF 8.9.2 above.
  static func logTails(shape: Double, x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (-.infinity, 0) }
    if x == .infinity { return (0, -.infinity) }
    let term = logTerm(shape: shape, x: x)
    if x < shape + 1 {
      let lower = min(0, term + log(series(shape: shape, x: x)))
      return (lower, logOfComplement(ofLog: lower))
    }
    let upper = min(0, term + log(shape) - log(fraction(shape: shape, x: x)))
    return (logOfComplement(ofLog: upper), upper)
  }

  /// `1 + x/(shape+1) + x^2/((shape+1)(shape+2)) + ...`.
  private static func series(shape: Double, x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var divisor = shape
    while term > sum * 1e-17 {
      divisor += 1
      term *= x / divisor
      sum += term
    }
    return sum
  }

  /// The denominator `x + 1 - shape - 1 (1 - shape)/(x + 3 - shape - ...)`, by Lentz's method.
  private static func fraction(shape: Double, x: Double) -> Double {
    var partial = x + 1 - shape
    var value = partial
    var numeratorRatio = value
    var denominatorRatio = 0.0
    var index = 1.0
    while index < 1e8 {
      let numerator = index * (shape - index)
      partial += 2
      denominatorRatio = 1 / nonzero(partial + numerator * denominatorRatio)
      numeratorRatio = nonzero(partial + numerator / numeratorRatio)
      let factor = numeratorRatio * denominatorRatio
      value *= factor
      if abs(factor - 1) < 2e-16 { break }
      index += 1
    }
    return value
  }

  /// The `x` at which the smaller of the two tails, P or Q, has the given log.
  ///
  /// Newton steps on the log of the tail against log x, where it is concave, from the
  /// Wilson-Hilferty approximation.
  static func quantile(shape: Double, logTail: Double, isUpper: Bool) -> Double {
    let z = Normal.quantile(logUpperTail: logTail) * (isUpper ? 1 : -1)
    let ninth = 1 / (9 * shape)
    let cube = 1 - ninth + z * ninth.squareRoot()
    let smallShape = (logTail + lgammaValue(shape + 1)) / shape
    var start = cube > 0.1 ? log(shape * cube * cube * cube) : smallShape
    if !isUpper, cube <= 0.1 { start = min(smallShape, log(shape)) }
    if isUpper, !(cube > 0.1) { start = log(shape) }
    let solution = increasingRoot(from: start) { position in
      let x = exp(position)
      let tails = logTails(shape: shape, x: x)
      let tail = isUpper ? tails.upper : tails.lower
      let slope = exp(logTerm(shape: shape, x: x) + log(shape) - tail)
      return isUpper ? (logTail - tail, slope) : (tail - logTail, slope)
    }
    return exp(solution)
  }
}

/// The log of the gamma function of a positive number.
func lgammaValue(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// The number itself, or a tiny one in place of 0, so that Lentz's method may divide by it.
func nonzero(_ x: Double) -> Double { x == 0 ? 1e-300 : x }
