extension MethodCatalogue {
  package static let indirectExact = MethodCard(
    id: "indirect-exact", referenceName: "indirect_standardisation.exact",
    names: ["exact", "garwood"],
    family: .indirectStandardisation, name: "Indirect standardisation with exact limits",
    reference: "Breslow and Day 1987",
    formula: "O / E, E = sum population * standard rate, limits = Garwood limits of O over E",
    whenToUse: "When strata are too small for direct standardisation.",
    assumptions: "O varies as Poisson; standard rates known.",
    agreesWith: "R 4.2.2 poisson.test on epitools expected counts")
  package static let indirectLogNormal = MethodCard(
    id: "indirect-log-normal", referenceName: "indirect_standardisation.log_normal",
    names: ["log-normal", "log"],
    family: .indirectStandardisation, name: "Indirect standardisation with log-normal limits",
    reference: "Breslow and Day 1987", formula: "O / E exp(-+ z / sqrt O)",
    whenToUse: "To match published work.",
    assumptions: "O varies as Poisson and is not small; standard rates known.",
    agreesWith: "R 4.2.2 epitools ageadjust.indirect")
}

/// An area's count against what a standard's rates would give its people.
package enum IndirectStandardisation {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case exact = "indirect-exact"
    case logNormal = "indirect-log-normal"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .indirectStandardisation }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.exact

  /// One stratum: the area's events and people, the standard's events and people.
  package struct Stratum: Sendable, Equatable {
    package var count: Int
    package var population: Double
    package var standardCount: Double
    package var standardPopulation: Double

    /// From its parts.
    package init(
      count: Int, population: Double, standardCount: Double, standardPopulation: Double
    ) {
      self.count = count
      self.population = population
      self.standardCount = standardCount
      self.standardPopulation = standardPopulation
    }
  }

  /// Observed, expected, their ratio and the adjusted rate.
  package struct Comparison: Sendable, Equatable {
    package var observed: Int?
    package var expected: Double?
    package var ratio: Interval
    package var adjustedRate: Double?
  }

  /// The standardised ratio O/E and the adjusted rate `O/E * crude standard rate * per`.
  ///
  /// Formula: `E = sum population_i standardCount_i / standardPopulation_i`; limits are Garwood's of O
  /// divided by E, or `O/E exp(-+ z/sqrt O)`, undefined at 0 events. Without expected events the
  /// ratio is infinite or undefined. Undefined when a stratum with people has no standard.
  /// O(strata + sqrt O).
  /// Reference: Breslow and Day 1987, Statistical Methods in Cancer Research II, ch. 2.3.
  package static func ratio(
    _ strata: [Stratum], per: Double = 1, level: Double = 0.95, method: Method = defaultMethod
  ) -> Comparison {
    let undefined = Comparison(ratio: .undefined)
    let standardPeople = strata.reduce(0) { $0 + $1.standardPopulation }
    guard isLevel(level), standardPeople > 0, strata.allSatisfy({ isCount($0.count) }) else {
      return undefined
    }
    var expected = 0.0
    for stratum in strata where stratum.population > 0 {
      guard stratum.standardPopulation > 0 else { return undefined }
      expected += stratum.population * stratum.standardCount / stratum.standardPopulation
    }
    let observed = strata.reduce(0) { $0 + $1.count }
    guard expected > 0 else {
      let estimate: Double? = observed > 0 ? .infinity : nil
      return Comparison(
        observed: observed, expected: expected,
        ratio: Interval(estimate: estimate, lower: nil, upper: nil))
    }
    let ratio = PoissonRate.interval(
      observed, exposure: expected, level: level,
      method: method == .exact ? .garwood : .logNormal)
    let crude = strata.reduce(0) { $0 + $1.standardCount } / standardPeople
    return Comparison(
      observed: observed, expected: expected, ratio: ratio,
      adjustedRate: ratio.estimate.map { $0 * crude * per })
  }
}
