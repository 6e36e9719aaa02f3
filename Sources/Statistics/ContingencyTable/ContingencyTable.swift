/// A two-way table of counts with at least two rows and columns.
package struct ContingencyTable: Sendable {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case pearson
    case yates
    case gTest = "g-test"
    case fisher = "fisher-table"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .contingency }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.pearson

  package let rows: [[Int]]
  package let rowTotals: [Double]
  package let columnTotals: [Double]
  package let total: Double

  /// Nil when the rows differ in length, a number is no count, or there are not two of each.
  package init?(_ rows: [[Int]]) {
    guard rows.count >= 2, let width = rows.first?.count, width >= 2,
      rows.allSatisfy({ $0.count == width && $0.allSatisfy(isCount) })
    else { return nil }
    self.rows = rows
    rowTotals = rows.map { $0.reduce(0) { $0 + Double($1) } }
    columnTotals = (0..<width).map { column in rows.reduce(0) { $0 + Double($1[column]) } }
    total = rowTotals.reduce(0, +)
  }

  /// The test by the method asked for.
  package func test(_ method: Method = defaultMethod) -> HypothesisTest {
    switch method {
    case .pearson: pearson()
    case .yates: yates()
    case .gTest: gTest()
    case .fisher: fisher()
    }
  }

  /// The least of the counts expected under independence; nil for an empty table.
  package var leastExpected: Double? {
    guard total > 0, let row = rowTotals.min(), let column = columnTotals.min() else {
      return nil
    }
    return row * column / total
  }

  /// Whether a row or column is empty, so that chi-squared tests are undefined.
  package var hasEmptyLevel: Bool { rowTotals.contains(0) || columnTotals.contains(0) }

  /// The test that fits these counts, with the reason where it is not the default.
  package var recommended: (method: Method, reason: String?) {
    guard let least = leastExpected, least < 5 else { return (.pearson, nil) }
    return (.fisher, "an expected count is below 5")
  }

  var df: Int { (rowTotals.count - 1) * (columnTotals.count - 1) }

  /// Every cell with its expected count and the difference of the two.
  func forEachCell(_ body: (_ observed: Double, _ expected: Double, _ excess: Double) -> Void) {
    for (row, rowTotal) in zip(rows, rowTotals) {
      for (count, columnTotal) in zip(row, columnTotals) {
        let excess = differenceOfProducts(Double(count), total, rowTotal, columnTotal) / total
        body(Double(count), rowTotal * columnTotal / total, excess)
      }
    }
  }
}
