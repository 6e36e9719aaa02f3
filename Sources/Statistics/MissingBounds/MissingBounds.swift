extension MethodCatalogue {
  package static let boundsShare = MethodCard(
    id: "bounds-share", referenceName: "missing_bounds.share", names: ["share", "manski"],
    family: .missingBounds, name: "Bounds of a share", reference: "Manski 1989",
    formula: "x / (n + m) to (x + m) / (n + m)",
    whenToUse: "Whenever values are missing; print when more than 5% are.",
    assumptions: "None: each missing case may have the property or not.",
    agreesWith: "R 4.2.2, direct formula")
  package static let boundsShareRatio = MethodCard(
    id: "bounds-share-ratio", referenceName: "missing_bounds.share_vs_population",
    names: ["share-ratio"],
    family: .missingBounds, name: "Bounds of a share ratio", reference: "Manski 1989",
    formula: "the bounds of the share, divided by the population share",
    whenToUse: "Share ratios with missing values.", assumptions: "None about missing cases.",
    agreesWith: "R 4.2.2, direct formula")
  package static let boundsRiskRatio = MethodCard(
    id: "bounds-risk-ratio", referenceName: "missing_bounds.risk_ratio", names: ["risk-ratio"],
    family: .missingBounds, name: "Bounds of a ratio of shares", reference: "Manski 1989",
    formula: "[x1/(n1+m1)] / [(x2+m2)/(n2+m2)] to [(x1+m1)/(n1+m1)] / [x2/(n2+m2)]",
    whenToUse: "Ratios with missing values.", assumptions: "None about missing cases.",
    agreesWith: "R 4.2.2, every completion of the missing data")
  package static let boundsRiskDifference = MethodCard(
    id: "bounds-risk-difference", referenceName: "missing_bounds.risk_difference",
    names: ["risk-difference"],
    family: .missingBounds, name: "Bounds of a difference of shares", reference: "Manski 1989",
    formula: "x1/(n1+m1) - (x2+m2)/(n2+m2) to (x1+m1)/(n1+m1) - x2/(n2+m2)",
    whenToUse: "Differences with missing values.", assumptions: "None about missing cases.",
    agreesWith: "R 4.2.2, every completion of the missing data")
}

/// What a figure could be if every missing value were known: its worst-case bounds.
///
/// In each, `known` are the cases whose value is known and `missing` those whose is not; the
/// estimate is the figure among the known.
package enum MissingBounds {
  /// Cases with the property, cases known, cases missing.
  package struct Group: Sendable, Equatable {
    package var x: Int
    package var known: Int
    package var missing: Int

    /// From its parts.
    package init(_ x: Int, known: Int, missing: Int) {
      self.x = x
      self.known = known
      self.missing = missing
    }

    /// The share among the known, and its bounds.
    var share: Interval {
      guard isCount(known), isCount(missing), (0...known).contains(x), known + missing > 0 else {
        return .undefined
      }
      let all = Double(known + missing)
      return Interval(
        estimate: Statistics.ratio(Double(x), Double(known)), lower: Double(x) / all,
        upper: Double(x + missing) / all)
    }
  }

  /// Bounds of a share: `x/(n+m)` to `(x+m)/(n+m)`.
  ///
  /// Undefined with no cases at all; 0 to 1 when all are missing. O(1).
  /// Reference: Manski 1989, Journal of Human Resources 24, 343.
  package static func share(_ group: Group) -> Interval { group.share }

  /// The part of the cases that is missing; nil with no cases.
  package static func missingShare(_ group: Group) -> Double? {
    guard isCount(group.known), isCount(group.missing) else { return nil }
    return ratio(Double(group.missing), Double(group.known + group.missing))
  }

  /// Bounds of the share over a population share. O(1).
  package static func shareRatio(_ group: Group, populationShare: Double) -> Interval {
    let share = group.share
    return Interval(
      estimate: share.estimate.flatMap { ratio($0, populationShare) },
      lower: share.lower.flatMap { ratio($0, populationShare) },
      upper: share.upper.flatMap { ratio($0, populationShare) })
  }

  /// Bounds of the ratio of two shares: the worst case of both groups.
  ///
  /// The upper bound is infinite when the second group may have no events. O(1).
  package static func riskRatio(_ first: Group, over second: Group) -> Interval {
    let (a, b) = (first.share, second.share)
    return Interval(
      estimate: quotient(a.estimate, b.estimate), lower: quotient(a.lower, b.upper),
      upper: quotient(a.upper, b.lower))
  }

  /// Bounds of the difference of two shares: the worst case of both groups. O(1).
  package static func riskDifference(_ first: Group, minus second: Group) -> Interval {
    let (a, b) = (first.share, second.share)
    return Interval(
      estimate: difference(a.estimate, b.estimate), lower: difference(a.lower, b.upper),
      upper: difference(a.upper, b.lower))
  }

  private static func quotient(_ a: Double?, _ b: Double?) -> Double? {
    guard let a, let b else { return nil }
    return ratio(a, b)
  }

  private static func difference(_ a: Double?, _ b: Double?) -> Double? {
    guard let a, let b else { return nil }
    return a - b
  }
}
