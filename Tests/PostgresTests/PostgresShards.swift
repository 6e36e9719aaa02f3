/// A server with foreign tables, whose rows stand on three others.
struct PostgresShards {
  let whole: PostgresCluster
  let parts: [PostgresCluster]

  /// Makes a database of this name on each, empty, in which the first knows the others.
  func create(_ database: String) throws {
    for cluster in parts + [whole] {
      try cluster.sql("DROP DATABASE IF EXISTS \(database) WITH (FORCE)")
      try cluster.sql("CREATE DATABASE \(database)")
    }
    try connect(database)
  }

  private func connect(_ database: String) throws {
    let servers = parts.enumerated().map { index, part in
      """
      CREATE SERVER part\(index) FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1',
        port '\(part.port)', dbname '\(database)', async_capable 'true', fetch_size '10000', batch_size '2000');
      CREATE USER MAPPING FOR PUBLIC SERVER part\(index)
        OPTIONS (user 'owner', password '\(PostgresCluster.password.replacing("'", with: "''"))');
      """
    }
    try whole.sql(
      "CREATE EXTENSION IF NOT EXISTS postgres_fdw;" + servers.joined(), database: database)
  }

  /// Makes a partitioned table whose parts stand on the others.
  ///
  /// - Parameters:
  ///   - columns: `race text, age int`.
  ///   - partition: `RANGE (place)`, `HASH (case_id)`.
  ///   - bounds: those of each part: `FROM (0) TO (10)`.
  func createTable(
    _ name: String, _ columns: String, by partition: String, bounds: [String], in database: String
  ) throws {
    try whole.sql(
      creating(name, columns, by: partition, bounds: bounds, in: database), database: database)
  }

  /// The same as a text for `psql`, at the end of which it is connected to the first server.
  func creating(
    _ name: String, _ columns: String, by partition: String, bounds: [String], in database: String
  ) -> String {
    let remote = parts.map { part in
      part.connecting(database)
        + "DROP TABLE IF EXISTS \(name) CASCADE; CREATE TABLE \(name) (\(columns));\n"
    }
    let foreign = bounds.enumerated().map { index, bound in
      """
      CREATE FOREIGN TABLE \(name)_\(index) PARTITION OF \(name) FOR VALUES \(bound)
        SERVER part\(index) OPTIONS (table_name '\(name)');\n
      """
    }
    return remote.joined() + whole.connecting(database)
      + """
      DROP TABLE IF EXISTS \(name) CASCADE;
      CREATE TABLE \(name) (\(columns)) PARTITION BY \(partition);\n
      """ + foreign.joined()
  }
}
