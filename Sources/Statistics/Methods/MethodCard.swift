/// What a statistician wants to know of a method before using its number.
package struct MethodCard: Sendable, Equatable {
  /// The name printed in answers; unique in the catalogue.
  package let id: String
  /// The name in the reference cases, `family.variant`.
  package let referenceName: String
  /// The names by which it is asked for; unique within its family.
  package let names: [String]
  package let family: MethodFamily
  /// The name in a sentence: `Wilson score interval`.
  package let name: String
  /// Authors and year.
  package let reference: String
  /// The formula, in ASCII.
  package let formula: String
  package let whenToUse: String
  package let assumptions: String
  /// Other software with which it was compared, with versions and calls.
  package let agreesWith: String
}

/// What a method is an answer to; `using NAME` chooses within one family.
package enum MethodFamily: String, CaseIterable, Sendable {
  case proportion = "One proportion"
  case proportionTest = "One proportion against a fixed value"
  case proportionDifference = "Difference of two proportions"
  case riskRatio = "Ratio of two proportions"
  case oddsRatio = "Odds ratio"
  case proportionsTest = "Test of two proportions"
  case populationShare = "Share against a population"
  case groupAgainstRest = "Rate of a group against everybody else"
  case relativeRateIndex = "Relative rate index"
  case poissonRate = "Rate of a count"
  case rateRatio = "Ratio of two rates"
  case standardizedMortality = "Observed against expected"
  case directStandardisation = "Direct standardisation"
  case standardisedRateRatio = "Ratio of standardised rates"
  case indirectStandardisation = "Indirect standardisation"
  case stratifiedOddsRatio = "Stratified odds ratio"
  case stratifiedRiskRatio = "Stratified risk ratio"
  case stratifiedRiskDifference = "Stratified risk difference"
  case stratifiedRateRatio = "Stratified rate ratio"
  case stratifiedTest = "Test across strata"
  case homogeneity = "Homogeneity of odds ratios"
  case contingency = "Contingency table"
  case association = "Strength of association"
  case proportionTrend = "Trend of proportions"
  case adjustment = "Many comparisons"
  case quantile = "Quantile"
  case median = "Median"
  case mean = "Mean"
  case meanDifference = "Difference of two means"
  case rankSum = "Two samples by rank"
  case survival = "Survival at a time"
  case medianSurvival = "Median survival time"
  case survivalDifference = "Difference of survival curves"
  case monotoneTrend = "Monotone trend"
  case trendSlope = "Slope of a trend"
  case countTrend = "Trend of counts"
  case logisticTrend = "Trend of log odds"
  case linearFit = "Straight line"
  case bootstrapProportion = "Bootstrap of a proportion"
  case bootstrapMedian = "Bootstrap of a median"
  case segregation = "Segregation"
  case inequality = "Inequality"
  case effectiveSampleSize = "Effective sample size"
  case finitePopulation = "Sample of a finite population"
  case missingBounds = "Bounds for missing values"
  case tailProbability = "Tail probability"
  case presentation = "Presentation standard"
}

/// A choice among the methods of one family; the raw value is the id of its card.
package protocol NamedMethod: RawRepresentable<String>, CaseIterable, Sendable {
  static var family: MethodFamily { get }
}

extension NamedMethod {
  /// The method of this family that statisticians know by a name, in any case, with `-`, `_`
  /// and blanks taken as one.
  package static func named(_ name: String) -> Self? {
    MethodCatalogue.card(named: name, in: family).flatMap { Self(rawValue: $0.id) }
  }

  /// The card of this method.
  package var card: MethodCard? { MethodCatalogue.card(id: rawValue) }
}
