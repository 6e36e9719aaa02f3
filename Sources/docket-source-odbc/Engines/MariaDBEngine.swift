internal import Columns
internal import Engine
internal import SourceServer
internal import SourceWire

/// MariaDB from 10.2 and MySQL from 8.0.17.
struct MariaDBEngine: ODBCEngine {
  let isMySQL: Bool

  var dialect: any SQLDialect { MariaDBDialect(isMySQL: isMySQL) }

  var transaction: ServedTransaction? {
    ServedTransaction(
      begin: "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", end: "COMMIT",
      undo: "ROLLBACK")
  }

  /// Seconds to wait for a table that another program has locked: by default it is a day and more.
  private static let patienceWithLocks = 10

  func begin(_ connection: ODBCConnection) throws {
    try connection.run(
      "SET SESSION sql_mode = 'NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_UNSIGNED_SUBTRACTION'")
    try connection.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try connection.run("SET SESSION lock_wait_timeout = \(MariaDBEngine.patienceWithLocks)")
    // MySQL shows what it knew of a table a day ago.
    if isMySQL { try connection.run("SET SESSION information_schema_stats_expiry = 0") }
    guard try connection.cells("SELECT DATABASE()", widths: [260]) != [[.null]] else {
      throw WireError(
        .notFound, "the connection names no database",
        hint: "add it to the connection: odbc:DSN=…;Database=office")
    }
  }

  func length(of sent: String) -> String { "CHAR_LENGTH(\(sent))" }

  func tables(_ connection: ODBCConnection) throws -> [ODBCTable] {
    let dialect = MariaDBDialect(isMySQL: isMySQL)
    var columns: [String: [MariaDBColumn]] = [:]
    for row in try connection.cells(
      """
      SELECT table_name, column_name, data_type, column_type, numeric_precision, numeric_scale, \
      character_maximum_length, column_key, extra FROM information_schema.columns \
      WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position
      """, widths: [260, 260, 260, nil, 48, 48, 48, 16, 160])
    {
      let texts = row.map(\.written)
      guard let table = texts[0], let name = texts[1], let type = texts[2] else { continue }
      columns[table, default: []].append(
        MariaDBColumn(
          name: name, type: type.lowercased(), declared: (texts[3] ?? "").lowercased(),
          precision: texts[4].flatMap { Int($0) }, scale: texts[5].flatMap { Int($0) },
          length: texts[6].flatMap { Int($0) }, isKey: texts[7] == "PRI",
          isHidden: texts[8]?.uppercased().contains("INVISIBLE") ?? false, dialect: dialect))
    }
    return try connection.cells(
      """
      SELECT table_name, table_rows FROM information_schema.tables \
      WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW') \
      ORDER BY table_name
      """, widths: [260, 48]
    ).compactMap { row in
      guard let name = row[0].written, let columns = columns[name] else { return nil }
      let key = columns.filter(\.isKey).map { dialect.quoted($0.name) }
      return ODBCTable(
        name: name, relation: dialect.quoted(name),
        fields: columns.filter { !$0.isHidden }.map(\.field),
        order: key.isEmpty ? nil : key.joined(separator: ", "),
        rows: row[1].written.flatMap { Int($0) })
    }
  }

  /// When a table was written to last and made, to the second, and the number its next row gets.
  ///
  /// Nothing within two seconds of the last change, for another may come in the same second; nor where
  /// no time is known: a server that was started anew has forgotten it, and some kinds of storage never
  /// know it.
  func state(of table: ODBCTable, _ connection: ODBCConnection) throws -> String? {
    let found = try connection.cells(
      """
      SELECT CAST(update_time AS CHAR), CAST(create_time AS CHAR), CAST(auto_increment AS CHAR) \
      FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ? \
      AND table_type = 'BASE TABLE' AND update_time < NOW() - INTERVAL 2 SECOND
      """, [.text(table.name)], widths: [80, 80, 80])
    return found.first.map { row in row.map { $0.written ?? "" }.joined(separator: " ") }
  }

  func catalogue(of table: ODBCTable, among tables: [ODBCTable], _ connection: ODBCConnection)
    -> any SQLCatalogue
  {
    MariaDBCatalogue(
      data: table, tables: tables, connection: connection,
      dialect: MariaDBDialect(isMySQL: isMySQL))
  }
}

