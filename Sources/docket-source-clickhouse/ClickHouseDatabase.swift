internal import Columns
internal import Engine
internal import Glibc
internal import SourceServer
internal import SourceWire

/// The tables of one database of a ClickHouse server, asked over HTTP; where they are distributed, a
/// question runs on the servers of the cluster and their groups come together at the one that is asked.
final class ClickHouseDatabase: ServedDatabase, @unchecked Sendable {
  static var name: String { "clickhouse" }
  static var tellsState: Bool { true }
  static var followsLinks: Bool { true }

  let dialect: any SQLDialect
  private let clickHouse: ClickHouseDialect
  private let server: ServerConversation
  private let address: ServerAddress
  private var tables: [String: ServerTable] = [:]
  private var numbersChanges: Bool?
  private var signs = TableSigns()
  /// The tables that the work in `consistently` is about.
  private var touched: [String] = []

  /// More groups than this are no small table.
  private static let mostGroups = 1_000_000
  /// Rows of a table that are sent in an order: that of all of its columns, since servers keep none.
  private static let mostSorted = 5_000_000
  /// Bytes of a statement that every server reads.
  private static let longest = 250_000

  static func connect(_ options: ServedOptions) throws -> Self {
    var address = try ServerAddress(options.url)
    if let user = options["user"] { address.user = user }
    if address.user.isEmpty, let user = getenv("CLICKHOUSE_USER") {
      address.user = String(cString: user)
    }
    if let password = options["password"] {
      address.password = password
    } else if address.password.isEmpty, let password = getenv("CLICKHOUSE_PASSWORD") {
      address.password = String(cString: password)
    }
    if let file = address.certificates, !file.hasPrefix("/"), let directory = options["directory"] {
      address.certificates = "\(directory)/\(file)"
    }
    return try Self(address)
  }

  private init(_ address: ServerAddress) throws {
    self.address = address
    server = try ServerConversation(address)
    clickHouse = ClickHouseDialect(zone: server.zone, zeroIsNoDay: server.zeroIsNoDay)
    dialect = clickHouse
    try refresh()
  }

  /// Each question stands alone, so that a server that is back is asked as before.
  var isConnected: Bool { true }

  func cancel() { server.stop() }

  func datasets() throws -> [WireDataset] {
    try refresh()
    return try tables.values.sorted { $0.name < $1.name }.map { table in
      let left = table.columns.filter { $0.type.wire == nil }.map(\.name)
      var card: [WireJSON.Member] = [
        .init("source", .text("\(table.name), ClickHouse \(server.version) at \(address.place)"))
      ]
      if !left.isEmpty {
        card.append(.init("coding", .text("not shown: \(left.joined(separator: ", "))")))
      }
      let rows = try rowCount(of: table)
      table.isSorted = rows.map { $0 <= ClickHouseDatabase.mostSorted } ?? false
      return WireDataset(
        name: table.name, fields: table.fields, card: card, rows: rows,
        isOrdered: table.isSorted)
    }
  }

  // MARK: Tables

  /// Lists the tables. One that lies behind a distributed table here is left out: it holds a part of
  /// the rows, and nobody should take it for all of them.
  private func refresh() throws {
    let found = try server.ask(
      """
      SELECT name, engine, engine_full FROM system.tables \
      WHERE database = currentDatabase() AND NOT is_temporary AND name NOT LIKE '.inner%' \
      AND engine NOT IN ('Kafka', 'RabbitMQ', 'NATS', 'FileLog', 'S3Queue', 'AzureQueue', 'Null', 'Set', 'Join')
      """)
    var kinds: [String: ServerTable.Kind] = [:]
    var behind: Set<String> = []
    for row in found {
      guard case .text(let name) = row[0], case .text(let engine) = row[1],
        case .text(let full) = row[2]
      else { continue }
      if engine == "Distributed" {
        kinds[name] = .distributed
        let target = ClickHouseDatabase.target(ofDistributed: full)
        if let target, target.database == server.database { behind.insert(target.table) }
      } else if engine.hasSuffix("MergeTree") {
        kinds[name] = .parts
      } else if engine.hasSuffix("View") {
        kinds[name] = .view
      }
    }
    let columns = try columns()
    var tables: [String: ServerTable] = [:]
    for case .text(let name)? in found.map(\.first) where columns[name] != nil {
      let isAsked = address.tables.isEmpty ? !behind.contains(name) : address.tables.contains(name)
      guard isAsked else { continue }
      let quoted = "\(clickHouse.quoted(server.database)).\(clickHouse.quoted(name))"
      let table = ServerTable(
        name: name, quoted: quoted, kind: kinds[name] ?? .other, columns: columns[name] ?? [])
      let known = self.tables[name]
      tables[name] = known?.columns == table.columns && known?.kind == table.kind ? known : table
    }
    if let absent = address.tables.first(where: { tables[$0] == nil }) {
      throw WireError(
        .notFound, "\(server.database) at \(address.place) has no table \(absent)",
        hint: "its tables are "
          + found.compactMap(\.first?.text).filter { !behind.contains($0) }.sorted()
          .joined(separator: ", "))
    }
    self.tables = tables
  }

