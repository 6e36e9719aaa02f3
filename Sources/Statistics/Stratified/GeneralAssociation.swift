extension MethodCatalogue {
  package static let cochranMantelHaenszelGeneral = MethodCard(
    id: "cochran-mantel-haenszel-general", referenceName: "cmh.general",
    names: ["general", "general-association"],
    family: .stratifiedTest, name: "Generalised Cochran-Mantel-Haenszel test",
    reference: "Landis, Heyman and Koch 1978",
    formula: "G' V^-1 G, G = sum over strata of (n - E n), df = (rows - 1)(columns - 1)",
    whenToUse: "More than two groups or outcomes, none ordered, within strata.",
    assumptions: "Associations of one pattern across strata.",
    agreesWith: "R 4.2.2 mantelhaen.test")
}

extension CochranMantelHaenszel {
  /// The generalised test of association of I x J tables within strata, both nominal.
  ///
  /// Formula: `G' V^-1 G` over the first I - 1 rows and J - 1 columns, where G sums counts minus
  /// their expectation given the margins of each stratum and V their covariance,
  /// `m_j (d_jj' N - m_j') n_i (d_ii' N - n_i') / (N^2 (N - 1))`. Strata with fewer than two cases are
  /// skipped; undefined when a row or column is empty in all. O(strata (I J)^2 + (I J)^3).
  /// Reference: Landis, Heyman and Koch 1978, International Statistical Review 46, 237.
  package static func generalAssociation(_ tables: [[[Int]]]) -> HypothesisTest {
    let strata = tables.compactMap(ContingencyTable.init)
    guard strata.count == tables.count, let first = strata.first else { return .undefined }
    let (rows, columns) = (first.rowTotals.count, first.columnTotals.count)
    guard strata.allSatisfy({ $0.rowTotals.count == rows && $0.columnTotals.count == columns })
    else { return .undefined }
    let width = columns - 1
    let size = (rows - 1) * width
    var lead = [Double](repeating: 0, count: size)
    var covariance = [[Double]](repeating: lead, count: size)
    for table in strata where table.total > 1 {
      let n = table.total
      for first in 0..<size {
        let (i, j) = first.quotientAndRemainder(dividingBy: width)
        let (rowTotal, columnTotal) = (table.rowTotals[i], table.columnTotals[j])
        lead[first] +=
          differenceOfProducts(Double(table.rows[i][j]), n, rowTotal, columnTotal) / n
        for second in 0..<size {
          let (k, l) = second.quotientAndRemainder(dividingBy: width)
          let rowPart = rowTotal * ((i == k ? n : 0) - table.rowTotals[k]) / n
          let columnPart = columnTotal * ((j == l ? n : 0) - table.columnTotals[l]) / n
          covariance[first][second] += rowPart * columnPart / (n - 1)
        }
      }
    }
    let isComplete =
      (0..<rows).allSatisfy { row in strata.contains { $0.rowTotals[row] > 0 } }
      && (0..<columns).allSatisfy { column in strata.contains { $0.columnTotals[column] > 0 } }
    guard isComplete, let solution = solve(covariance, lead) else { return .undefined }
    let statistic = zip(lead, solution).reduce(0) { $0 + $1.0 * $1.1 }
    return ChiSquared.upperTail(statistic, df: size)
  }
}

/// The solution of a symmetric positive definite system, by Cholesky factors; nil if singular.
func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  var factor = matrix
  var solution = right
  for row in right.indices {
    for column in 0...row {
      var sum = matrix[row][column]
      for inner in 0..<column { sum -= factor[row][inner] * factor[column][inner] }
      if row == column {
        guard sum > 1e-12 * matrix[row][row] else { return nil }
        factor[row][row] = sum.squareRoot()
      } else {
        factor[row][column] = sum / factor[column][column]
      }
    }
  }
  for row in right.indices {
    for column in 0..<row { solution[row] -= factor[row][column] * solution[column] }
    solution[row] /= factor[row][row]
  }
  for row in right.indices.reversed() {
    for below in (row + 1)..<max(row + 1, right.count) {
      solution[row] -= factor[below][row] * solution[below]
    }
    solution[row] /= factor[row][row]
  }
  return solution
}
