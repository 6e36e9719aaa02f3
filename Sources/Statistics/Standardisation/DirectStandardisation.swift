/// Rates of strata averaged with the weights of a standard population.
package enum DirectStandardisation {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case fayFeuer = "fay-feuer"
    case normal = "normal-standardised"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .directStandardisation }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.fayFeuer

  /// One stratum: events, people, and how many people the standard has in it.
  package struct Stratum: Sendable, Equatable {
    package var count: Int
    package var population: Double
    package var standard: Double

    /// From its parts.
    package init(count: Int, population: Double, standard: Double) {
      self.count = count
      self.population = population
      self.standard = standard
    }
  }

  /// The adjusted rate with limits, beside the crude one.
  package struct AdjustedRate: Sendable, Equatable {
    package var crude: Double?
    package var adjusted: Interval
    package var standardError: Double?
  }

  /// The adjusted rate by the method asked for, times `per`.
  package static func rate(
    _ strata: [Stratum], per: Double = 1, level: Double = 0.95, method: Method = defaultMethod
  ) -> AdjustedRate {
    switch method {
    case .fayFeuer: fayFeuer(strata, per: per, level: level)
    case .normal: normal(strata, per: per, level: level)
    }
  }

  /// The weighted sum of counts, its variance and the largest weight.
  struct WeightedSum {
    var rate = 0.0
    var variance = 0.0
    var greatestWeight = 0.0
    var crude = 0.0

    /// Formula: `w_i = standard_i / (sum standard * population_i)`, rate `sum w x`, variance
    /// `sum w^2 x`. Nil when a stratum that the standard has holds no people, or nothing is there.
    init?(_ strata: [Stratum]) {
      let standard = strata.reduce(0) { $0 + $1.standard }
      let people = strata.reduce(0) { $0 + $1.population }
      guard standard > 0, people > 0,
        strata.allSatisfy({ isCount($0.count) && $0.population >= 0 && $0.standard >= 0 })
      else { return nil }
      crude = strata.reduce(0) { $0 + Double($1.count) } / people
      for stratum in strata where stratum.standard > 0 {
        guard stratum.population > 0 else { return nil }
        let weight = stratum.standard / standard / stratum.population
        rate += weight * Double(stratum.count)
        variance += weight * weight * Double(stratum.count)
        greatestWeight = max(greatestWeight, weight)
      }
    }
  }

  static func adjusted(
    _ strata: [Stratum], _ per: Double, _ level: Double,
    limits: (WeightedSum) -> (lower: Double, upper: Double)
  ) -> AdjustedRate {
    guard isLevel(level), per > 0 else { return AdjustedRate(adjusted: .undefined) }
    guard let sum = WeightedSum(strata) else {
      let people = strata.reduce(0) { $0 + $1.population }
      let events = strata.reduce(0) { $0 + Double($1.count) }
      return AdjustedRate(
        crude: people > 0 ? events / people * per : nil, adjusted: .undefined)
    }
    let (lower, upper) = limits(sum)
    let interval = Interval(estimate: sum.rate, lower: lower, upper: upper)
    return AdjustedRate(
      crude: sum.crude * per, adjusted: interval.map { $0 * per },
      standardError: sum.variance.squareRoot() * per)
  }
}
