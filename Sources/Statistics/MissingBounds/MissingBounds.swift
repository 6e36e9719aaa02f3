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

  /// Cases of which it is not known in which of two groups they are: with the property, without it,
  /// and those of whom that is not known either.
  package struct OfEither: Sendable, Equatable {
    package var yes: Int
    package var no: Int
    package var open: Int

    package init(yes: Int, no: Int, open: Int) {
      self.yes = yes
      self.no = no
      self.open = open
    }
  }

  /// Bounds of the difference of two shares where some cases may be of either group: the least and the
  /// greatest over all ways to complete the data, each case in one group only.
  ///
  /// Those without the property lower a share wherever they are put, and those with it raise one, so
  /// that only how many of the open ones go to the first group is sought; the difference is convex in
  /// that number. O(log open). Reference: Manski 1989.
  package static func riskDifference(
    _ first: Group, minus second: Group, either: OfEither
  ) -> Interval {
    let estimate = riskDifference(first, minus: second).estimate
    guard isCount(either.yes), isCount(either.no), isCount(either.open) else { return .undefined }
    let greatest = -(least(second, first, either) ?? .nan)
    return Interval(
      estimate: estimate, lower: least(first, second, either),
      upper: greatest.isNaN ? nil : greatest)
  }

  /// The least difference of the first share less the second.
  private static func least(_ first: Group, _ second: Group, _ either: OfEither) -> Double? {
    func difference(_ open: Int) -> Double? {
      let a = Group(
        first.x, known: first.known, missing: first.missing + either.no + open)
      let b = Group(
        second.x + either.yes, known: second.known + either.yes,
        missing: second.missing + either.open - open)
      return self.difference(a.share.lower, b.share.upper)
    }
    var (low, high) = (0, either.open)
    while low < high {
      let middle = low + (high - low) / 2
      guard let here = difference(middle), let next = difference(middle + 1) else { return nil }
      if here <= next { high = middle } else { low = middle + 1 }
    }
    return difference(low)
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
