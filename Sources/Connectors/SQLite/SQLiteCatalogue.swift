internal import Columns
internal import Engine

/// What is known of a table, found out by looking at its cells and remembered while they are the same.
struct SQLiteCatalogue: SQLCatalogue {
  let data: SQLiteTable
  let connection: SQLiteConnection
  let run: any RunMonitor
  /// Another table of the database.
  let other: (String) -> SQLiteTable?

  init(
    _ data: SQLiteTable, _ connection: SQLiteConnection, run: any RunMonitor,
    other: @escaping (String) -> SQLiteTable?
  ) {
    self.data = data
    self.connection = connection
    self.run = run
    self.other = other
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

  func linked(_ dataset: String) -> (any SQLCatalogue)? {
    other(dataset).map { SQLiteCatalogue($0, connection, run: run, other: other) }
  }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let asked = repeats(of: value, in: dialect)
    return try data.isUnique(asked.text, asked.bindings) {
      try connection.cells(asked.text, asked.bindings, run: run).isEmpty
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
