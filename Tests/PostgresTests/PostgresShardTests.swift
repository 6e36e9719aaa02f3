import Columns
import Connectors
import Engine
import Testing

@Suite("PostgreSQL on three servers", .serialized, .enabled(if: PostgresServers.areThere))
struct PostgresShardTests {
  private static let columns = """
    id bigint, race text COLLATE "C", age int, cost numeric(10, 2), received date, place text
    """

  /// 30,000 cases, a third on each server.
  private static func fill(_ database: String) throws -> PostgresShards {
    let shards = try PostgresServers.shards()
    try shards.create(database)
    try shards.createTable(
      "cases", columns, by: "HASH (id)",
      bounds: (0..<3).map { "WITH (MODULUS 3, REMAINDER \($0))" }, in: database)
    try shards.whole.sql(
      """
      INSERT INTO cases SELECT g, (ARRAY['Black', 'White', 'Asian', NULL])[g % 4 + 1], g % 90,
        (g % 1000) / 100.0, DATE '2020-01-01' + g % 7 * 90, 'p' || g % 7
      FROM generate_series(1, 30000) g
      """, database: database)
    return shards
  }

  @Test("each server groups its own rows, and only groups come back")
  func pushed() throws {
    let shards = try PostgresShardTests.fill("split")
    let source = try PostgresOffice.open(shards.whole.url("split"))
    let race = source.field("race")
    let age = source.field("age")
    let question = Tabulation(
      dataset: "cases",
      rows: .all([
        .test(age, .compare(.greaterOrEqual, .number(Decimal(18)))), .not(.missing(race)),
      ]),
      keys: [.field(race), .field(.period(.year, of: source.field("received")))],
      measures: [
        .rows, .sum(source.field("cost")), .least(age), .greatest(source.field("received")),
        .least(race),
      ])
    let made = try #require(try source.tabulate(question, run: UnwatchedRun()))
    let scanned = try LocalEngine.tabulate(
      question,
      columns: Dictionary(
        uniqueKeysWithValues: LocalEngine.columnNames(of: question).map {
          ($0, try source.columns([$0], of: "cases", run: UnwatchedRun())[0])
        }), rowCount: 30_000)
    #expect(made == scanned)
    #expect(made.rows.count == 6)

    let plan = try explained(source, question, shards, "split")
    let remote = plan.filter { $0.contains("Remote SQL:") }
    #expect(remote.count == 3)
    #expect(remote.allSatisfy { $0.contains("GROUP BY") && $0.contains("WHERE") })
    // Groups of one of three words and one of seven days came, of some 10,000 rows each.
    #expect(try rows(in: plan) == [21, 21, 21])
  }

  @Test("distinct values are gathered from the servers, once each")
  func distinct() throws {
    let shards = try PostgresShardTests.fill("gathered")
    let source = try PostgresOffice.open(shards.whole.url("gathered"))
    let question = Tabulation(
      dataset: "cases", keys: [.field(source.field("race"))],
      measures: [.units(source.field("place")), .rows])
    let made = try #require(try source.tabulate(question, run: UnwatchedRun()))
    #expect(
      made.rows.map { ($0.keys + $0.measures).map(\.description) } == [
        ["Asian", "7", "7500"], ["Black", "7", "7500"], ["White", "7", "7500"], ["?", "7", "7500"],
      ])
    let plan = try explained(source, question, shards, "gathered")
    #expect(plan.filter { $0.contains("Remote SQL:") && $0.contains("GROUP BY") }.count == 3)
    #expect(try rows(in: plan) == [28, 28, 28])
  }

  @Test("a table whose rows are guarded one by one is asked as a whole")
  func guarded() throws {
    let shards = try PostgresShardTests.fill("guarded_rows")
    try shards.whole.sql(
      """
      DROP ROLE IF EXISTS auditor; CREATE ROLE auditor LOGIN PASSWORD 'auditor';
      GRANT SELECT ON cases, cases_0, cases_1, cases_2 TO auditor;
      ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
      CREATE POLICY black ON cases FOR SELECT TO auditor USING (race = 'Black');
      """, database: "guarded_rows")
    let source = try PostgresOffice.open(
      shards.whole.url("guarded_rows", user: "auditor"), password: "auditor")
    #expect(try source.count() == "7500")
    try shards.whole.sql("DROP OWNED BY auditor; DROP ROLE auditor", database: "guarded_rows")
  }

  @Test("a server of the three that is gone is said")
  func gone() throws {
    let shards = try PostgresShardTests.fill("gone")
    let source = try PostgresOffice.open(shards.whole.url("gone"))
    #expect(try source.count() == "30000")
    try shards.whole.sql("ALTER SERVER part1 OPTIONS (SET port '1')", database: "gone")
    let problem = #expect(throws: SourceProblem.self) { try source.count() }
    #expect(problem?.kind == .network)
    #expect(problem?.help.isEmpty == false)
    try shards.whole.sql(
      "ALTER SERVER part1 OPTIONS (SET port '\(shards.parts[1].port)')", database: "gone")
    #expect(try source.count() == "30000")
  }

  @Test("rows that come to another server are counted by the next question")
  func written() throws {
    let shards = try PostgresShardTests.fill("elsewhere")
    let source = try PostgresOffice.open(shards.whole.url("elsewhere"))
    #expect(try source.cells("race").count == 30_000)
    try shards.parts[1].sql("DELETE FROM cases WHERE id < 1000", database: "elsewhere")
    let left = try #require(try source.count())
    #expect(left != "30000")
    #expect(try source.cells("race").count == Int(left))
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
    // The partitions are foreign tables; one by itself is one too.
    try shards.whole.sql(
      """
      CREATE FOREIGN TABLE second (race text) SERVER part1 OPTIONS (table_name 'cases')
      """, database: "elsewhere")
    let again = try PostgresOffice.open(shards.whole.url("elsewhere"))
    let before = try again.cells("race", of: "second").count
    try shards.parts[1].sql("DELETE FROM cases WHERE id < 2000", database: "elsewhere")
    #expect(try again.cells("race", of: "second").count < before)
  }

  /// How many rows came from each server.
  private func rows(in plan: [Substring]) throws -> [Int] {
    let scans = plan.filter { $0.contains("Foreign Scan") }
    try #require(scans.count == 3)
    return try scans.map { scan in
      let start = try #require(scan.firstRange(of: "rows=")).upperBound
      return try #require(Int(scan[start...].prefix { $0.isNumber }))
    }
  }

  /// The lines of the plan, with what was done.
  private func explained(
    _ source: PluginSource, _ question: Tabulation, _ shards: PostgresShards, _ database: String
  ) throws -> [Substring] {
    let statement = try #require(source.statement(for: question))
    let lines = statement.split(separator: "\n")
    let values = lines.filter { $0.hasPrefix("-- ") }.compactMap { line in
      line.firstRange(of: ": ").map { String(line[$0.upperBound...]) }
    }
    let sql = lines.filter { !$0.hasPrefix("-- ") }.joined(separator: "\n")
    let types =
      values.isEmpty ? "" : "(" + values.map { _ in "unknown" }.joined(separator: ",") + ")"
    let given = values.isEmpty ? "" : "(" + values.joined(separator: ",") + ")"
    let plan = try shards.whole.sql(
      """
      SET enable_partitionwise_aggregate = on;
      PREPARE question \(types) AS \(sql);
      EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF) EXECUTE question \(given);
      """, database: database)
    return plan.split(separator: "\n")
  }
}
