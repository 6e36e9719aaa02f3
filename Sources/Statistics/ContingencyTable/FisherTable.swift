import Glibc

extension MethodCatalogue {
  package static let fisherTable = MethodCard(
    id: "fisher-table", referenceName: "contingency.fisher_exact",
    names: ["fisher", "exact", "freeman-halton"],
    family: .contingency, name: "Fisher's exact test",
    reference: "Fisher 1935; Freeman and Halton 1951",
    formula: "sum of the probabilities, given the margins, of all tables no likelier than this one",
    whenToUse: "When an expected count is below 5.",
    assumptions: "Independent cases; both margins taken as fixed.",
    agreesWith: "R 4.2.2 fisher.test")
}

extension ContingencyTable {
  /// Fisher's exact test of an r x c table (Freeman and Halton).
  ///
  /// Formula: the sum of the probabilities of all tables with these margins that are at most the
  /// observed one's, with a relative tolerance of 1e-7 for ties. Empty rows and columns are left
  /// out; p is 1 when fewer than two of either remain, undefined for an empty table. A 2x2 table
  /// takes O(standard deviation), any size. A larger one is built up column by column, tables
  /// with equal margins left over together; it is undefined where that would take longer than
  /// about a second, as with many hundreds of cases in nine cells or more.
  /// Reference: Freeman and Halton 1951, Biometrika 38, 141; Mehta and Patel 1983, JASA 78, 427.
  package func fisher() -> HypothesisTest {
    guard total > 0 else { return .undefined }
    let kept = rows.filter { $0.contains { $0 > 0 } }
    let columns = columnTotals.indices.filter { columnTotals[$0] > 0 }
    let cells = kept.map { row in columns.map { row[$0] } }
    guard cells.count >= 2, columns.count >= 2 else { return HypothesisTest(logP: 0) }
    if cells.count == 2, columns.count == 2 {
      let (a, c) = (cells[0][0], cells[1][0])
      let margins = Hypergeometric(a, cells[0][1], c, cells[1][1])
      return HypothesisTest(logP: margins.logTwoSided(a))
    }
    guard var enumeration = TableEnumeration(cells),
      let p = enumeration.probabilityOfUnlikelier()
    else { return .undefined }
    return HypothesisTest(statistic: nil, df: nil, p: p, logP: log(p))
  }
}
