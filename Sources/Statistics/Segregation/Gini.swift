extension MethodCatalogue {
  package static let gini = MethodCard(
    id: "gini", referenceName: "inequality.gini", names: ["gini"],
    family: .inequality, name: "Gini coefficient", reference: "Gini 1912",
    formula: "sum (2i - n - 1) x_i / (n sum x), x ascending",
    whenToUse: "How concentrated a total is, from 0 to 1.",
    assumptions: "Values not negative; population form, without n/(n - 1).",
    agreesWith: "R 4.2.2 DescTools Gini(unbiased=FALSE)")
}

/// How concentrated a total is on few of its holders.
package enum Gini {
  /// The Gini coefficient, in its population form.
  ///
  /// Formula: `sum (2i - n - 1) x_i / (n sum x)` over ascending x. Undefined when the total is 0 or a
  /// value is negative. O(k) in distinct values.
  /// Reference: Gini 1912; Sen 1973, On Economic Inequality, eq. 2.8.1.
  package static func coefficient(_ data: ValueCounts) -> Double? {
    let n = Double(data.count)
    let total = data.sum { $0 }
    guard total > 0, let least = data.values.first, least >= 0 else { return nil }
    let weighted = data.values.indices.lazy.map { index in
      let count = Double(data.counts[index])
      // The ranks of equal values average to this.
      let rank = Double(data.cumulative[index]) - (count - 1) / 2
      return count * (2 * rank - n - 1) * data.values[index]
    }
    return compensatedSum(weighted) / (n * total)
  }
}
