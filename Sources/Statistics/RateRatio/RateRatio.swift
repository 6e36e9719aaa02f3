/// The ratio of two rates, x1 per exposure t1 over x2 per exposure t2.
///
/// All intervals: undefined when an exposure is not positive; the estimate is infinite when only
/// x2 is 0 and undefined when both counts are.
package enum RateRatio {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case exact = "rate-ratio-exact"
    case midP = "rate-ratio-mid-p"
    case wald = "rate-ratio-wald"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .rateRatio }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.exact

  /// The interval and test by the method asked for.
  package static func interval(
    _ x1: Int, exposure t1: Double, over x2: Int, exposure t2: Double, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> TestedInterval {
    switch method {
    case .exact: exact(x1, exposure: t1, over: x2, exposure: t2, level: level)
    case .midP: midP(x1, exposure: t1, over: x2, exposure: t2, level: level)
    case .wald: wald(x1, exposure: t1, over: x2, exposure: t2, level: level)
    }
  }

  static func isDefined(
    _ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double, _ level: Double
  ) -> Bool {
    isCount(x1) && isCount(x2) && t1 > 0 && t2 > 0 && t1 < .infinity && t2 < .infinity
      && isLevel(level)
  }

  static func estimate(_ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double) -> Double? {
    ratio(Double(x1) * t2, Double(x2) * t1)
  }

  /// What is known when neither group has events: nothing.
  static let uninformative = TestedInterval(
    interval: Interval(estimate: nil, lower: 0, upper: .infinity),
    test: HypothesisTest(logP: 0), central: HypothesisTest(logP: 0))
}
