import Columns

/// Which groups of a tabulation become rows of a table.
package enum GroupChoice: Hashable, Sendable {
  /// Those that count most, most first; of equal ones those that stand first in key order.
  case largest(Int)
  /// All, in key order; none where there are more than so many.
  case all(atMost: Int)
}

/// Groups with one count each: a few of perhaps millions, which never were rows.
package struct CountTable: Hashable, Sendable {
  /// The groups that were chosen.
  package let rows: [SmallTable.Row]
  /// How many groups there are.
  package let groupCount: Int
  /// The counts of all groups that have a missing key, added up.
  package let unknown: Double

  init(rows: [SmallTable.Row], groupCount: Int, unknown: Double) {
    self.rows = rows
    self.groupCount = groupCount
    self.unknown = unknown
  }

  /// The same from a whole table: its first measure is the count.
  package init(_ table: SmallTable, _ choice: GroupChoice) {
    func count(_ row: SmallTable.Row) -> Double { row.measures.first?.double ?? 0 }
    groupCount = table.rows.count
    unknown = table.rows.reduce(0) { $0 + ($1.keys.contains(.missing) ? count($1) : 0) }
    switch choice {
    case .all(let most): rows = table.rows.count <= most ? table.rows : []
    case .largest(let most):
      rows = table.rows.enumerated().sorted {
        (count($1.element), $0.offset) < (count($0.element), $1.offset)
      }.prefix(max(0, most)).map(\.element)
    }
  }
}