/// A column by its type (MariaDB's documentation, "Data types").
struct MariaDBColumn: Sendable {
  enum Kind: Hashable {
    /// Whole numbers of a range, or such that may go beyond 64 bits with a sign.
    case integer(ClosedRange<Int64>)
    case unsigned
    case decimal(precision: Int, scale: Int)
    case real
    case date
    case moment
    case text
    /// Anything else, as the server writes it.
    case other
    case binary
  }

  let name: String
  let kind: Kind
  let isKey: Bool
  /// Whether it is left out where all columns are asked for.
  let isHidden: Bool
  private let length: ODBCField.Length
  private let dialect: MariaDBDialect

  init(
    name: String, type: String, declared: String, precision: Int?, scale: Int?, length: Int?,
    isKey: Bool, isHidden: Bool, dialect: MariaDBDialect
  ) {
    self.name = name
    self.isKey = isKey
    self.isHidden = isHidden
    self.dialect = dialect
    kind = MariaDBColumn.kind(
      type, isUnsigned: declared.contains("unsigned"), precision: precision ?? 65,
      scale: scale ?? 0)
    self.length =
      kind == .text ? length.flatMap { $0 <= 1000 ? .most($0) : nil } ?? .measured : .most(80)
  }

  private static func kind(_ type: String, isUnsigned: Bool, precision: Int, scale: Int) -> Kind {
    func integer(_ bits: Int64) -> Kind {
      .integer(isUnsigned ? 0...(1 << bits) - 1 : -(1 << (bits - 1))...(1 << (bits - 1)) - 1)
    }
    switch type {
    case "tinyint": return integer(8)
    case "smallint": return integer(16)
    case "mediumint": return integer(24)
    case "int", "integer": return integer(32)
    case "bigint": return isUnsigned ? .unsigned : .integer(Int64.min...Int64.max)
    case "year": return .integer(0...2155)
    case "decimal", "numeric": return .decimal(precision: precision, scale: scale)
    case "float", "double", "real": return .real
    case "date": return .date
    case "datetime", "timestamp": return .moment
    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json":
      return .text
    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit": return .binary
    default: return .other
    }
  }

  // MARK: Reading

  private var quoted: String { dialect.quoted(name) }

  /// The column as the writer of SQL takes it. A date whose day, month or year is 0 is none.
  var stored: String {
    switch kind {
    case .unsigned: "CAST(\(quoted) AS SIGNED)"
    case .date: "(CASE WHEN \(isWhole) THEN CAST(\(quoted) AS DATE) END)"
    case .moment: "(CASE WHEN \(isWhole) THEN \(quoted) END)"
    case .other: "CAST(\(quoted) AS CHAR)"
    case .integer, .decimal, .real, .text, .binary: quoted
    }
  }

  private var isWhole: String {
    "DAYOFMONTH(\(quoted)) > 0 AND MONTH(\(quoted)) > 0 AND YEAR(\(quoted)) > 0"
  }

  /// How a scan sends it.
  var field: ODBCField {
    var field = ODBCField(name: name, type: type, sent: sent)
    field.length = length
    field.detail = self
    switch kind {
    case .decimal: field.form = .decimal
    case .binary: field.form = .binary
    default: break
    }
    return field
  }

  private var sent: String {
    switch kind {
    case .binary: "NULL"
    case .unsigned: "CAST(\(quoted) AS CHAR)"
    case .moment: "DATE_FORMAT(\(stored), '%Y-%m-%d %H:%i:%s')"
    case .date: "DATE_FORMAT(\(stored), '%Y-%m-%d')"
    // Grouped by its bytes where it is counted by value.
    case .text: bytewise
    case .integer, .decimal, .real, .other: stored
    }
  }

  private var type: WireType {
    switch kind {
    case .integer, .unsigned: .integer
    case .decimal: .decimal
    case .real: .real
    case .date: .date
    case .moment: .datetime
    case .text: .category
    case .other, .binary: .text
    }
  }

  /// The text compared by its bytes.
  var bytewise: String {
    "CONVERT(\(stored) USING utf8mb4) COLLATE " + dialect.collationName
  }
}

/// What a table's types say of its columns, and its cells where they do not; looked at within the
/// transaction of the question, so that it is true for it.
private struct MariaDBCatalogue: SQLCatalogue {
  let data: ODBCTable
  let tables: [ODBCTable]
  let connection: ODBCConnection
  let dialect: MariaDBDialect