  private func columns() throws -> [String: [ServerTable.Column]] {
    var columns: [String: [ServerTable.Column]] = [:]
    for row in try server.ask(
      """
      SELECT table, name, type, comment FROM system.columns \
      WHERE database = currentDatabase() AND default_kind <> 'EPHEMERAL'
      """)
    {
      guard case .text(let table) = row[0], case .text(let name) = row[1],
        case .text(let type) = row[2]
      else { continue }
      columns[table, default: []].append(
        ServerTable.Column(name: name, written: type, comment: row[3].text ?? ""))
    }
    return columns
  }

  /// Reads `Distributed(office, default, cases_local, rand())`; names may be in quotes.
  private static func target(ofDistributed full: String) -> (database: String, table: String)? {
    guard let open = full.firstIndex(of: "("), let close = full.lastIndex(of: ")") else {
      return nil
    }
    let words = full[full.index(after: open)..<close].split(separator: ",").map {
      String($0.drop { $0 == " " }).filter { $0 != "'" && $0 != "`" && $0 != "\\" }
    }
    guard words.count >= 3 else { return nil }
    return (words[1], words[2])
  }

  private func table(_ name: String) throws -> ServerTable {
    if let table = tables[name] { return table }
    let names = tables.keys.sorted().joined(separator: ", ")
    throw WireError(
      .notFound, "\(address.place) has no table \(name)",
      hint: names.isEmpty ? nil : "its tables are \(names)")
  }

  /// Nothing for a view, of which nobody knows what it costs to count it.
  private func rowCount(of table: ServerTable) throws -> Int? {
    if table.kind == .view { return nil }
    guard
      case .integer(let count)? = try server.ask("SELECT count() FROM \(table.quoted)").first?[0]
    else { return nil }
    return Int(count)
  }

  func state(of dataset: String) throws -> String? {
    let table = try table(dataset)
    let state = try state(of: table)
    if table.findings.isEmpty { table.state = state }
    guard let state, table.kind == .distributed else { return state }
    // Parts that are put together are others, with the same rows.
    let count = String(state.prefix { $0 != " " })
    return signs.state(of: dataset, changedByRows: count, sameWithRows: state)
  }

  /// What is the same only while the rows are; nothing where that can't be told without reading them: of
  /// views, of tables in other kinds of storage, and of distributed tables before such.
  private func state(of table: ServerTable) throws -> String? {
    switch table.kind {
    case .parts: try state(ofParts: table)
    // Parts never change: where rows do, there are others, or others of one name.
    case .distributed:
      try told(
        """
        SELECT sum(n), sum(cityHash64(p, n)) \
        FROM (SELECT _part AS p, count() AS n FROM \(table.quoted) GROUP BY p)
        """)
    case .view, .other: nil
    }
  }

  /// How many rows each partition has, and the last of the blocks that were written and changed in it:
  /// merges leave them as they are.
  private func state(ofParts table: ServerTable) throws -> String? {
    let version = try hasChanges() ? "max(data_version)" : "toInt64(0)"
    return try told(
      """
      SELECT sum(r), sum(cityHash64(p, b, v, r)) FROM (SELECT partition AS p, \
      max(max_block_number) AS b, \(version) AS v, sum(rows) AS r FROM system.parts WHERE active \
      AND database = currentDatabase() AND table = \(clickHouse.literal(.text(table.name)) ?? "") \
      GROUP BY p)
      """)
  }

  /// The one row of a statement that the server may refuse, as text.
  private func told(_ statement: String) throws -> String? {
    do {
      return try server.ask(statement).first.map { row in
        row.map { "\($0)" }.joined(separator: " ")
      }
    } catch let error as WireError where ![.network, .timeout, .cancelled].contains(error.code) {
      return nil
    }
  }

  /// Whether the server numbers what changed rows that are there.
  private func hasChanges() throws -> Bool {
    if let known = numbersChanges { return known }
    let found = try server.ask(
      """
      SELECT count() FROM system.columns \
      WHERE database = 'system' AND table = 'parts' AND name = 'data_version'
      """)
    let isKnown = found == [[.integer(1)]]
    numbersChanges = isKnown
    return isKnown
  }

  // MARK: Questions

