extension MethodCatalogue {
  package static let rriPopulation = MethodCard(
    id: "rri-population", referenceName: "relative_rate_index.population_base",
    names: ["population", "population-base"],
    family: .relativeRateIndex, name: "Relative rate index per population",
    reference: "OJJDP DMC Technical Assistance Manual, 4th ed., ch. 1",
    formula: "RRI = (x1/b1) / (x0/b0), RRI exp(-+ z sqrt(1/x1 + 1/x0))",
    whenToUse: "Events per head of population, where events are rare.",
    assumptions: "Counts vary as Poisson; populations known.",
    agreesWith: "R 4.2.2 metafor escalc(IRR)")
  package static let rriPriorStage = MethodCard(
    id: "rri-prior-stage", referenceName: "relative_rate_index.prior_stage_base",
    names: ["prior-stage", "prior-stage-base", "stage"],
    family: .relativeRateIndex, name: "Relative rate index per previous stage",
    reference: "OJJDP DMC Technical Assistance Manual, 4th ed., ch. 1",
    formula: "RRI = (x1/b1) / (x0/b0), RRI exp(-+ z sqrt((1-r1)/x1 + (1-r0)/x0))",
    whenToUse: "Where the base is the stage before and each event is one of its cases.",
    assumptions: "Independent cases; each base holds its events.",
    agreesWith: "R 4.2.2 epitools riskratio.wald")
}

/// How many times a group's rate at a stage is the reference group's.
package enum RelativeRateIndex {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case population = "rri-population"
    case priorStage = "rri-prior-stage"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .relativeRateIndex }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.priorStage

  /// Both rates, their ratio and its test.
  package struct Comparison: Sendable, Equatable {
    package var rateGroup: Double?
    package var rateReference: Double?
    package var index: Interval
    package var test: HypothesisTest
  }

  /// The index with its log interval and z test.
  ///
  /// Formula: `RRI = (x1/b1) / (x0/b0)`; SE of ln RRI is `sqrt(1/x1 + 1/x0)` per population and
  /// `sqrt((1-r1)/x1 + (1-r0)/x0)` per previous stage; `z = ln RRI / SE`. Everything is undefined
  /// when a base is not positive, and limits and test when a group has no events; at 100% in
  /// both groups the limits collapse and the test is undefined. O(1).
  /// Reference: Feyerherm, Snyder and Villarruel in OJJDP DMC Manual, 4th ed. 2009, chapter 1.
  package static func comparison(
    events x1: Int, per base1: Double, against x0: Int, per base0: Double, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> Comparison {
    guard isLevel(level), base1 > 0, base0 > 0, isCount(x1), isCount(x0) else {
      return Comparison(index: .undefined, test: .undefined)
    }
    let rate1 = Double(x1) / base1
    let rate0 = Double(x0) / base0
    let variance =
      switch method {
      case .population: 1 / Double(x1) + 1 / Double(x0)
      case .priorStage:
        (base1 - Double(x1)) / base1 / Double(x1) + (base0 - Double(x0)) / base0 / Double(x0)
      }
    let index = ratio(Double(x1) * base0, Double(x0) * base1)
    guard variance >= 0 else {
      return Comparison(
        rateGroup: rate1, rateReference: rate0,
        index: Interval(estimate: index, lower: nil, upper: nil), test: .undefined)
    }
    return Comparison(
      rateGroup: rate1, rateReference: rate0,
      index: .logWald(index, standardError: variance.squareRoot(), level: level),
      test: .logRatio(index, standardError: variance.squareRoot()))
  }
}
