internal import Engine
internal import SourceServer
internal import SourceWire

/// SQLite through its ODBC driver.
///
/// What is in a cell is not what its column is declared as, and the driver goes by the declaration:
/// every cell is fetched as text, with a letter before it that says what it was.
struct SQLiteEngine: ODBCEngine {
  private static let plain = SQLiteDialect(numbersPlaces: false)

  var dialect: any SQLDialect { SQLiteEngine.plain }

  var transaction: ServedTransaction? {
    ServedTransaction(begin: "BEGIN", end: "COMMIT", undo: "ROLLBACK")
  }

  /// SQLite's own count of the changes that others made to the file.
  func state(of table: ODBCTable, _ connection: ODBCConnection) throws -> String? {
    try connection.cells("PRAGMA data_version").first?.first?.written
  }

  func begin(_ connection: ODBCConnection) throws {
    try connection.run("PRAGMA query_only = ON")
    try connection.run("PRAGMA trusted_schema = OFF")
  }

  func length(of sent: String) -> String { "length(\(sent))" }

  /// A cell as text behind the letter of its type.
  private static func marked(_ cell: String) -> String {
    """
    CASE typeof(\(cell)) WHEN 'integer' THEN 'i' || \(cell) \
    WHEN 'real' THEN 'r' || printf('%!.17g', \(cell)) WHEN 'text' THEN 't' || \(cell) \
    WHEN 'blob' THEN 'b' END
    """
  }

  func cells(
    _ sql: String, _ bindings: [SQLBinding], columns: Int, _ connection: ODBCConnection
  ) throws -> [[SQLCell]] {
    let names = (1...max(1, columns)).map { "c\($0)" }
    let nothing = names.map { "NULL AS \($0)" }.joined(separator: ", ")
    let asked = names.map { SQLiteEngine.marked($0) }.joined(separator: ", ")
    return try connection.cells(
      "SELECT \(asked) FROM (SELECT \(nothing) WHERE 0 UNION ALL \(sql))", bindings,
      widths: names.map { _ in ODBCColumn.boundless }
    ).map { row in row.map { SQLiteEngine.cell($0) } }
  }

  private static func cell(_ marked: SQLCell) -> SQLCell {
    guard case .text(let text) = marked, let mark = text.first else { return .null }
    let rest = String(text.unicodeScalars.dropFirst())
    switch mark {
    case "i": return Int64(rest).map(SQLCell.integer) ?? .null
    case "r": return Double(rest).map(SQLCell.double) ?? .null
    default: break
    }
    // The letter and what follows it may be one character.
    return text.utf8.first == UInt8(ascii: "t") ? .text(rest) : .null
  }

  // MARK: Tables

  func tables(_ connection: ODBCConnection) throws -> [ODBCTable] {
    let found = try cells(
      """
      SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' \
      AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
      ORDER BY name COLLATE BINARY
      """, [], columns: 3, connection)
    return try found.compactMap { row in
      guard let name = row[0].written else { return nil }
      return try table(
        name, isTable: row[1] == .text("table"), hasRows: row[2] == .integer(0), connection)
    }
  }

  private func table(
    _ name: String, isTable: Bool, hasRows: Bool, _ connection: ODBCConnection
  ) throws -> ODBCTable? {
    let dialect = SQLiteEngine.plain
    // A view of a table that is gone has no columns that can be told.
    guard
      let columns = try? cells(
        "SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1", [.text(name)], columns: 2,
        connection)
    else { return nil }
    let names = columns.compactMap { $0[0].written }
    let relation = dialect.quoted(name)
    let look = self.look(at: relation, connection)
    let fields = try names.map { name in
      var field = ODBCField(
        name: name, type: try SQLiteEngine.type(of: name, look),
        sent: SQLiteEngine.marked(dialect.quoted(name)))
      field.form = .marked
      field.length = .measured
      return field
    }
    var order: String?
    if isTable, hasRows {
      let taken = Set(names.map { $0.lowercased() })
      order = ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
    }
    let rows = try cells("SELECT COUNT(*) FROM \(relation)", [], columns: 1, connection)
    return ODBCTable(
      name: name, relation: relation, fields: fields, order: order,
      rows: rows.first?.first?.written.flatMap { Int($0) })
  }

  /// The type that all cells of a column have; words where they differ.
  private static func type(of column: String, _ look: SQLiteLook) throws -> WireType {
    switch try look.storage(of: column) {
    case .integer: return .integer
    case .double: return .decimal
    case .text:
      if try look.has(.date, column: column, except: [""]) { return .date }
      for separator in [" ", "T"]
      where try look.has(.moment(separator: separator), column: column, except: [""]) {
        return .datetime
      }
      return .category
    default: return .category
    }
  }

  private func look(at relation: String, _ connection: ODBCConnection) -> SQLiteLook {
    SQLiteLook(
      at: relation,
      cells: { sql, bindings, count in
        try cells(sql, bindings, columns: count, connection)
      },
      texts: { sql in try cells(sql, [], columns: 1, connection).map { $0[0].written } })
  }

  func catalogue(of table: ODBCTable, among tables: [ODBCTable], _ connection: ODBCConnection)
    -> any SQLCatalogue
  {
    SQLiteODBCCatalogue(table: table.relation, look: look(at: table.relation, connection)) { name in
      tables.first { $0.name == name }.map {
        catalogue(of: $0, among: tables, connection)
      }
    } rows: { sql, bindings in
      try cells(sql, bindings, columns: 1, connection).count
    }
  }
}

private struct SQLiteODBCCatalogue: SQLCatalogue {
  let table: String
  let look: SQLiteLook
  let other: (String) -> (any SQLCatalogue)?
  /// How many rows a statement gives.
  let rows: (String, [SQLBinding]) throws -> Int

  init(
    table: String, look: SQLiteLook, other: @escaping (String) -> (any SQLCatalogue)?,
    rows: @escaping (String, [SQLBinding]) throws -> Int
  ) {
    self.table = table
    self.look = look
    self.other = other
    self.rows = rows
  }

  func linked(_ dataset: String) -> (any SQLCatalogue)? { other(dataset) }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let asked = repeats(of: value, in: dialect)
    // Behind the compound that the cells are read through, no limit may stand.
    return try rows("SELECT * FROM (\(asked.text))", asked.bindings) == 0
  }

  func storage(of column: String) throws -> SQLStorage? { try look.storage(of: column) }

  func has(_ shape: SQLTextShape, column: String, except: [String]) throws -> Bool {
    try look.has(shape, column: column, except: except)
  }
}
