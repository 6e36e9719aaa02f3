/// A count per exposure, such as events per 100,000 people, with a confidence interval.
///
/// All intervals: undefined when the exposure is not positive or the count negative.
package enum PoissonRate {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case garwood
    case byar
    case logNormal = "log-normal-rate"
    case wald = "wald-rate"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .poissonRate }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.garwood

  /// The interval by the method asked for, times `per`.
  package static func interval(
    _ count: Int, exposure: Double, per: Double = 1, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> Interval {
    switch method {
    case .garwood: garwood(count, exposure: exposure, per: per, level: level)
    case .byar: byar(count, exposure: exposure, per: per, level: level)
    case .logNormal: logNormal(count, exposure: exposure, per: per, level: level)
    case .wald: wald(count, exposure: exposure, per: per, level: level)
    }
  }

  /// An interval of the count turned into one of the rate.
  static func rate(
    _ count: Int, _ exposure: Double, _ per: Double, _ level: Double,
    _ limits: (Double) -> (lower: Double?, upper: Double?)
  ) -> Interval {
    guard exposure > 0, isCount(count), per > 0, isLevel(level) else { return .undefined }
    let (lower, upper) = limits(Double(count))
    let interval = Interval(estimate: Double(count), lower: lower, upper: upper)
    return interval.map { $0 / exposure * per }
  }
}
