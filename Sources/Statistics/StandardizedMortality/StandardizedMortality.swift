extension MethodCatalogue {
  package static let smrExact = MethodCard(
    id: "smr-exact", referenceName: "smr.exact", names: ["exact", "garwood"],
    family: .standardizedMortality, name: "Observed over expected with exact limits",
    reference: "Garwood 1936", formula: "O / E, limits = Garwood limits of O divided by E",
    whenToUse: "The default for a count against an expected count.",
    assumptions: "O varies as Poisson; E is known without error.",
    agreesWith: "R 4.2.2 poisson.test")
  package static let smrByar = MethodCard(
    id: "smr-byar", referenceName: "smr.byar", names: ["byar"],
    family: .standardizedMortality, name: "Observed over expected with Byar's limits",
    reference: "Breslow and Day 1987", formula: "O / E, limits = Byar limits of O divided by E",
    whenToUse: "To match public health tables.",
    assumptions: "O varies as Poisson; E is known without error.",
    agreesWith: "R 4.2.2 PHEindicatormethods 2.1.1 byars_lower, byars_upper; poisson.test")
}

/// An observed count over an expected one: the standardised mortality or incidence ratio.
package enum StandardizedMortality {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case exact = "smr-exact"
    case byar = "smr-byar"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .standardizedMortality }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.exact

  /// The ratio O/E with limits and the exact Poisson test of O against E.
  ///
  /// Formula: limits of the observed count divided by E; p is the sum of all Poisson
  /// probabilities at most the observed one, the central p twice the smaller tail. With E = 0
  /// the ratio is infinite, or undefined when O = 0 too, and nothing else is given.
  /// O(sqrt O). Reference: Garwood 1936, Biometrika 28, 437; Breslow and Day 1987, ch. 2.3.
  package static func ratio(
    observed: Int, expected: Double, level: Double = 0.95, method: Method = defaultMethod
  ) -> TestedInterval {
    guard isCount(observed), isMean(expected), isLevel(level) else {
      return .undefined
    }
    guard expected > 0 else {
      let estimate: Double? = observed > 0 ? .infinity : nil
      return TestedInterval(
        interval: Interval(estimate: estimate, lower: nil, upper: nil), test: .undefined)
    }
    let rateMethod: PoissonRate.Method = method == .exact ? .garwood : .byar
    return TestedInterval(
      interval: PoissonRate.interval(
        observed, exposure: expected, level: level, method: rateMethod),
      test: HypothesisTest(logP: Poisson.logTwoSided(observed, mean: expected)),
      central: HypothesisTest(logP: Poisson.logCentral(observed, mean: expected)))
  }
}
