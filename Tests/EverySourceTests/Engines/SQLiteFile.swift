import Columns

@testable import EngineTests

/// Tables in a database file; numbers have columns of their type, dates are texts.
final class SQLiteFile: TestEngine {
  static let name = "SQLite"
  private var database: TemporaryDatabase?

  static func start() throws -> SQLiteFile { SQLiteFile() }

  var path: String { database?.path ?? "" }

  var openText: String { "open \"\(path)\" as office" }

  func load(_ tables: [TestTable]) throws {
    let database = try TemporaryDatabase()
    for table in tables {
      let columns = table.fields.map { field in
        switch field.type {
        case .integer: "\"\(field.name)\" INTEGER"
        case .decimal: "\"\(field.name)\" DECIMAL(12, 3)"
        case .text, .code, .category, .boolean, .real, .date, .datetime: "\"\(field.name)\" TEXT"
        }
      }
      try database.write("CREATE TABLE \(table.name) (\(columns.joined(separator: ", ")))")
      let places = table.fields.map { _ in "?" }.joined(separator: ", ")
      if !table.rows.isEmpty {
        try database.write("INSERT INTO \(table.name) VALUES (\(places))", table.rows)
      }
    }
    self.database = database
  }
}
