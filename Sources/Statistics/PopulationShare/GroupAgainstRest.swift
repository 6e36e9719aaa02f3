extension MethodCatalogue {
  package static let restRatioWilson = MethodCard(
    id: "rest-ratio-wilson", referenceName: "group_vs_rest_of_population.fixed_wilson",
    names: ["wilson", "score"],
    family: .groupAgainstRest, name: "Rate ratio against everybody else, Wilson limits",
    reference: "Wilson 1927",
    formula: "[s / (1 - s)] / [P / (1 - P)], limits = Wilson limits of s sent the same way",
    whenToUse: "Beside the share ratio, which has a ceiling: how many times the others' rate.",
    assumptions: "The population share P is exact and describes those at risk.",
    agreesWith: "R 4.2.2 prop.test limits turned into odds over population odds")
  package static let restRatioExact = MethodCard(
    id: "rest-ratio-exact", referenceName: "group_vs_rest_of_population.fixed_clopper_pearson",
    names: ["clopper-pearson", "exact"],
    family: .groupAgainstRest, name: "Rate ratio against everybody else, exact limits",
    reference: "Clopper and Pearson 1934",
    formula: "[s / (1 - s)] / [P / (1 - P)], limits = exact limits of s sent the same way",
    whenToUse: "As with Wilson limits, when the level must be guaranteed.",
    assumptions: "The population share P is exact and describes those at risk.",
    agreesWith: "R 4.2.2 binom.test limits turned into odds over population odds")
}

/// The per-head rate of a group over that of everybody else in a population.
package enum GroupAgainstRest {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case fixedWilson = "rest-ratio-wilson"
    case fixedClopperPearson = "rest-ratio-exact"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .groupAgainstRest }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.fixedWilson

  /// The ratio of per-head rates, group to rest: odds of the share over odds of the population.
  ///
  /// Formula: `[s/(1-s)] / [P/(1-P)]`, the limits of s sent through the same function. It is not
  /// the share ratio: with s = 0.80 and P = 0.39 that is 2.05 and this is 6.26. Infinite at
  /// s = 1; undefined unless 0 < P < 1. O(1) or O(sqrt n).
  package static func rateRatio(
    _ x: Int, of n: Int, populationShare: Double, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> Interval {
    guard populationShare > 0, populationShare < 1 else { return .undefined }
    let share =
      switch method {
      case .fixedWilson: Proportion.wilson(x, of: n, level: level)
      case .fixedClopperPearson: Proportion.clopperPearson(x, of: n, level: level)
      }
    let populationOdds = populationShare / (1 - populationShare)
    return share.map { $0 == 1 ? .infinity : $0 / (1 - $0) / populationOdds }
  }
}
