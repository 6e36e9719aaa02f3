/// The ratio of two shares, x1 of n1 over x2 of n2, with a confidence interval.
///
/// All intervals: undefined when a total is 0 or a count not within it; the estimate is infinite
/// when only x2 is 0 and undefined when both counts are.
package enum RiskRatio {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case koopman
    case miettinenNurminen = "miettinen-nurminen-ratio"
    case katz

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .riskRatio }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.koopman

  /// The interval by the method asked for.
  package static func interval(
    _ x1: Int, of n1: Int, over x2: Int, of n2: Int, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> Interval {
    switch method {
    case .koopman: koopman(x1, of: n1, over: x2, of: n2, level: level)
    case .miettinenNurminen: miettinenNurminen(x1, of: n1, over: x2, of: n2, level: level)
    case .katz: katz(x1, of: n1, over: x2, of: n2, level: level)
    }
  }

  /// Why another method than the one asked for should be used, if one should.
  package static func objection(to method: Method, _ x1: Int, _ x2: Int) -> String? {
    guard method == .katz, x1 == 0 || x2 == 0 else { return nil }
    return "a group has no events, so the log interval is undefined; koopman is not"
  }

  static func estimate(_ first: BinomialSample, _ second: BinomialSample) -> Double? {
    ratio(first.x * second.n, second.x * first.n)
  }
}
