internal import Columns
internal import Engine

/// What is known of a table, found out by looking at its cells and remembered while they are the same.
struct SQLiteCatalogue: SQLCatalogue {
  let data: SQLiteTable
  let connection: SQLiteConnection
  let run: any RunMonitor

  init(_ data: SQLiteTable, _ connection: SQLiteConnection, run: any RunMonitor) {
    self.data = data
    self.connection = connection
    self.run = run
  }

  var table: String { SQLiteDialect().quoted(data.name) }

  func storage(of column: String) throws -> SQLStorage? {
    guard data.fields.contains(column) else { return nil }
    return try data.storage(of: column) { try look.storage(of: column) }
  }

  func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws -> Bool {
    try data.has(shape, column: column, except: exceptions) {
      try look.has(shape, column: column, except: exceptions)
    }
  }

  private var look: SQLiteLook {
    SQLiteLook(
      at: table, cells: { sql, bindings, _ in try connection.cells(sql, bindings, run: run) },
      texts: { sql in
        var texts: [String?] = []
        try connection.rows(sql, run: run) {
          texts.append(String(validating: $0.bytes(0), as: UTF8.self))
        }
        return texts
      })
  }
}
