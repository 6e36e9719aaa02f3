import Glibc

/// An estimate with its lower and upper confidence limits.
///
/// A part that cannot be estimated, or is not reached, is nil; a part may be infinite.
package struct Interval: Sendable, Equatable {
  package var estimate: Double?
  package var lower: Double?
  package var upper: Double?

  /// From its parts.
  package init(estimate: Double?, lower: Double?, upper: Double?) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
  }

  /// Nothing can be estimated.
  package static let undefined = Interval(estimate: nil, lower: nil, upper: nil)

  /// Every defined part sent through the same increasing function.
  package func map(_ transform: (Double) -> Double) -> Interval {
    Interval(
      estimate: estimate.map(transform), lower: lower.map(transform), upper: upper.map(transform))
  }

  /// The same estimate with both limits kept inside a range.
  func clamped(to range: ClosedRange<Double>) -> Interval {
    Interval(
      estimate: estimate, lower: lower.map { max(range.lowerBound, $0) },
      upper: upper.map { min(range.upperBound, $0) })
  }

  /// `estimate -+ z standardError`.
  static func wald(_ estimate: Double, standardError: Double, level: Double) -> Interval {
    let reach = Normal.critical(level) * standardError
    return Interval(estimate: estimate, lower: estimate - reach, upper: estimate + reach)
  }

  /// `estimate exp(-+ z standardError)`, limits nil where the estimate is 0, infinite or unknown.
  static func logWald(_ estimate: Double?, standardError: Double?, level: Double) -> Interval {
    guard let estimate, let standardError, estimate > 0, estimate < .infinity,
      standardError < .infinity
    else { return Interval(estimate: estimate, lower: nil, upper: nil) }
    let factor = Normal.critical(level) * standardError
    return Interval(
      estimate: estimate, lower: estimate * exp(-factor),
      upper: estimate * exp(factor))
  }
}
