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
    // The rest is about dates of another order, or looks from one row at others.
    #expect(tally.pushed * 100 > tally.asked * (isTyped ? 40 : 25), "\(tally)")
    #expect(tally.linked > 5, "\(tally)")
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
    let source = try ClickHouseSource.open(cluster.url(database, user: "watched"))
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
    try serversGave(["30000\t7\t1", "10000\t7\t0"], to: "%GROUP BY%", in: database)
  }

  /// The rows that each server read and gave of a statement of this form, and whether it was asked
  /// first: the one that is asked, and the others.
  private func serversGave(_ rows: [String], to statement: String, in database: String) throws {
    for (place, server) in cluster.servers.enumerated() {
      let expected = rows[min(place, 1)][...]
      var found: [Substring] = []
      for _ in 0..<100 where !found.contains(expected) {
        // The log is not there before something is written to it.
        let written = try? server.run(
          """
          SELECT read_rows, result_rows, is_initial_query FROM system.query_log WHERE type = 2 \
          AND query LIKE '\(statement)' AND query LIKE '%\(database)%' \
          AND query NOT LIKE '%query_log%'
          """
        )
        found = (written ?? "").split(separator: "\n")
        if !found.contains(expected) { Pause.milliseconds(100) }
      }
      #expect(found.contains(expected), "\(found)")
    }
  }

  // MARK: Links

  /// Cases of a kind and a place, and places with a zone; each zone has more than one.
  private func withPlaces(
    _ places: [[String?]], _ body: (PluginSource, _ database: String) throws -> Void
  ) throws {
    let database = "linked\(UInt32.random(in: 0...UInt32.max))"
    try cluster.everywhere("CREATE DATABASE \(database)")
    defer { try? cluster.everywhere("DROP DATABASE \(database)") }
    let rows = (0..<30_000).map { number -> [String?] in
      let place = number % 5 == 0 ? (number % 2 == 0 ? "" : "place 5") : "place \(number % 5)"
      return ["\(number / 3 % 5)", place]
    }
    try cluster.make(
      "cases", in: database, columns: [("kind", "String"), ("place", "String")], rows: rows)
    try cluster.make(
      "places", in: database,
      columns: [
        ("name", "Nullable(String)"), ("zone", "Nullable(String)"), ("people", "Int64"),
      ], rows: places)
    let source = try ClickHouseSource.open(cluster.url(database, user: "watched"))
    defer { source.stop() }
    try body(source, database)
  }

  private func word(_ name: String) -> Field {
    .column(name: name, meaning: Meaning(type: .category))
  }

  private var toPlaces: Link {
    Link(key: word("place"), dataset: "places", target: word("name"))
  }

  /// Place 4 has no zone, and place 5 is not among them; a place without a name is nobody's.
  private let places: [[String?]] = [
    ["place 1", "east", "10"], ["place 2", "west", "20"], ["place 3", "east", "30"],
    ["place 4", nil, "40"], [nil, "nowhere", "50"], ["", "nowhere", "60"],
  ]

  @Test("a link is followed on the servers that hold the rows, and only groups come back")
  func links() throws {
    try withPlaces(places) { source, database in
      let people = Field.column(name: "people", meaning: Meaning(type: .integer))
      let question = Tabulation(
        dataset: "cases", keys: [.field(.linked(toPlaces, value: word("zone")))],
        measures: [.rows, .sum(.linked(toPlaces, value: people))])
      let table = try #require(try source.tabulate(question, run: UnwatchedRun()))
      // 6,000 cases of each of the places 1 to 4; that of 4, of 5 and of none is not known.
      #expect(
        Dictionary(uniqueKeysWithValues: table.rows.map { ($0.keys[0], $0.measures) }) == [
          .text("east"): [.number(Decimal(12_000)), .number(Decimal(240_000))],
          .text("west"): [.number(Decimal(6000)), .number(Decimal(120_000))],
          .missing: [.number(Decimal(12_000)), .number(Decimal(240_000))],
        ])
      #expect(source.statement(for: question)?.contains("GLOBAL ANY LEFT JOIN") == true)
      // Each reads its 10,000 cases and the six places that the first has sent it, and three groups
      // come back.
      try serversGave(
        ["30024\t3\t1", "10006\t3\t0"], to: "%GLOBAL ANY LEFT JOIN%", in: database)
    }
  }

  @Test("a key that stands in two rows is no small table, wherever these are and since when")
  func repeatedKey() throws {
    try withPlaces(places) { source, database in
      let question = Tabulation(
        dataset: "cases", keys: [.field(.linked(toPlaces, value: word("zone")))])
      #expect(try source.tabulate(question, run: UnwatchedRun()) != nil)
      try cluster.servers[2].run(
        "INSERT INTO \(database).places_here VALUES ('place 1', 'west', 11)")
      #expect(try source.tabulate(question, run: UnwatchedRun()) == nil)
      let catalogue = Catalogue()
      for name in ["cases", "places"] {
        let fields = try #require(try source.datasets().first { $0.name == name }).fields
        catalogue.add(Dataset(name: name, source: source, table: name, fields: fields))
      }
      let refused = #expect(throws: SourceProblem.self) {
        try Runner(catalogue: catalogue, monitor: UnwatchedRun()).tabulate(
          question, of: try #require(catalogue.dataset(named: "cases")))
      }
      #expect(refused?.message.hasPrefix("places has more than one row with name=place 1") == true)
    }
  }

  @Test("tables of one server are linked too, and a second link is followed here")
  func linksHere() throws {
    try withPlaces(places) { source, database in
      try cluster.servers[0].run(
        "CREATE TABLE \(database).desks (name String, floor Int64) ENGINE = Log")
      try cluster.servers[0].run("INSERT INTO \(database).desks VALUES ('0', 1), ('1', 2)")
      let source = try ClickHouseSource.open(
        cluster.url(database, options: "?tables=desks,cases_here,places"))
      defer { source.stop() }
      let toDesks = Link(key: word("kind"), dataset: "desks", target: word("name"))
      let floor = Field.linked(
        toDesks, value: .column(name: "floor", meaning: Meaning(type: .integer)))
      let zone = Field.linked(toPlaces, value: word("zone"))
      let one = Tabulation(dataset: "cases_here", keys: [.field(floor)])
      let table = try #require(try source.tabulate(one, run: UnwatchedRun()))
      #expect(table.rows.map(\.measures) == [2000, 2000, 6000].map { [.number(Decimal($0))] })
      let two = Tabulation(dataset: "cases_here", keys: [.field(floor), .field(zone)])
      #expect(try source.tabulate(two, run: UnwatchedRun()) == nil)
    }
  }
}
