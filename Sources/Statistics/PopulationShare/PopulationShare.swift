/// A group's share of n cases against its share of a population.
package enum PopulationShare {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case fixedWilson = "share-ratio-wilson"
    case fixedClopperPearson = "share-ratio-exact"
    case sampledBenchmark = "share-ratio-sampled"
    case acsMarginOfError = "share-ratio-acs"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .populationShare }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.fixedWilson

  /// A share against a population's, in the ways people ask for it.
  package struct Comparison: Sendable, Equatable {
    /// x / n.
    package var share: Double?
    /// The disproportionality ratio, share over population share, with limits.
    package var ratio: Interval
    /// The count under proportional draws, `n P`.
    package var expected: Double?
    /// The count beyond it, `x - n P`.
    package var excess: Double?
    /// Share minus population share, in percentage points.
    package var differencePoints: Double?
  }

  /// A share against a fixed population share, with exact limits when they are asked for.
  package static func comparison(
    _ x: Int, of n: Int, populationShare: Double, level: Double = 0.95, isExact: Bool = false
  ) -> Comparison {
    isExact
      ? fixedClopperPearson(x, of: n, populationShare: populationShare, level: level)
      : fixedWilson(x, of: n, populationShare: populationShare, level: level)
  }

  /// Limits of the share divided by a population share that is known without error.
  static func fixed(
    _ x: Int, of n: Int, populationShare: Double, share: Interval
  ) -> Comparison {
    guard let estimate = share.estimate, (0...1).contains(populationShare) else {
      return Comparison(share: nil, ratio: .undefined)
    }
    let expected = Double(n) * populationShare
    let divided = Interval(
      estimate: ratio(estimate, populationShare),
      lower: share.lower.flatMap { ratio($0, populationShare) },
      upper: share.upper.flatMap { ratio($0, populationShare) })
    return Comparison(
      share: estimate, ratio: divided, expected: expected, excess: Double(x) - expected,
      differencePoints: 100 * (estimate - populationShare))
  }

  /// The largest index that this population share allows, 1/P: a group that is all of the cases.
  package static func ceiling(populationShare: Double) -> Double? { ratio(1, populationShare) }
}