  var table: String { data.relation }

  private var columns: [MariaDBColumn] {
    data.fields.compactMap { $0.detail as? MariaDBColumn }
  }

  func linked(_ dataset: String) -> (any SQLCatalogue)? {
    tables.first { $0.name == dataset }.map {
      MariaDBCatalogue(data: $0, tables: tables, connection: connection, dialect: dialect)
    }
  }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let asked = repeats(of: value, in: dialect)
    return try connection.cells(asked.text, asked.bindings).isEmpty
  }

  /// The most texts that are looked at one by one.
  private static let limit = 10_000

  func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment {
    let known = columns.first { $0.name == column }
    return SQLFragment(quoted: known?.stored ?? dialect.quoted(column))
  }

  func storage(of column: String) throws -> SQLStorage? {
    guard let column = columns.first(where: { $0.name == column }) else { return nil }
    switch column.kind {
    case .integer(let range) where range.lowerBound > Int64.min: return .integer(range)
    case .decimal(let precision, let scale) where precision <= 18:
      let most = Int64(Decimal.power(precision)) - 1
      return .decimal(scale: scale, -most...most)
    case .integer, .unsigned: return try lookAtNumbers(column, scale: nil)
    case .decimal(_, let scale): return try lookAtNumbers(column, scale: scale)
    case .date: return .day
    case .moment: return .moment
    case .text, .other: return try lookAtTexts(column)
    case .real, .binary: return nil
    }
  }

  private func lookAtNumbers(_ column: MariaDBColumn, scale: Int?) throws -> SQLStorage? {
    let name = dialect.quoted(column.name)
    let found = try connection.cells(
      "SELECT CAST(MIN(\(name)) AS CHAR), CAST(MAX(\(name)) AS CHAR) FROM \(table)",
      widths: [160, 160])
    let bounds = (found.first ?? []).map { $0.written.flatMap { Decimal(plain: $0) } }
    if found.first?.first == .null { return .empty }
    guard bounds.count == 2, let least = bounds[0], let greatest = bounds[1] else { return nil }
    let digits = scale ?? 0
    guard digits <= 18, max(least.scale, greatest.scale) <= digits,
      let lower = Int64(exactly: least.units(atScale: digits)),
      let upper = Int64(exactly: greatest.units(atScale: digits)), lower > .min
    else { return nil }
    return scale.map { .decimal(scale: $0, lower...upper) } ?? .integer(lower...upper)
  }

  private func lookAtTexts(_ column: MariaDBColumn) throws -> SQLStorage? {
    let found = try connection.cells(
      """
      SELECT DISTINCT \(column.bytewise) FROM \(table) \
      WHERE LENGTH(\(column.bytewise)) <> CHAR_LENGTH(\(column.bytewise)) \
      LIMIT \(MariaDBCatalogue.limit + 1)
      """)
    guard found.count <= MariaDBCatalogue.limit,
      found.allSatisfy({ $0[0].written?.isComposed ?? true })
    else { return nil }
    return .text(isASCII: found.isEmpty)
  }

  func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws -> Bool {
    guard let column = columns.first(where: { $0.name == column }), column.kind == .text else {
      return false
    }
    let cell = column.bytewise
    let fits =
      switch shape {
      case .date:
        "DATE_FORMAT(CAST(\(cell) AS DATE), '%Y-%m-%d') = \(cell) AND \(cell) >= '0001-01-01'"
      case .moment(let separator):
        "DATE_FORMAT(CAST(\(cell) AS DATETIME), '%Y-%m-%d\(separator)%H:%i:%s') = \(cell) "
          + "AND \(cell) >= '0001-01-01'"
      case .integer:
        "CAST(CAST(\(cell) AS SIGNED) AS CHAR) = \(cell) AND LENGTH(\(cell)) <= 15"
      }
    let places = exceptions.map { _ in "?" }.joined(separator: ", ")
    let found = try connection.cells(
      """
      SELECT COUNT(*) FROM \(table) WHERE \(column.stored) IS NOT NULL \
      AND \(cell) NOT IN (\(places)) AND COALESCE(\(fits), 0) = 0
      """, exceptions.map { .text($0) })
    return found.first?.first?.written == "0"
  }
}
