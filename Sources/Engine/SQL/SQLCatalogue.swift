/// How the cells of a column are stored, all of them but NULL.
package enum SQLStorage: Hashable, Sendable {
  case integer(ClosedRange<Int64>)
  /// Numbers that are exactly `units / 10^scale` for units in this range, stored as doubles.
  case double(scale: Int, ClosedRange<Int64>)
  /// Exact decimals `units / 10^scale` for units in this range.
  case decimal(scale: Int, ClosedRange<Int64>)
  /// Dates of the calendar, from the year 1 to the year 9999.
  case day
  /// Dates with a time in whole seconds, by the clock of one place.
  case moment
  /// Texts in canonical composition.
  case text(isASCII: Bool)
  /// Nothing but NULL.
  case empty
}

/// A shape that all texts of a column may have.
package enum SQLTextShape: Hashable, Sendable {
  /// `2021-04-01`, a day that the calendar has.
  case date
  /// `2021-04-01 08:30:00` with this between date and time.
  case moment(separator: String)
  /// The digits of a whole number as it prints, at most 15 of them.
  case integer
}

/// What a database knows of one of its tables; asked by the writer, answered by looking at the
/// data.
package protocol SQLCatalogue {
  /// The table's name in the database, quoted.
  var table: String { get }

  /// The tables whose rows together are those of the table, quoted, where each is better grouped by
  /// itself and the groups put together: they stand on other servers.
  var parts: [String] { get }

  /// A column as it is read: its name, quoted, or what makes it one of the kinds of storage.
  func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment

  /// What is known of another table of the same database; nothing where it can't be joined.
  func linked(_ dataset: String) throws -> (any SQLCatalogue)?

  /// Whether no value of the table's rows stands in two of them, NULL aside.
  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool

  /// How a column is stored; nothing where its cells are mixed, or are such that results may
  /// differ.
  func storage(of column: String) throws -> SQLStorage?

  /// Whether every text of the column but the empty one and the exceptions has the shape.
  func has(_ shape: SQLTextShape, column: String, except: [String]) throws -> Bool
}

extension SQLCatalogue {
  package var parts: [String] { [] }

  package func linked(_ dataset: String) throws -> (any SQLCatalogue)? { nil }

  package func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool { false }

  package func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment {
    SQLFragment(quoted: dialect.quoted(column))
  }
}

extension SQLCatalogue {
  /// The statement that gives a row where some value of the table's rows stands in two of them, NULL
  /// aside, and none where no value does.
  package func repeats(of value: SQLFragment, in dialect: any SQLDialect) -> (
    text: String, bindings: [SQLBinding]
  ) {
    let table = SQLFragment(quoted: self.table)
    let sql: SQLFragment = """
      SELECT 1 FROM (SELECT \(value) AS v FROM \(table)) AS found
      WHERE v IS NOT NULL GROUP BY v HAVING COUNT(*) > 1 LIMIT 1
      """
    let written = sql.written(in: dialect)
    return (written.text, written.bindings)
  }
}

/// A tabulation that a database can't answer exactly as the columnar engine would, and why.
package struct NotExact: Error, Hashable {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
