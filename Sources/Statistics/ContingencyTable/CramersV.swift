extension MethodCatalogue {
  package static let cramersV = MethodCard(
    id: "cramers-v", referenceName: "contingency.cramers_v", names: ["cramers-v", "cramer", "v"],
    family: .association, name: "Cramer's V", reference: "Cramer 1946",
    formula: "sqrt(X2 / (n min(rows - 1, columns - 1)))",
    whenToUse: "Beside a chi-squared test: how strong, from 0 to 1, whatever n is.",
    assumptions: "None; without bias correction.",
    agreesWith: "R 4.2.2 vcd assocstats; scipy 1.17.1 contingency.association(cramer)")
}

extension ContingencyTable {
  /// Cramer's V, the strength of association from 0 to 1, without bias correction.
  ///
  /// Formula: `sqrt(X2 / (n min(r - 1, c - 1)))`. Undefined with an empty row or column. O(r c).
  /// Reference: Cramer 1946, Mathematical Methods of Statistics, ch. 21.9.
  package func cramersV() -> Double? {
    pearson().statistic.map {
      ($0 / (total * Double(min(rowTotals.count, columnTotals.count) - 1))).squareRoot()
    }
  }
}
