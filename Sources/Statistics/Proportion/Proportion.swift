/// The share x of n that has a property, with a confidence interval.
///
/// All intervals: undefined when n = 0 or x is not in 0...n; counts to 1e9 and beyond; limits
/// within 0 and 1.
package enum Proportion {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case wilson
    case wilsonContinuity = "wilson-continuity"
    case clopperPearson = "clopper-pearson"
    case jeffreys
    case agrestiCoull = "agresti-coull"
    case wald = "wald-proportion"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .proportion }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.wilson

  /// The interval by the method asked for.
  package static func interval(
    _ x: Int, of n: Int, level: Double = 0.95, method: Method = defaultMethod
  ) -> Interval {
    switch method {
    case .wilson: wilson(x, of: n, level: level)
    case .wilsonContinuity: wilsonContinuity(x, of: n, level: level)
    case .clopperPearson: clopperPearson(x, of: n, level: level)
    case .jeffreys: jeffreys(x, of: n, level: level)
    case .agrestiCoull: agrestiCoull(x, of: n, level: level)
    case .wald: wald(x, of: n, level: level)
    }
  }

  /// Whether a share and an interval can be given at all.
  static func isDefined(_ x: Int, _ n: Int, _ level: Double) -> Bool {
    n > 0 && isCount(n) && (0...n).contains(x) && isLevel(level)
  }
}
