import Columns
import Connectors
import Engine
import SourceWire
import Testing

@testable import EngineTests
@testable import docket_source_clickhouse

/// Three real servers with a distributed table, started here and ended here.
@Suite(
  "ClickHouse, three servers with a distributed table", .serialized,
  .enabled(if: ClickHouseCluster.isDue), RunningCluster())
struct ClickHouseTests {
  let cluster: ClickHouseCluster

  init() throws {
    cluster = try #require(ClickHouseCluster.current)
  }

  private func laws(isTyped: Bool) -> SourceLaws {
    SourceLaws(keepsOrder: false) { [cluster] cases, body in
      let tables = try ClickHouseCases(cases, in: cluster, isTyped: isTyped)
      defer { tables.drop() }
      let source = try tables.source()
      defer { source.stop() }
      try body(
        try source.datasets().map {
          Dataset(name: $0.name, source: source, table: $0.name, fields: $0.fields)
        })
    }
  }

  /// `EverySourceTests` asks two thousand more.
  @Test("a table made by the cluster is the oracle's", arguments: [true, false])
  func tabulations(isTyped: Bool) throws {
    let tally = try laws(isTyped: isTyped).pushedIsTheOracles(seeds: 1000..<1004, questions: 40)
    #expect(tally.asked == 160)
    // The rest follows links to other tables, or is about dates of another order.
    #expect(tally.pushed * 100 > tally.asked * (isTyped ? 40 : 25), "\(tally)")
  }

  @Test("columns hold the cells as they were written", arguments: [true, false])
  func columns(isTyped: Bool) throws {
    try laws(isTyped: isTyped).columnsHoldTheCells(seeds: 0..<4)
  }

  @Test("what is not there is said")
  func absent() throws {
    try laws(isTyped: true).withDatasets(RandomCases(seed: 1)) { datasets in
      let source = try #require(datasets.first).source
      for (table, column) in [("nowhere", "race"), ("cases", "nothing"), ("cases_here", "race")] {
        let missing = #expect(throws: SourceProblem.self) {
          try source.columns([column], of: table, run: UnwatchedRun())
        }
        #expect(missing?.kind == .notFound)
      }
    }
  }

  @Test("distinct values and their counts are those of the scanned column")
  func values() throws {
    let cases = RandomCases(seed: 3)
    let tables = try ClickHouseCases(cases, in: cluster, isTyped: true)
    defer { tables.drop() }
    let source = try tables.source()
    defer { source.stop() }
    for (name, _) in cases.columns {
      let asked = try #require(try source.values(of: name, in: "cases", run: UnwatchedRun()))
      let scanned = try source.columns([name], of: "cases", run: UnwatchedRun())[0]
      func tally(_ column: Column) -> [String: Int] {
        Dictionary(
          uniqueKeysWithValues: column.counts.indices.map { (column.texts[$0], column.counts[$0]) })
      }
      #expect(tally(asked) == tally(scanned), "\(name)")
    }
  }

  @Test("the conformance suite of sources passes")
  func conformance() throws {
    let database = "conforming"
    try cluster.everywhere("CREATE DATABASE \(database)")
    try cluster.make(
      "cases", in: database,
      columns: [("kind", "String"), ("n", "Int64"), ("day", "Nullable(Date)")],
      rows: [
        ["drug", "9007199254740993", "2020-12-31"], ["Ñuñoa", "-1", nil], ["", "0", "2021-01-01"],
      ])
    let checks = SourceWireConformance(
      try ClickHouseSource.plugin, options: [.init("url", .text(cluster.url(database)))],
      settings: ClickHouseSource.settings
    ).run()
    #expect(checks.filter(\.isFailed) == [])
    #expect(checks.count >= 14)
  }

  @Test("rows are grouped on the servers that hold them, and only groups come back")
  func pushed() throws {
    let database = "grouped"
    try cluster.everywhere("CREATE DATABASE \(database)")
    let rows = (0..<30_000).map { ["group \($0 % 7)", "\($0)"] }
    try cluster.make(
      "cases", in: database, columns: [("kind", "String"), ("n", "Int64")], rows: rows)
    let source = try ClickHouseSource.open(cluster.url(database))
    defer { source.stop() }
    let question = Tabulation(
      dataset: "cases",
      keys: [.field(.column(name: "kind", meaning: Meaning(type: .category)))],
      measures: [.rows, .sum(.column(name: "n", meaning: Meaning(type: .integer)))])
    let table = try #require(try source.tabulate(question, run: UnwatchedRun()))
    #expect(table.rows.count == 7)
    #expect(
      table.rows.first?.measures == [
        .number(Decimal(4286)), .number(Decimal((0..<4286).reduce(0) { $0 + $1 * 7 })),
      ])
    // The one that is asked takes part in its own question; the others each read their own rows and
    // give seven groups of them.
    for (place, server) in cluster.servers.enumerated() {
      let expected = place == 0 ? "30000\t7\t1" : "10000\t7\t0"
      var found: [Substring] = []
      for _ in 0..<100 where !found.contains(expected[...]) {
        found = try server.run(
          """
          SELECT read_rows, result_rows, is_initial_query FROM system.query_log WHERE type = 2 \
          AND query LIKE '%GROUP BY%' AND query LIKE '%\(database)%' \
          AND query NOT LIKE '%query_log%'
          """
        ).split(separator: "\n")
        if !found.contains(expected[...]) { Pause.milliseconds(100) }
      }
      #expect(found.contains(expected[...]), "\(found)")
    }
  }
}
