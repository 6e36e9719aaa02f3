/// One stratum of a 2x2 table: exposed events and non-events, unexposed events and non-events.
package struct StratumTable: Sendable, Equatable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double

  package init(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    (self.a, self.b, self.c, self.d) = (Double(a), Double(b), Double(c), Double(d))
  }

  /// Exposed, unexposed, events, non-events, all.
  var n1: Double { a + b }
  var n0: Double { c + d }
  var m: Double { a + c }
  var rest: Double { b + d }
  var n: Double { n1 + n0 }
  /// `a - n1 m / n`, the observed minus the expected first cell: `(a d - b c) / n`.
  var excess: Double { differenceOfProducts(a, d, b, c) / n }
}

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
