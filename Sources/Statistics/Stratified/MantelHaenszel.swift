/// Sums over the strata of a 2x2 table, after Mantel and Haenszel.
package enum MantelHaenszel {
  /// A stratified estimate with limits and the standard error behind them.
  package struct Estimate: Sendable, Equatable {
    package var interval: Interval
    /// Of the log for ratios, of the difference itself for differences.
    package var standardError: Double?

    static let undefined = Estimate(interval: .undefined, standardError: nil)
  }

  /// A ratio of two sums with a log interval.
  static func ratioEstimate(
    _ numerator: Double, _ denominator: Double, variance: Double, level: Double
  ) -> Estimate {
    let estimate = ratio(numerator, denominator)
    guard isLevel(level), numerator > 0, denominator > 0 else {
      return Estimate(
        interval: Interval(estimate: isLevel(level) ? estimate : nil, lower: nil, upper: nil),
        standardError: nil)
    }
    let standardError = max(0, variance).squareRoot()
    return Estimate(
      interval: .logWald(estimate, standardError: standardError, level: level),
      standardError: standardError)
  }
}
