extension MethodCatalogue {
  package static let shareRatioAcs = MethodCard(
    id: "share-ratio-acs", referenceName: "share_vs_population.acs_moe_benchmark",
    names: ["acs", "moe", "margin-of-error"],
    family: .populationShare, name: "Share ratio against a survey estimate with margins of error",
    reference: "Census Bureau, ACS General Handbook, chapter 8",
    formula:
      "P = g/t, SE = sqrt(MOEg^2 - P^2 MOEt^2) / t / 1.645, "
      + "ratio exp(-+ z sqrt((1-p)/x + (SE/P)^2))",
    whenToUse: "When the benchmark is an ACS estimate whose coefficient of variation exceeds 5%.",
    assumptions: "90% margins as published; survey and cases independent.",
    agreesWith: "R 4.2.2, the handbook's formula")
}

extension PopulationShare {
  /// A published estimate with its 90% margin of error.
  package struct SurveyEstimate: Sendable, Equatable {
    package var value: Double
    package var marginOfError: Double

    /// From its parts.
    package init(_ value: Double, marginOfError: Double) {
      self.value = value
      self.marginOfError = marginOfError
    }
  }

  /// A ratio against a surveyed share, with that share and how its error was derived.
  package struct SurveyedComparison: Sendable, Equatable {
    package var ratio: Interval
    package var benchmarkShare: Double?
    package var benchmarkStandardError: Double?
    /// Whether the margin is the proportion's or, where its radicand is negative, the ratio's.
    package var usesRatioFormula: Bool
  }

  /// The standard error of a surveyed share g/t.
  ///
  /// Formula: `sqrt(MOEg^2 - P^2 MOEt^2) / t / 1.645`, with a plus sign where the radicand would
  /// be negative. Undefined when t is not positive.
  /// Reference: Census Bureau, Understanding and Using ACS Data, 2020, chapter 8.
  package static func shareError(
    _ group: SurveyEstimate, of total: SurveyEstimate
  ) -> (share: Double, standardError: Double, usesRatioFormula: Bool)? {
    guard total.value > 0, group.value >= 0 else { return nil }
    let share = group.value / total.value
    let ofGroup = group.marginOfError * group.marginOfError
    let ofTotal = share * share * total.marginOfError * total.marginOfError
    let isRatio = ofGroup < ofTotal
    let margin = (isRatio ? ofGroup + ofTotal : ofGroup - ofTotal).squareRoot() / total.value
    return (share, margin / 1.645, isRatio)
  }

  /// The share ratio whose limits carry the error of a surveyed benchmark.
  ///
  /// Formula: `(x/n)/P exp(-+ z sqrt((1 - p)/x + (SE/P)^2))`, P and SE as in `shareError`. Limits
  /// undefined when x = 0. O(1).
  package static func acsMarginOfError(
    _ x: Int, of n: Int, group: SurveyEstimate, total: SurveyEstimate, level: Double = 0.95
  ) -> SurveyedComparison {
    guard isLevel(level), let sample = BinomialSample(x, of: n),
      let benchmark = shareError(group, of: total)
    else { return SurveyedComparison(ratio: .undefined, usesRatioFormula: false) }
    let relative = benchmark.standardError / benchmark.share
    let variance = sample.q / sample.x + relative * relative
    let ratio = Interval.logWald(
      ratio(sample.p, benchmark.share), standardError: variance.squareRoot(), level: level)
    return SurveyedComparison(
      ratio: ratio, benchmarkShare: benchmark.share,
      benchmarkStandardError: benchmark.standardError,
      usesRatioFormula: benchmark.usesRatioFormula)
  }
}
