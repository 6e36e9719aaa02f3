internal import Columns
internal import Engine
internal import SourceServer
internal import SourceWire

/// DuckDB from 1.2, over its own files or Parquet.
struct DuckDBEngine: ADBCEngine {
  private let files: DuckDBFiles
  private let looks = DuckDBLooks()

  init(_ files: DuckDBFiles) {
    self.files = files
  }

  var dialect: any SQLDialect { DuckDBDialect() }

  var transaction: ServedTransaction? {
    ServedTransaction(begin: "BEGIN TRANSACTION READ ONLY", end: "COMMIT", undo: "ROLLBACK")
  }

  var state: String? { files.state }

  var fingerprint: String? { looks.fingerprint(of: files) }

  func tables(_ connection: ADBCConnection) throws -> [ADBCTable] {
    switch files.content {
    case .parquet:
      let (name, relation) = files.parquet
      let columns = try columns(of: relation, connection)
      let counted = try connection.cells("SELECT COUNT(*) FROM \(relation)")
      return [
        ADBCTable(
          name: name, relation: relation, fields: columns.map(\.field), isOrdered: true,
          rows: counted.first?.first?.written.flatMap { Int($0) },
          fingerprint: fingerprint)
      ]
    case .database:
      let dialect = DuckDBDialect()
      let digest = fingerprint
      let found = try connection.texts(
        """
        SELECT schema_name, table_name, 'table', estimated_size FROM duckdb_tables() \
        WHERE NOT internal AND database_name = current_database() \
        UNION ALL SELECT schema_name, view_name, 'view', NULL FROM duckdb_views() \
        WHERE NOT internal AND database_name = current_database() ORDER BY 1, 2
        """)
      return found.compactMap { row in
        guard let schema = row[0], let name = row[1] else { return nil }
        let relation = dialect.quoted(schema) + "." + dialect.quoted(name)
        // A view of a table that is gone has no columns that can be told.
        guard let columns = try? columns(of: relation, connection) else { return nil }
        return ADBCTable(
          name: schema == "main" ? name : schema + "." + name, relation: relation,
          fields: columns.map(\.field), isOrdered: row[2] == "table",
          rows: row[3].flatMap { Int($0) }, fingerprint: digest)
      }
    }
  }

  private func columns(of relation: String, _ connection: ADBCConnection) throws -> [DuckDBColumn] {
    try connection.texts(
      "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(relation))"
    )
    .compactMap { row in
      guard let name = row[0], let type = row[1] else { return nil }
      return DuckDBColumn(name: name, type: type)
    }
  }

  func catalogue(of table: ADBCTable, among tables: [ADBCTable], _ connection: ADBCConnection)
    -> any SQLCatalogue
  {
    looks.keep(files.state)
    return DuckDBCatalogue(data: table, tables: tables, connection: connection, looks: looks)
  }

  // MARK: Failures

  func isOfStatement(_ failure: ADBCFailure) -> Bool {
    failure.message.contains("Out of Range Error") || failure.message.contains("Conversion Error")
      || failure.message.contains("Max expression depth")
  }

  func said(_ failure: ADBCFailure, of place: String) -> WireError {
    let message = failure.message
    func has(_ words: String...) -> Bool { words.contains { message.contains($0) } }
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
    let text = "\(place): \(line)"
    if has("INTERRUPT", "Interrupted") { return WireError(.cancelled, text) }
    if has(
      "No magic bytes", "not a valid DuckDB", "TProtocol", "Invalid thrift", "corrupt", "Corrupt")
      || has("too small to be a Parquet", "Snappy", "ZSTD", "GZIP", "decompress", "out of buffer")
    {
      return WireError(
        .data, text, hint: "the file is damaged or is none of this kind: fetch it again")
    }
    if has("version number") {
      return WireError(.data, text, hint: "a newer driver of DuckDB can read it")
    }
    if has("Could not set lock") {
      return WireError(
        .timeout, text, hint: "another program has it open to write: close it there, or open a copy"
      )
    }
    if files.isGone {
      return WireError(.notFound, "\(place) is not there any more", hint: "open it again")
    }
    if has(
      "No files found", "No such file", "does not exist", "not found in FROM", "Cannot open file")
    {
      return WireError(.notFound, text, hint: "the files have changed: open them again")
    }
    if has("Permission") {
      return WireError(.auth, text, hint: "look at the permissions of the file")
    }
    if has("HTTP", "Connection", "Could not establish") {
      return WireError(
        .network, text, hint: "look whether the address can be reached, and ask again")
    }
    if has("Out of Memory") {
      return WireError(.internal, text, hint: "ask about fewer rows or fields")
    }
    return failure.said(of: place)
  }
}

/// What was found by looking at the cells, kept while the files are the same.
final class DuckDBLooks: @unchecked Sendable {
  struct Shape: Hashable {
    let table: String
    let shape: SQLTextShape
    let column: String
    let exceptions: [String]
  }

  struct Place: Hashable {
    let table: String
    let column: String
  }

  private var state: String?
  private var digest: (state: String, fingerprint: String?)?
  /// A column that is not stored in one way has nothing.
  var storage: [Place: SQLStorage?] = [:]
  var shapes: [Shape: Bool] = [:]

