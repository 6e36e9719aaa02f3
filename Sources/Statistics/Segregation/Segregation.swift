extension MethodCatalogue {
  package static let dissimilarity = MethodCard(
    id: "dissimilarity", referenceName: "segregation.dissimilarity",
    names: ["dissimilarity", "duncan"],
    family: .segregation, name: "Index of dissimilarity", reference: "Duncan and Duncan 1955",
    formula: "1/2 sum |a_i/A - b_i/B|",
    whenToUse: "How unevenly two groups are spread over areas, from 0 to 1.",
    assumptions: "None; grows by chance alone when areas are small.",
    agreesWith: "R 4.2.2, direct formula")
}

/// How unevenly two groups are spread.
package enum Segregation {
  /// The index of dissimilarity: the part of a group that would have to move for even shares.
  ///
  /// Formula: `1/2 sum |a_i/A - b_i/B|`. Undefined when a group is empty or lengths differ. O(areas).
  /// Reference: Duncan and Duncan 1955, American Sociological Review 20, 210.
  package static func dissimilarity(_ a: [Double], _ b: [Double]) -> Double? {
    let (totalA, totalB) = (compensatedSum(a), compensatedSum(b))
    guard a.count == b.count, totalA > 0, totalB > 0 else { return nil }
    return compensatedSum(zip(a, b).lazy.map { abs($0 / totalA - $1 / totalB) }) / 2
  }
}
