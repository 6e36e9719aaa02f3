import Glibc

/// The point where an increasing function of one variable is zero, by guarded Newton steps.
///
/// The function answers its value and slope. A step that leaves the interval known to hold the
/// root is replaced by its midpoint; while one end is unknown, steps are limited and doubled
/// outward. Converges quadratically near a simple root; at most 400 evaluations.
/// - Parameter tolerance: the step, absolute for small arguments and relative for large ones,
///   after which the error is its square and the search ends.
func increasingRoot(
  from start: Double, tolerance: Double = 1e-9, firstStep: Double = 1,
  of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var low = -Double.infinity
  var high = Double.infinity
  var point = start
  var reach = firstStep
  for _ in 0..<400 {
    let (value, slope) = function(point)
    if value == 0 { return point }
    if value < 0 { low = point } else { high = point }
    let newton = point - value / slope
    let step = abs(newton - point)
    let settled = slope > 0 && step <= tolerance * max(1, abs(point))
    var next = newton
    if low == -.infinity || high == .infinity {
      if !(slope > 0 && step <= reach) {
        next = value < 0 ? point + reach : point - reach
        reach *= 2
      }
    } else if !(newton > low && newton < high), !settled {
      next = low + (high - low) / 2
      if next == low || next == high { return next }
    }
    if settled { return newton }
    point = next
  }
  return point
}

/// The point between two ends of different sign where a continuous function is zero.
///
/// Inverse quadratic interpolation where it is safe and bisection elsewhere, to full precision;
/// the ends themselves are answered when the function is zero there.
/// Reference: Chandrupatla 1997, Advances in Engineering Software 28, 145.
func root(between first: Double, and second: Double, of function: (Double) -> Double) -> Double {
  var a = first
  var b = second
  var valueA = function(a)
  var valueB = function(b)
  if valueA == 0 { return a }
  if valueB == 0 { return b }
  var c = a
  var valueC = valueA
  var fraction = 0.5
  for _ in 0..<200 {
    let point = a + fraction * (b - a)
    let value = function(point)
    if (value < 0) == (valueA < 0) {
      (c, valueC) = (a, valueA)
    } else {
      (c, valueC) = (b, valueB)
      (b, valueB) = (a, valueA)
    }
    (a, valueA) = (point, value)
    let best = abs(valueA) < abs(valueB) ? a : b
    if valueA == 0 || valueB == 0 { return valueA == 0 ? a : b }
    let margin = (2e-16 * abs(best) + 1e-300) / abs(b - a)
    if margin > 0.5 { return best }
    let xi = (a - b) / (c - b)
    let phi = (valueA - valueB) / (valueC - valueB)
    if phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi {
      fraction =
        valueA / (valueB - valueA) * valueC / (valueB - valueC)
        + (c - a) / (b - a) * valueA / (valueC - valueA) * valueB / (valueC - valueB)
    } else {
      fraction = 0.5
    }
    fraction = min(1 - margin, max(margin, fraction))
  }
  return a
}