  /// There are no transactions: what was found out about the cells is looked at again where the table
  /// changed while it was asked, and the work is done again where it turns out otherwise.
  func consistently<Result>(_ work: () throws -> Result) throws -> Result {
    for _ in 0..<3 {
      touched = []
      let result = try work()
      if try touched.allSatisfy({ try isAsBefore(try table($0)) }) { return result }
    }
    throw WireError(
      .data, "the table at \(address.place) changes faster than it can be asked",
      hint: "ask again when less is written to it")
  }

  private func isAsBefore(_ table: ServerTable) throws -> Bool {
    let state = try state(of: table)
    if state != nil, state == table.state { return true }
    let before = table.findings
    table.forget()
    table.state = state
    let catalogue = self.catalogue(of: table)
    for look in before.keys {
      switch look {
      case .storage(let column): _ = try catalogue.storage(of: column)
      case .shape(let shape, let column, let exceptions):
        _ = try catalogue.has(shape, column: column, except: exceptions)
      case .repeats(let value):
        _ = try table.finding(look) { .repeats(try catalogue.isRepeated(value)) }
      }
    }
    return table.findings == before
  }

  func catalogue(of dataset: String) throws -> any SQLCatalogue {
    let table = try table(dataset)
    try checkColumns(of: table)
    touched.append(dataset)
    if table.state == nil { table.state = try state(of: table) }
    return catalogue(of: table)
  }

  private func catalogue(of table: ServerTable) -> ServerCatalogue {
    ServerCatalogue(data: table, dialect: clickHouse) { statement in
      try self.server.ask(statement)
    } other: { name in
      guard let other = self.tables[name] else { return nil }
      try self.checkColumns(of: other)
      self.touched.append(name)
      if other.state == nil { other.state = try self.state(of: other) }
      return self.catalogue(of: other)
    }
  }

  /// What was opened is what is asked: a column that is gone, or is of another type, is told.
  private func checkColumns(of table: ServerTable) throws {
    let now = try columns()[table.name]
    if now == table.columns { return }
    throw WireError(
      now == nil ? .notFound : .data,
      now == nil
        ? "the table \(table.name) at \(address.place) is gone"
        : "the columns of \(table.name) at \(address.place) have changed since it was opened",
      hint: "open the source again")
  }

  func cells(of statement: SQLStatement) throws -> [[SQLCell]]? {
    guard statement.text.utf8.count <= ClickHouseDatabase.longest else { return nil }
    do {
      return try server.rows(of: statement.text, limit: ClickHouseDatabase.mostGroups)
    } catch let failure as ServerFailure where failure.isOfStatement {
      // The rows are read instead; the log says why.
      let line = Array("not worked out: \(failure.message)\n\(statement.text)\n".utf8)
      _ = write(2, line, line.count)
      return nil
    } catch let failure as ServerFailure {
      throw failure.error(at: address)
    }
  }

  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws {
    let table = try table(dataset)
    try checkColumns(of: table)
    let columns = try fields.map { try column($0, of: table) }
    rows.total = try rowCount(of: table)
    let mark = "."
    let selected = columns.map { table.expression(of: $0, clickHouse).text(in: clickHouse) }
    let list = (selected + ["'\(mark)'"]).joined(separator: ", ")
    let cells = columns.map { CellText(type: $0.type, name: $0.name) }
    let order = table.isSorted ? " ORDER BY \(table.order(clickHouse))" : ""
    try server.stream("SELECT \(list) FROM \(table.quoted)\(order)", mark: mark) { row in
      for (cell, text) in zip(cells, row) { cell.append(text, to: rows) }
      try rows.endRow()
    }
    for cell in cells { cell.warn(rows) }
  }

  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws -> Bool
  {
    let table = try table(dataset)
    try checkColumns(of: table)
    let column = try column(field, of: table)
    let selected = table.expression(of: column, clickHouse).text(in: clickHouse)
    let cell = CellText(type: column.type, name: column.name)
    var found: [(text: [UInt8]?, count: Int64)] = []
    try server.stream(
      """
      SELECT \(selected), count() FROM \(table.quoted) GROUP BY \(selected) \
      HAVING count() > 0 LIMIT \(limit + 1)
      """
    ) { row in
      let count = row[1].flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
      found.append((row[0].map { Array($0) }, count))
    }
    guard found.count <= limit else { return false }
    for value in found {
      if let text = value.text {
        text.withUnsafeBufferPointer { cell.append($0, to: rows) }
      } else {
        rows.appendMissing()
      }
      rows.append(value.count)
      try rows.endRow()
    }
    cell.warn(rows)
    return true
  }

  private func column(_ name: String, of table: ServerTable) throws -> ServerTable.Column {
    guard let column = table.column(name), column.type.wire != nil else {
      throw WireError(.notFound, "\(table.name) at \(address.place) has no column \(name)")
    }
    return column
  }
}

extension SQLCell {
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
