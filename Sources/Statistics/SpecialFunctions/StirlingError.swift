import Glibc

/// What Stirling's formula leaves out of the log of a factorial.
///
/// Formula: `log(n!) - [(n + 1/2) log n - n + log(2 pi) / 2]`, by the series
/// `1/(12 n) - 1/(360 n^3) + ...` (DLMF 5.11.1) from 16 upwards; below it by the recurrence
/// `e(n) = e(n + 1) + (n + 1/2) log(1 + 1/n) - 1`, which adds small terms only. `n` may be any
/// positive real number. Absolute error near 1e-16. At most 16 steps.
/// Reference: Loader 2000, Fast and accurate computation of binomial probabilities.
func stirlingError(_ n: Double) -> Double {
  var shifted = n
  var correction = 0.0
  while shifted < 16 {
    correction += (shifted + 0.5) * log1p(1 / shifted) - 1
    shifted += 1
  }
  let square = 1 / (shifted * shifted)
  let coefficients: [8 of Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    -3617.0 / 122_400,
  ]
  var series = 0.0
  for index in coefficients.indices.reversed() {
    series = series * square + coefficients[index]
  }
  return series / shifted + correction
}
