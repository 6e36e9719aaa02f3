import Columns

@testable import PostgresTests

/// The cases in three parts, each on a server of its own; a fourth knows them as one table.
///
/// Rows have an order here, as they do in a file: the parts follow each other by a column that the
/// one who asks may not see.
final class PostgresOnShards: TestEngine {
  static let name = "PostgreSQL on three servers"
  static let isServer = true
  static let program: String? = "postgres"
  static let leastPushed = 40
  private static let database = "every_shard"
  private let shards: PostgresShards

  private init(_ shards: PostgresShards) {
    self.shards = shards
  }

  static func obstacle() -> String? { PostgresCluster.obstacle }

  static func start() throws -> PostgresOnShards {
    let shards = try PostgresServers.shards()
    try shards.create(database)
    try shards.whole.createGuest()
    return PostgresOnShards(shards)
  }

  var openText: String {
    "open \"\(shards.whole.url(PostgresOnShards.database, user: "guest"))\" as office"
  }

  func load(_ tables: [TestTable]) throws {
    let database = PostgresOnShards.database
    let sql = tables.map { table in
      let first = max(1, table.rows.count / 3)
      let second = max(2, table.rows.count * 2 / 3)
      let names = table.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let parts = ([""] + (0..<3).map { "_\($0)" }).map { table.name + $0 }
      return shards.creating(
        table.name, "place_in_file int, " + table.postgresColumns, by: "RANGE (place_in_file)",
        bounds: [
          "FROM (MINVALUE) TO (\(first))", "FROM (\(first)) TO (\(second))",
          "FROM (\(second)) TO (MAXVALUE)",
        ], in: database)
        + "GRANT SELECT (\(names)) ON \(parts.joined(separator: ", ")) TO guest;\n"
        + table.postgresRows(numbered: true)
    }
    try shards.whole.sql(sql.joined(), database: database)
  }
}