  /// The digest of the file, which is read again only where it is another.
  func fingerprint(of files: DuckDBFiles) -> String? {
    guard let state = files.appearance else { return nil }
    if let digest, digest.state == state { return digest.fingerprint }
    let found = files.fingerprint
    digest = (state, found)
    return found
  }

  /// Forgets what was found where the files are others, or it can't be told.
  func keep(_ now: String?) {
    if now == nil || now != state {
      storage = [:]
      shapes = [:]
    }
    state = now
  }
}

/// What a table's types say of its columns, and its cells where they do not.
private struct DuckDBCatalogue: SQLCatalogue {
  let data: ADBCTable
  let tables: [ADBCTable]
  let connection: ADBCConnection
  let looks: DuckDBLooks

  /// The most texts that are looked at one by one.
  private static let limit = 10_000

  var table: String { data.relation }

  private var columns: [DuckDBColumn] { data.fields.compactMap { $0.detail as? DuckDBColumn } }

  func linked(_ dataset: String) -> (any SQLCatalogue)? {
    tables.first { $0.name == dataset }.map {
      DuckDBCatalogue(data: $0, tables: tables, connection: connection, looks: looks)
    }
  }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let asked = repeats(of: value, in: dialect)
    return try connection.cells(asked.text, asked.bindings).isEmpty
  }

  func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment {
    let known = columns.first { $0.name == column }
    return SQLFragment(quoted: known?.stored ?? dialect.quoted(column))
  }

  func storage(of name: String) throws -> SQLStorage? {
    guard let column = columns.first(where: { $0.name == name }) else { return nil }
    let place = DuckDBLooks.Place(table: data.name, column: name)
    if let known = looks.storage[place] { return known }
    let found = try look(at: column)
    looks.storage[place] = .some(found)
    return found
  }

  private func look(at column: DuckDBColumn) throws -> SQLStorage? {
    switch column.kind {
    case .integer, .wideInteger: return try lookAtNumbers(column, scale: 0).map { .integer($0) }
    case .decimal(let scale):
      return try lookAtNumbers(column, scale: scale).map { .decimal(scale: scale, $0) }
    case .boolean, .uuid: return .text(isASCII: true)
    case .date: return .day
    case .moment, .zonedMoment: return .moment
    case .text, .other: return try lookAtTexts(column)
    // Doubles would add up differently in another order of rows.
    case .real, .binary: return nil
    }
  }

  private func lookAtNumbers(_ column: DuckDBColumn, scale: Int) throws -> ClosedRange<Int64>? {
    let name = DuckDBDialect().quoted(column.name)
    let row = try connection.texts(
      "SELECT CAST(MIN(\(name)) AS VARCHAR), CAST(MAX(\(name)) AS VARCHAR) FROM \(table)")
    guard let found = row.first, found.count == 2 else { return nil }
    guard let first = found[0], let last = found[1] else { return 0...0 }
    guard let least = Decimal(plain: first), let greatest = Decimal(plain: last), scale <= 18,
      let lower = Int64(exactly: least.units(atScale: scale)),
      let upper = Int64(exactly: greatest.units(atScale: scale)), lower > .min, lower <= upper
    else { return nil }
    return lower...upper
  }

  private func lookAtTexts(_ column: DuckDBColumn) throws -> SQLStorage? {
    let found = try connection.texts(
      """
      SELECT DISTINCT (\(column.stored) COLLATE C) FROM \(table) \
      WHERE strlen(\(column.stored)) <> length(\(column.stored)) \
      LIMIT \(DuckDBCatalogue.limit + 1)
      """)
    guard found.count <= DuckDBCatalogue.limit,
      found.allSatisfy({ $0[0]?.isComposed ?? true })
    else { return nil }
    return .text(isASCII: found.isEmpty)
  }

  func has(_ shape: SQLTextShape, column name: String, except exceptions: [String]) throws -> Bool {
    guard let column = columns.first(where: { $0.name == name }), column.kind == .text else {
      return false
    }
    let asked = DuckDBLooks.Shape(
      table: data.name, shape: shape, column: name, exceptions: exceptions)
    if let known = looks.shapes[asked] { return known }
    let cell = "(\(column.stored) COLLATE C)"
    let fits =
      switch shape {
      case .date:
        "strftime(TRY_CAST(\(cell) AS DATE), '%Y-%m-%d') = \(cell) AND length(\(cell)) = 10 "
          + "AND \(cell) >= '0001-01-01'"
      case .moment(let separator):
        "strftime(TRY_CAST(\(cell) AS TIMESTAMP), '%Y-%m-%d\(separator)%H:%M:%S') = \(cell) "
          + "AND length(\(cell)) = 19 AND \(cell) >= '0001-01-01'"
      case .integer:
        "CAST(TRY_CAST(\(cell) AS BIGINT) AS VARCHAR) = \(cell) AND length(\(cell)) <= 15"
      }
    let places = exceptions.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let found = try connection.cells(
      """
      SELECT COUNT(*) FROM \(table) WHERE \(cell) IS NOT NULL AND \(cell) NOT IN (\(places)) \
      AND NOT COALESCE(\(fits), FALSE)
      """, exceptions.map { .text($0) })
    let isRight = found == [[.integer(0)]]
    looks.shapes[asked] = isRight
    return isRight
  }
}
