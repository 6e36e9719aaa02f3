import Glibc

/// `u - log(1 + u)` to full relative precision, also near 0 where both terms nearly cancel.
///
/// Near 0 with `t = u / (2 + u)` it is `t u - 2 t^3 (1/3 + t^2/5 + t^4/7 + ...)`, from
/// `log(1 + u) = 2 artanh t` (DLMF 4.6.4). Domain: `u > -1`.
func excessOverLog(_ u: Double) -> Double {
  guard abs(u) <= 0.5 else { return u - log1p(u) }
  let t = u / (2 + u)
  let square = t * t
  var power = 1.0
  var sum = 0.0
  var divisor = 3.0
  while true {
    let term = power / divisor
    sum += term
    if term < sum * 1e-17 { break }
    power *= square
    divisor += 2
  }
  return t * (u - 2 * square * sum)
}

/// Half the Poisson deviance of a count: `observed log(observed / expected) - (observed - expected)`.
///
/// `difference` is `observed - expected`, handed in because callers know it more exactly than
/// the subtraction would. Never negative; `expected` when nothing was observed.
/// Reference: Loader 2000, function D0.
func halfDeviance(observed: Double, expected: Double, difference: Double) -> Double {
  if observed == 0 { return expected }
  let u = -difference / observed
  if abs(u) <= 0.5 { return observed * excessOverLog(u) }
  return observed * log(observed / expected) - difference
}

/// `log(1 - exp(x))` for `x < 0`, to full relative precision at both ends (Maechler 2012).
func logOfComplement(ofLog x: Double) -> Double {
  if x >= 0 { return -.infinity }
  return x > -0.693_147_180_559_945_3 ? log(-expm1(x)) : log1p(-exp(x))
}

/// `log(exp(x) + exp(y))`, without overflow.
func logOfSum(_ x: Double, _ y: Double) -> Double {
  let larger = max(x, y)
  let smaller = min(x, y)
  if smaller == -.infinity { return larger }
  return larger + log1p(exp(smaller - larger))
}
