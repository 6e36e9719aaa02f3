internal import Engine
internal import SourceServer
internal import SourceWire

/// A database that nothing is known of: its tables are read, and it is asked for nothing else.
struct OtherEngine: ADBCEngine {
  var dialect: any SQLDialect { SQLiteDialect() }
  var transaction: ServedTransaction? { nil }
  var state: String? { nil }
  var fingerprint: String? { nil }

  func catalogue(of table: ADBCTable, among tables: [ADBCTable], _ connection: ADBCConnection)
    throws -> any SQLCatalogue
  {
    throw NotExact("this database is not known well enough to be asked")
  }

  func isOfStatement(_ failure: ADBCFailure) -> Bool { false }

  func said(_ failure: ADBCFailure, of place: String) -> WireError { failure.said(of: place) }

  func tables(_ connection: ADBCConnection) throws -> [ADBCTable] {
    let named = try names(connection)
    let times = Dictionary(grouping: named, by: \.name).mapValues(\.count)
    return try named.compactMap { schema, name in
      let relation = (schema.map { OtherEngine.quoted($0) + "." } ?? "") + OtherEngine.quoted(name)
      // The first rows tell the types, where the database itself does not know them.
      let columns = try connection.schema("SELECT * FROM \(relation) LIMIT 1000")
      let fields = columns.map { column in
        let quoted = OtherEngine.quoted(column.name)
        return ADBCField(
          name: column.name, type: column.layout.type, sent: quoted, grouped: quoted)
      }
      let isUnique = times[name] == 1
      return fields.isEmpty
        ? nil
        : ADBCTable(
          name: isUnique ? name : (schema.map { $0 + "." } ?? "") + name, relation: relation,
          fields: fields)
    }
  }

  private func names(_ connection: ADBCConnection) throws -> [(schema: String?, name: String)] {
    do {
      return try connection.texts(
        """
        SELECT table_schema, table_name FROM information_schema.tables \
        WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2
        """
      ).compactMap { row in row[1].map { (row[0], $0) } }
    } catch is ADBCFailure {
      return try connection.texts(
        """
        SELECT name FROM sqlite_master WHERE type IN ('table', 'view') \
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
        """
      ).compactMap { row in row[0].map { (nil, $0) } }
    }
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}

extension ArrowLayout {
  /// The type of the wire that holds what is stored like this.
  var type: WireType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .real: .real
    case .decimal: .decimal
    case .text, .textView: .category
    case .days, .milliseconds: .date
    case .timestamp: .datetime
    case .dictionary(_, let values): values.type
    case .time, .missing, .other: .text
    }
  }
}
