internal import CODBC
internal import Engine
internal import SourceServer
internal import SourceWire

/// A system that nothing is known of: its tables are read, and it is asked for nothing else.
struct OtherEngine: ODBCEngine {
  var dialect: any SQLDialect { SQLiteDialect(numbersPlaces: false) }

  var transaction: ServedTransaction? { nil }

  func length(of sent: String) -> String { "LENGTH(\(sent))" }

  func catalogue(of table: ODBCTable, among tables: [ODBCTable], _ connection: ODBCConnection)
    throws -> any SQLCatalogue
  {
    throw NotExact("this database is not known well enough to be asked")
  }

  func tables(_ connection: ODBCConnection) throws -> [ODBCTable] {
    let quote = connection.quote
    func quoted(_ name: String) -> String {
      quote.isEmpty || quote == " "
        ? name : quote + name.replacing(quote, with: quote + quote) + quote
    }
    var found: [(schema: String?, name: String)] = []
    let catalog = ODBCName(connection.catalog)
    let kinds = ODBCName("TABLE,VIEW")
    try connection.list(
      asking: { statement in
        SQLTablesW(
          statement, catalog.units, catalog.count, nil, 0, nil, 0, kinds.units, kinds.count)
      },
      rows: { row in
        let texts = try row.cells().map(\.written)
        let schema = texts[1].flatMap { $0.isEmpty ? nil : $0 }
        if let name = texts[2] { found.append((schema, name)) }
      })
    let own = found.filter { !["information_schema", "pg_catalog", "sys"].contains($0.schema) }
    let times = Dictionary(grouping: own, by: \.name).mapValues(\.count)
    return try own.compactMap { schema, name in
      let relation = (schema.map { quoted($0) + "." } ?? "") + quoted(name)
      let fields = try fields(of: name, schema, quoted, connection)
      let isUnique = times[name] == 1
      return fields.isEmpty
        ? nil
        : ODBCTable(
          name: isUnique ? name : (schema.map { $0 + "." } ?? "") + name, relation: relation,
          fields: fields)
    }
  }

  private func fields(
    of table: String, _ schema: String?, _ quoted: (String) -> String,
    _ connection: ODBCConnection
  ) throws -> [ODBCField] {
    var found: [ODBCField] = []
    let names = [ODBCName(connection.catalog), ODBCName(schema ?? ""), ODBCName(table)]
    try connection.list(
      asking: { statement in
        SQLColumnsW(
          statement, names[0].units, names[0].count, names[1].units, names[1].count,
          names[2].units, names[2].count, nil, 0)
      },
      rows: { row in
        let texts = try row.cells().map(\.written)
        // A name is a pattern to the driver, in which `_` stands for any letter.
        guard texts.count > 4, texts[2] == table, let column = texts[3],
          let type = texts[4].flatMap({ Int32($0) })
        else { return }
        found.append(OtherEngine.field(column, type, quoted))
      })
    return found
  }

  private static func field(_ name: String, _ type: Int32, _ quoted: (String) -> String)
    -> ODBCField
  {
    var field = ODBCField(name: name, type: wireType(type), sent: quoted(name))
    if field.type == .decimal { field.form = .decimal }
    if [SQL_BINARY, SQL_VARBINARY, SQL_LONGVARBINARY].contains(type) { field.form = .binary }
    return field
  }

  private static func wireType(_ type: Int32) -> WireType {
    switch type {
    case SQL_TINYINT, Int32(SQL_SMALLINT), Int32(SQL_INTEGER), SQL_BIGINT: .integer
    case Int32(SQL_DECIMAL), Int32(SQL_NUMERIC): .decimal
    case Int32(SQL_REAL), Int32(SQL_FLOAT), Int32(SQL_DOUBLE): .real
    case SQL_BIT: .boolean
    case Int32(SQL_TYPE_DATE), oldDate: .date
    case Int32(SQL_TYPE_TIMESTAMP), oldTimestamp: .datetime
    case SQL_BINARY, SQL_VARBINARY, SQL_LONGVARBINARY: .text
    default: .category
    }
  }

  /// The numbers of version 2, which some drivers still say.
  private static let oldDate: Int32 = 9
  private static let oldTimestamp: Int32 = 11
}

/// A name that is handed to the driver manager; nothing where it is empty.
private final class ODBCName {
  let units: UnsafeMutablePointer<SQLWCHAR>?
  let count: SQLSMALLINT

  init(_ text: String) {
    let units = Array(text.utf16)
    count = SQLSMALLINT(clamping: units.count)
    self.units = units.isEmpty ? nil : .allocate(capacity: units.count)
    self.units?.initialize(from: units, count: units.count)
  }

  deinit {
    units?.deallocate()
  }
}
