extension MethodCatalogue {
  package static let quantileType7 = MethodCard(
    id: "quantile-7", referenceName: "quantile.type7", names: ["type7", "7", "linear"],
    family: .quantile, name: "Quantile by linear interpolation",
    reference: "Hyndman and Fan 1996, type 7",
    formula: "x[floor h] + (h - floor h)(x[floor h + 1] - x[floor h]), h = (n - 1) p",
    whenToUse: "The default of R, numpy and spreadsheets.", assumptions: "None.",
    agreesWith: "R 4.2.2 quantile(type=7); numpy quantile")
}

/// The value below which a given part of the observations lie.
package enum Quantile {
  /// The quantile of type 7 at probability p.
  ///
  /// Formula: with `h = (n - 1) p`, linear between the order statistics around h. Undefined
  /// without observations and for p outside 0...1. O(log k) in the number of distinct values.
  /// Reference: Hyndman and Fan 1996, American Statistician 50, 361.
  package static func type7(_ data: ValueCounts, at p: Double) -> Double? {
    guard data.count > 0, (0...1).contains(p) else { return nil }
    let h = Double(data.count - 1) * p
    let below = Int(h)
    let low = data.observation(rank: below + 1)
    let fraction = h - Double(below)
    guard fraction > 0 else { return low }
    return low + fraction * (data.observation(rank: below + 2) - low)
  }
}
