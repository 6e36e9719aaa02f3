internal import Engine
internal import SourceServer
internal import SourceWire

/// PostgreSQL, and what speaks its protocol.
///
/// Asked from one thread at a time, but for `cancel`; that, and not a lock, makes it sendable.
final class PostgresDatabase: ServedDatabase, @unchecked Sendable {
  static let name = "postgres"
  static let followsLinks = true
  static let tellsState = true

  private let connection: PostgresConnection
  private let settings: PostgresSettings
  private var tables: [PostgresTable] = []
  /// What was looked at, by dataset, and in which state of the server.
  private var looks: [String: (state: String, looks: PostgresLooks)] = [:]
  private var signs = TableSigns()

  let dialect: any SQLDialect = PostgresDialect()

  private init(_ connection: PostgresConnection, _ settings: PostgresSettings) {
    self.connection = connection
    self.settings = settings
  }

  static func connect(_ options: ServedOptions) throws -> PostgresDatabase {
    let settings = try PostgresSettings(options)
    let database = PostgresDatabase(try PostgresConnection(settings), settings)
    try database.readTables()
    return database
  }

  var isConnected: Bool { connection.isAlive }

  func cancel() { connection.cancel() }

  /// The server ends a question by itself; where it does not, it stands still.
  var patience: Int? { settings.timeout > 0 ? settings.timeout + PostgresDatabase.grace : nil }

  func giveUp() { connection.cut() }

  /// Seconds that the server has to say that it has given up.
  private static let grace = 5

  func datasets() throws -> [WireDataset] { tables.map(\.described) }

  private func readTables() throws {
    try said { tables = try PostgresTable.all(of: connection) }
  }

  /// Failures in the words of the person who asked.
  private func said<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let failure as PostgresFailure {
      throw failure.said(of: connection.place)
    }
  }

  func consistently<Result>(_ work: () throws -> Result) throws -> Result {
    try said { try PostgresDatabase.transaction.around(connection.run, work) }
  }

  private static let transaction = ServedTransaction(
    begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", end: "COMMIT", undo: "ROLLBACK")

  func state(of dataset: String) throws -> String? {
    let table = try tables.table(named: dataset)
    guard table.isStoredHere, connection.version >= 130_000 else { return nil }
    let found = try said { try table.signs(connection) }
    return found.flatMap {
      signs.state(of: dataset, changedByRows: $0.counts, sameWithRows: $0.snapshot)
    }
  }

  // MARK: Small tables

  func catalogue(of dataset: String) throws -> any SQLCatalogue {
    try catalogue(of: try tables.table(named: dataset))
  }

  func catalogue(for question: Tabulation) throws -> any SQLCatalogue {
    let catalogue = try catalogue(of: try tables.table(named: question.dataset))
    try catalogue.look(at: LocalEngine.columnNames(of: question))
    return catalogue
  }

  private func catalogue(of table: PostgresTable) throws -> PostgresCatalogue {
    PostgresCatalogue(
      data: table, zone: settings.zone, connection: connection, looks: try looks(of: table)
    ) { name in
      try self.tables.first { $0.name == name }.map { try self.catalogue(of: $0) }
    }
  }

  /// What was looked at is kept while no transaction has written anything to this server.
  private func looks(of table: PostgresTable) throws -> PostgresLooks {
    guard table.isStoredHere, connection.version >= 130_000,
      let state = try connection.cells("SELECT pg_current_snapshot()::text").first?[0].text
    else { return PostgresLooks() }
    if let known = looks[table.name], known.state == state { return known.looks }
    let fresh = PostgresLooks()
    looks[table.name] = (state, fresh)
    return fresh
  }

  func cells(of statement: SQLStatement) throws -> [[SQLCell]]? {
    do {
      return try connection.cells(statement.text, statement.bindings)
    } catch let failure as PostgresFailure where failure.isOfStatement {
      return nil
    }
  }

  // MARK: Rows

  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws {
    let table = try tables.table(named: dataset)
    let columns = try fields.map { try table.field(named: $0) }
    rows.total = table.rows
    let sent = columns.map { $0.sent(zone: settings.zone) }
    let order = table.key.map { PostgresDialect().quoted($0) }
    let query =
      "SELECT \(sent.joined(separator: ", ")) FROM \(table.quoted)"
      + (order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", "))
    try consistently {
      // In the order of the rows on disk, where there is no other.
      if order.isEmpty { try keepOrder() }
      try connection.copy(query) { row in
        for (index, column) in columns.enumerated() { rows.append(row, index, column) }
        try rows.endRow()
      }
    }
  }

  /// Rows come in one order every time, the parts of a table one after another.
  private func keepOrder() throws {
    try connection.run("SET LOCAL max_parallel_workers_per_gather = 0")
    if connection.version >= 140_000 { try connection.run("SET LOCAL enable_async_append = off") }
  }

  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws
    -> Bool
  {
    let table = try tables.table(named: dataset)
    let sent = try table.field(named: field).sent(zone: settings.zone)
    let tables = table.parts.isEmpty ? [table.quoted] : table.parts
    let selects = tables.map { "SELECT \(sent) AS v, count(*) AS n FROM \($0) GROUP BY 1" }
    let found = try consistently {
      try connection.cells(
        """
        SELECT v, sum(n)::int8 FROM (\(selects.joined(separator: "\nUNION ALL\n"))) AS parts
        GROUP BY 1 LIMIT \(limit + 1)
        """)
    }
    guard found.count <= limit else { return false }
    for row in found.sorted(by: { $0[0].bytes.lexicographicallyPrecedes($1[0].bytes) }) {
      switch row[0] {
      case .null: rows.appendMissing()
      case .integer(let number): rows.append(number)
      case .text(let text): rows.append(text)
      case .double(let number): rows.append(number)
      }
      rows.append(row[1].number ?? 0)
      try rows.endRow()
    }
    return true
  }
}

extension ServedRows {
  fileprivate func append(_ row: PostgresRow, _ index: Int, _ column: PostgresColumn) {
    if column.isInteger {
      if let number = row.integer(index) { append(number) } else { appendMissing() }
    } else if let bytes = row.cell(index) {
      append(text: bytes)
    } else {
      appendMissing()
    }
  }
}

extension SQLCell {
  /// Its text, for a steady order.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .null: []
    case .integer(let number): Array(String(number).utf8)
    case .double(let number): Array(number.description.utf8)
    case .text(let text): Array(text.utf8)
    }
  }
}
