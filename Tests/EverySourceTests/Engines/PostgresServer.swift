import Columns

@testable import PostgresTests

/// Tables on a PostgreSQL server, in columns of their types.
final class PostgresServer: TestEngine {
  static let name = "PostgreSQL"
  static let isServer = true
  static let program: String? = "postgres"
  static let leastPushed = 40
  private static let database = "every_source"
  let cluster: PostgresCluster

  private init(_ cluster: PostgresCluster) {
    self.cluster = cluster
  }

  static func obstacle() -> String? { PostgresCluster.obstacle }

  static func start() throws -> PostgresServer { try start(PostgresServers.one.get()) }

  static func start(clock: String) throws -> PostgresServer {
    try start(PostgresCluster(clock: clock))
  }

  private static func start(_ cluster: PostgresCluster) throws -> PostgresServer {
    try cluster.sql("DROP DATABASE IF EXISTS \(database) WITH (FORCE)")
    try cluster.sql("CREATE DATABASE \(database)")
    try cluster.createGuest()
    return PostgresServer(cluster)
  }

  var openText: String {
    "open \"\(cluster.url(PostgresServer.database, user: "guest"))\" as office"
  }

  func load(_ tables: [TestTable]) throws {
    let sql = tables.map { table in
      """
      DROP TABLE IF EXISTS \(table.name);
      CREATE TABLE \(table.name) (\(table.postgresColumns));
      GRANT SELECT ON \(table.name) TO guest;
      \(table.postgresRows)
      """
    }
    try cluster.sql(sql.joined(), database: PostgresServer.database)
  }
}

extension TestTable {
  /// `"age" int8, …`
  var postgresColumns: String {
    fields.map { field in
      let type =
        switch field.type {
        case .integer: "int8"
        case .decimal: "numeric(14, 4)"
        case .date: "date"
        case .datetime: "timestamp"
        case .text, .code, .category, .boolean, .real: "text COLLATE \"C\""
        }
      return "\"\(field.name)\" \(type)"
    }.joined(separator: ", ")
  }

  /// The rows as `COPY` takes them; with the number of each in front, where that has a column.
  var postgresRows: String { postgresRows(numbered: false) }

  func postgresRows(numbered: Bool) -> String {
    let names =
      (numbered ? ["place_in_file"] : []) + fields.map { "\"\($0.name)\"" }
    let lines = rows.enumerated().map { number, row in
      let cells = row.map { cell in
        cell.map {
          $0.replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
            .replacing("\n", with: "\\n")
        } ?? "\\N"
      }
      return ((numbered ? ["\(number)"] : []) + cells).joined(separator: "\t") + "\n"
    }
    return "COPY \(name) (\(names.joined(separator: ", "))) FROM STDIN;\n" + lines.joined()
      + "\\.\n"
  }
}
