package import Columns

/// What rows are grouped by.
package enum Key: Hashable, Sendable {
  case field(Field)
  /// true, false or missing (unknown).
  case test(Predicate)
}

/// What is worked out for each group. Missing values are left out of sums, distinct counts and
/// extremes.
package enum Measure: Hashable, Sendable {
  /// Rows, or the sum of their weights.
  case rows
  /// Distinct values of a field that are not missing; never weighted.
  case units(Field)
  /// The sum of a number field, each times the row's weight.
  case sum(Field)
  case least(Field)
  case greatest(Field)
}

/// A small table that is asked of a source: counts and sums by group.
package struct Tabulation: Hashable, Sendable {
  package var dataset: String
  /// Rows where this is true are counted.
  package var rows: Predicate
  package var keys: [Key]
  package var measures: [Measure]
  /// The number that each row stands for; a row where it is missing is left out, as if `rows` were
  /// not true there.
  package var weight: Field?

  package init(
    dataset: String, rows: Predicate = .constant(true), keys: [Key] = [],
    measures: [Measure] = [.rows], weight: Field? = nil
  ) {
    self.dataset = dataset
    self.rows = rows
    self.keys = keys
    self.measures = measures
    self.weight = weight
  }
}

/// The answer to a tabulation: one row per combination of keys that occurs, in key order.
///
/// Without keys there is exactly one row, even where no row was counted.
package struct SmallTable: Hashable, Sendable {
  /// One combination of keys with its measures.
  package struct Row: Hashable, Sendable {
    package let keys: [Value]
    /// `rows` and `units` are whole (weighted rows may be decimal); a sum over no value is 0, an
    /// extreme of none is missing.
    package let measures: [Value]

    package init(keys: [Value], measures: [Value]) {
      self.keys = keys
      self.measures = measures
    }
  }

  package let rows: [Row]

  /// Puts the rows into key order.
  package init(unordered: [Row]) {
    rows = unordered.sorted { SmallTable.precedes($0.keys, $1.keys) }
  }

  /// Takes rows that are in key order.
  init(ordered: [Row]) {
    rows = ordered
  }

  /// The order of rows: by the first key that differs.
  static func precedes(_ left: [Value], _ right: [Value]) -> Bool {
    for (a, b) in zip(left, right) where a != b { return a < b }
    return false
  }
}

/// Rows themselves, for `list` and `sample`.
package struct Listing: Hashable, Sendable {
  /// Which of the matching rows are listed.
  package enum Choice: Hashable, Sendable {
    /// The first rows in input order.
    case first(Int)
    /// A simple random sample without replacement, in input order.
    case sample(Int, seed: UInt64)

    /// More rows are never listed.
    var mostRows: Int {
      switch self {
      case .first(let count), .sample(let count, _): count
      }
    }
  }

  package var dataset: String
  package var rows: Predicate
  package var fields: [Field]
  package var choice: Choice

  package init(dataset: String, rows: Predicate, fields: [Field], choice: Choice) {
    self.dataset = dataset
    self.rows = rows
    self.fields = fields
    self.choice = choice
  }
}

/// The rows that a listing chose.
package struct ListedRows: Hashable, Sendable {
  /// How many rows the condition holds for.
  package let matching: Int
  package let rows: [[Value]]

  package init(matching: Int, rows: [[Value]]) {
    self.matching = matching
    self.rows = rows
  }
}
