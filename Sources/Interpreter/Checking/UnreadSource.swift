import Columns
import Engine

/// A source that a script is only checked against: it tells the names of its fields, and stops
/// whatever needs a row.
final class UnreadSource: Source {
  private let source: any Source

  init(_ source: any Source) {
    self.source = source
  }

  var origin: String { source.origin }
  var readsAhead: Bool { source.readsAhead }

  func datasets() throws -> [DatasetSchema] { try source.datasets() }

  func declaredType(of column: String, in dataset: String) -> FieldType? {
    source.declaredType(of: column, in: dataset)
  }

  func card(of dataset: String) -> Card? { source.card(of: dataset) }
  var ownName: String? { source.ownName }
  func links(of dataset: String) -> [DeclaredLink] { source.links(of: dataset) }

  func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws -> [Column] {
    throw RowsNotRead()
  }

  func rowCount(of dataset: String, run: any RunMonitor) throws -> Int { throw RowsNotRead() }

  func values(of column: String, in dataset: String, run: any RunMonitor) throws -> Column? {
    throw RowsNotRead()
  }

  func tabulate(_ tabulation: Tabulation, run: any RunMonitor) throws -> SmallTable? {
    throw RowsNotRead()
  }

  func fingerprint(of dataset: String) throws -> String { throw RowsNotRead() }
}

/// What stops a question that is only checked: from here on it depends on rows.
struct RowsNotRead: Error {}
