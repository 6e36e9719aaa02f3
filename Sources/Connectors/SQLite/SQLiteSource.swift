package import Columns
package import Engine

/// A SQLite database: its tables and views are datasets, read by the system's own library and never
/// written.
///
/// Asked from one thread at a time, as every source is; that, and not a lock, makes it sendable.
package final class SQLiteSource: Source, @unchecked Sendable {
  /// Where tabulations are worked out.
  package enum Tabulating: Sendable {
    /// In the database where its columns are too many cells to hold in memory, else here.
    case whereFit
    /// In the database, wherever that is exact.
    case inDatabase
    case here
  }

  package let origin: String
  private let path: String
  private var connection: SQLiteConnection
  private let tabulating: Tabulating
  private var tables: [SQLiteTable] = []
  /// SQLite's own count of the changes that others made to the file.
  private var version: [[SQLCell]] = []
  /// Whether the file was written to while it was open.
  private var hasChanged = false
  /// How often the tables were listed: rows are the same from one listing to the next.
  private var listings = 0
  private var digest: String?
  /// Whether the database orders texts by the bytes of UTF-8.
  private var isUTF8 = true

  /// Above this many cells a question is put to the database instead of reading the columns: they
  /// would take about a gigabyte.
  private static let cellsHeld = 200_000_000

  /// Errors: `SourceProblem` where the file is not there, no database, damaged or may not be read.
  package init(path: String, origin: String? = nil, tabulating: Tabulating = .whereFit) throws {
    self.origin = origin ?? path
    self.tabulating = tabulating
    self.path = path
    connection = try SQLiteConnection(path: path)
    try refresh()
  }

  package func datasets() throws -> [DatasetSchema] {
    try refresh()
    return tables.map { DatasetSchema(name: $0.name, fields: $0.fields) }
  }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  {
    try refresh()
    let table = try table(dataset)
    if let unknown = names.first(where: { !table.fields.contains($0) }) {
      throw SourceProblem(.notFound, "\(dataset) in \(origin) has no column \(unknown)")
    }
    try connection.consistently { try table.read(names, through: connection, run: run) }
    return names.compactMap { table.held[$0] }
  }

  /// Rows that others write are noticed here, and not in the middle of a question.
  package func beginQuestion() { try? refresh() }

  package func edition(of dataset: String) -> Int { listings }

  package func values(of column: String, in dataset: String, run: any RunMonitor) throws
    -> Column?
  {
    try refresh()
    let table = try table(dataset)
    guard table.fields.contains(column), try isTooLarge([column], of: table, run: run) else {
      return nil
    }
    let dialect = SQLiteDialect()
    let cell = dialect.quoted(column) + " COLLATE BINARY"
    let first = table.order.map { "MIN(\($0))" } ?? "1"
    var counts: [Int] = []
    var codes: [[UInt8]: Int] = [:]
    var texts = Texts()
    for row in try connection.cells(
      """
      SELECT \(cell), COUNT(*) FROM \(dialect.quoted(dataset)) GROUP BY 1 ORDER BY \(first)
      """, run: run)
    {
      guard case .integer(let count) = row[1] else { continue }
      let text = SQLiteSource.written(row[0])
      let code = codes[Array(text.utf8), default: counts.count]
      if code == counts.count {
        codes[Array(text.utf8)] = code
        texts.append(text)
        counts.append(0)
      }
      counts[code] += Int(count)
    }
    return Column(codes: .bytes([]), texts: texts, counts: counts)
  }

  package func tabulate(_ question: Tabulation, run: any RunMonitor) throws -> SmallTable? {
    try refresh()
    let table = try table(question.dataset)
    switch tabulating {
    case .here: return nil
    case .inDatabase: break
    case .whereFit:
      let columns = LocalEngine.columnNames(of: question).filter { table.held[$0] == nil }
      guard try isTooLarge(columns, of: table, run: run) else { return nil }
    }
    return try connection.consistently {
      guard let statement = try statement(for: question, of: table, run: run) else { return nil }
      let rows = try connection.cellsWherePossible(
        statement.text, statement.bindings, run: run)
      return rows.map { statement.table(of: $0) }
    }
  }

  package func statement(for question: Tabulation) -> String? {
    guard let table = tables.first(where: { $0.name == question.dataset }) else { return nil }
    return try? statement(for: question, of: table, run: UnwatchedRun())?.description
  }

  package func report(of dataset: String) -> [String] { warnings(of: dataset) }

  package func warnings(of dataset: String) -> [String] {
    guard let table = tables.first(where: { $0.name == dataset }) else { return [] }
    var notes = hasChanged ? ["its data changed while it was open, and are read anew"] : []
    for field in table.fields {
      if let count = table.blobs[field], count > 0 {
        let rows = count == 1 ? "1 row" : "\(count) rows"
        notes.append("\(field) holds binary data in \(rows), which is read as missing")
      }
    }
    return notes
  }

  /// The digest of the file, and of the log beside it where there is one: `sha256sum` gives the
  /// same for a database without a log.
  package func fingerprint(of dataset: String) throws -> String {
    try refresh()
    _ = try table(dataset)
    if let digest { return digest }
    let found = "sha256:" + (try connection.digest())
    digest = found
    return found
  }

  // MARK: Tables

  private func table(_ name: String) throws -> SQLiteTable {
    if let table = tables.first(where: { $0.name == name }) { return table }
    let names = tables.map(\.name).joined(separator: ", ")
    throw SourceProblem(
      .notFound, "\(origin) has no table \(name)",
      help: names.isEmpty ? [] : ["its tables are \(names)"])
  }

  /// Reads the list of tables again where another program has changed the file, and forgets what
  /// was read of them.
  private func refresh() throws {
    if connection.isOutdated {
      connection = try SQLiteConnection(path: path)
      version = []
      hasChanged = true
    }
    let now = try connection.cells("PRAGMA data_version")
    guard now != version else { return }
    if !version.isEmpty { hasChanged = true }
    isUTF8 = try connection.cells("PRAGMA encoding") == [[.text("UTF-8")]]
    var found: [SQLiteTable] = []
    for row in try connection.cells(
      """
      SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' \
      AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
      ORDER BY name COLLATE BINARY
      """)
    {
      guard case .text(let name) = row[0] else { continue }
      // A view of a table that is gone has no columns that can be told.
      let columns =
        (try? connection.cells(
          "SELECT name, pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1", [.text(name)])) ?? []
      let fields = columns.map { SQLiteSource.written($0[0]) }
      var order: String?
      if row[1] == .text("table") {
        order =
          row[2] == .integer(1)
          ? SQLiteSource.keyOrder(columns) : SQLiteSource.rowName(besides: fields)
      }
      found.append(SQLiteTable(name: name, fields: fields, order: order))
    }
    tables = found
    listings += 1
    digest = nil
    version = now
  }

  /// The primary key of a table without row numbers.
  private static func keyOrder(_ columns: [[SQLCell]]) -> String? {
    let key = columns.compactMap { column -> (place: Int64, name: String)? in
      guard case .integer(let place) = column[1], place > 0 else { return nil }
      return (place, written(column[0]))
    }
    if key.isEmpty { return nil }
    return key.sorted { $0.place < $1.place }.map { SQLiteDialect().quoted($0.name) }
      .joined(separator: ", ")
  }

  /// A name for the row number that no column has taken.
  private static func rowName(besides fields: [String]) -> String? {
    let taken = Set(fields.map { $0.lowercased() })
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
  }

  private static func written(_ cell: SQLCell) -> String {
    switch cell {
    case .null: ""
    case .integer(let number): String(number)
    case .double(let number): SQLiteTable.written(number)
    case .text(let text): text
    }
  }

  // MARK: Pushing down

  private func isTooLarge(
    _ columns: some Collection<String>, of table: SQLiteTable, run: any RunMonitor
  ) throws -> Bool {
    if tabulating == .inDatabase { return true }
    if columns.isEmpty || tabulating == .here { return false }
    let rows = try table.rowCount(through: connection, run: run)
    return rows > SQLiteSource.cellsHeld / columns.count
  }

  private func statement(for question: Tabulation, of table: SQLiteTable, run: any RunMonitor)
    throws -> SQLStatement?
  {
    guard isUTF8 else { return nil }
    let catalogue = SQLiteCatalogue(table, connection, run: run) { [tables] name in
      tables.first { $0.name == name }
    }
    let writer = SQLWriter(SQLiteDialect(), catalogue)
    do {
      return try writer.statement(for: question)
    } catch is NotExact {
      return nil
    }
  }
}
