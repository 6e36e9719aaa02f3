import Columns

@testable import DriverTests

extension TestTable {
  /// The statements that make the table; columns have types of the database where they have one.
  func sql(_ words: SQLTables.Words) -> String {
    let tables = SQLTables(words: words)
    let columns = fields.map { field -> (name: String, type: String?) in
      switch field.type {
      case .integer: (field.name, "BIGINT")
      case .decimal: (field.name, "DECIMAL(14, 4)")
      case .date: (field.name, "DATE")
      case .datetime: (field.name, tables.moment)
      case .text, .code, .category, .boolean, .real: (field.name, nil)
      }
    }
    return tables.table(name, columns, rows)
  }
}
