import Columns
import Connectors
import Engine
import Glibc
import SourceWire
import Testing

@testable import SourceServer
@testable import docket_source_clickhouse

/// Waiting for what another process does.
enum Pause {
  static func milliseconds(_ count: Int) { usleep(UInt32(count) * 1000) }
}

/// A run that a test stops after a while.
private final class StoppedRun: RunMonitor, @unchecked Sendable {
  private let start = ContinuousClock.now
  private let patience: Duration
  init(after patience: Duration) { self.patience = patience }
  var isCancelled: Bool { ContinuousClock.now - start > patience }
  func advance(done: Int, of total: Int) {}
}

extension ClickHouseTests {
  private var kind: Field { .column(name: "kind", meaning: Meaning(type: .category)) }

  private func count(_ source: PluginSource, _ table: String = "cases") throws -> Decimal? {
    let made = try source.tabulate(
      Tabulation(dataset: table, keys: [], measures: [.rows]), run: UnwatchedRun())
    if case .number(let number)? = made?.rows.first?.measures.first { return number }
    return nil
  }

  /// A database with six rows on three servers, gone when the body is done.
  private func withOffice(_ body: (String) throws -> Void) throws {
    let database = "office\(UInt32.random(in: 0...UInt32.max))"
    try cluster.everywhere("CREATE DATABASE \(database)")
    defer { try? cluster.everywhere("DROP DATABASE \(database)") }
    try cluster.make(
      "cases", in: database, columns: [("kind", "String"), ("n", "Int64")],
      rows: (1...6).map { ["drug", "\($0)"] })
    try body(database)
  }

  private func problem(_ work: () throws -> Void) -> SourceProblem? {
    do {
      try work()
      return nil
    } catch {
      return error as? SourceProblem
    }
  }

  @Test("nothing can be written, whoever asks", arguments: ["default", "analyst:let%20me%20in"])
  func readOnly(_ user: String) throws {
    try withOffice { database in
      let address = try ServerAddress(cluster.url(database, user: user))
      let conversation = try ServerConversation(address)
      for statement in [
        "INSERT INTO cases_here FORMAT TabSeparated\ngun\t7\n", "DROP TABLE cases_here",
        "CREATE TABLE more (n Int64) ENGINE = Memory", "ALTER TABLE cases_here DROP COLUMN n",
        "TRUNCATE TABLE cases_here", "RENAME TABLE cases_here TO gone",
      ] {
        let refused = #expect(throws: WireError.self, "\(statement)") {
          try conversation.ask(statement)
        }
        #expect(refused?.code == .auth, "\(statement): \(refused?.message ?? "")")
      }
      #expect(try conversation.ask("SELECT count() FROM cases") == [[.integer(6)]])
    }
  }

  @Test("whoever may change no settings is answered too")
  func strict() throws {
    try withOffice { database in
      let source = try ClickHouseSource.open(cluster.url(database, user: "clerk"))
      defer { source.stop() }
      #expect(try count(source) == Decimal(6))
    }
  }

  @Test("a profile that would leave groups out is overruled, or refused")
  func profiles() throws {
    try withOffice { database in
      // In one block, so that the limit is passed wherever the rows are counted.
      try cluster.servers[0].run(
        "INSERT INTO \(database).cases_here VALUES ('gun', 7), ('theft', 8), ('fraud', 9)")
      let question = Tabulation(dataset: "cases", keys: [.field(kind)], measures: [.rows])
      let source = try ClickHouseSource.open(cluster.url(database, user: "hurried"))
      defer { source.stop() }
      let limited = problem { _ = try source.tabulate(question, run: UnwatchedRun()) }
      #expect(limited?.message.contains("more than") == true, "\(String(describing: limited))")
      let refused = problem {
        try ClickHouseSource.open(cluster.url(database, user: "hasty")).stop()
      }
      #expect(refused?.message.contains("group_by_overflow_mode") == true)
    }
  }

  @Test("who may not come in is told why and what to do, and no password is shown")
  func strangers() throws {
    try withOffice { database in
      for (user, kind) in [
        ("analyst:wrong-word", SourceProblem.Kind.refused), ("nobody", .refused),
        ("stranger", .refused),
      ] {
        let refused = problem {
          try ClickHouseSource.open(cluster.url(database, user: user)).stop()
        }
        #expect(refused?.kind == kind, "\(user): \(String(describing: refused))")
        #expect(refused?.help.isEmpty == false)
        #expect("\(String(describing: refused))".contains("wrong-word") == false)
      }
      let source = try ClickHouseSource.open(
        cluster.url(database, user: "analyst"), options: [.init("password", .text("let me in"))])
      defer { source.stop() }
      #expect(try count(source) == Decimal(6))
      let absent = problem { try ClickHouseSource.open(cluster.url("nowhere")).stop() }
      #expect(absent?.kind == .notFound, "\(String(describing: absent))")
      #expect(absent?.message.hasSuffix("has no database nowhere") == true)
      // Of a table that lies behind another nobody should hear as of one more.
      let table = problem {
        try ClickHouseSource.open(cluster.url(database, options: "?tables=other")).stop()
      }
      #expect(table?.help == ["its tables are cases"])
    }
  }

  @Test("over HTTPS a server is believed by its certificate alone")
  func encrypted() throws {
    guard let encrypted = cluster.encrypted else {
      let obstacle = "there is no openssl here that makes a certificate"
      print("HTTPS is not tried: \(obstacle)")
      #expect(getenv("CI") == nil, "\(obstacle)")
      return
    }
    try withOffice { database in
      let url = "clickhouses://127.0.0.1:\(encrypted.port)/\(database)"
      let source = try ClickHouseSource.open("\(url)?ca=\(encrypted.certificate)")
      defer { source.stop() }
      #expect(try count(source) == Decimal(6))
      let stranger = problem { try ClickHouseSource.open(url).stop() }
      #expect(stranger?.kind == .network, "\(String(describing: stranger))")
      #expect(stranger?.help.contains { $0.contains("?ca=") && $0.contains("clocks") } == true)
      let plain = problem {
        try ClickHouseSource.open(url.replacing("clickhouses:", with: "clickhouse:")).stop()
      }
      #expect(plain?.help.contains { $0.contains("clickhouses://") } == true)
    }
  }

  @Test("a question that is stopped ends here and at the servers, and the next is answered")
  func cancelled() throws {
    try withOffice { database in
      try cluster.servers[0].run(
        "CREATE VIEW \(database).slow AS SELECT toString(number) AS kind FROM system.numbers LIMIT 100000000000"
      )
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      let process = source.processIdentifier
      let question = Tabulation(dataset: "slow", keys: [], measures: [.units(kind)])
      let stopped = problem {
        _ = try source.tabulate(question, run: StoppedRun(after: .milliseconds(400)))
      }
      #expect(stopped?.kind == .cancelled, "\(String(describing: stopped))")
      #expect(try count(source) == Decimal(6))
      #expect(source.processIdentifier == process)
      var running = "?"
      for _ in 0..<100 where running != "0\n" {
        running = try cluster.servers[0].run(
          "SELECT count() FROM system.processes WHERE query_id LIKE 'docket-%'")
        if running != "0\n" { Pause.milliseconds(100) }
      }
      #expect(running == "0\n")
    }
  }

  @Test("a question that takes too long is given up, with the way to allow more")
  func timeout() throws {
    try withOffice { database in
      try cluster.servers[0].run(
        "CREATE VIEW \(database).slow AS SELECT toString(number) AS kind FROM system.numbers LIMIT 100000000000"
      )
      let source = try ClickHouseSource.open(cluster.url(database, options: "?timeout=1"))
      defer { source.stop() }
      let question = Tabulation(dataset: "slow", keys: [], measures: [.units(kind)])
      let late = problem { _ = try source.tabulate(question, run: UnwatchedRun()) }
      #expect(late?.kind == .timeout, "\(String(describing: late))")
      #expect(late?.help.contains { $0.contains("?timeout=") } == true)
      #expect(try count(source) == Decimal(6))
    }
  }

  @Test("without one server of the cluster there is no answer, and with it there is one again")
  func shardStopped() throws {
    try withOffice { database in
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      #expect(try count(source) == Decimal(6))
      cluster.servers[2].stop()
      let short = problem { _ = try count(source) }
      #expect(short?.kind == .network, "\(String(describing: short))")
      #expect(short?.help.isEmpty == false)
      try cluster.servers[2].start()
      try cluster.servers[2].waitUntilReady()
      #expect(try count(source) == Decimal(6))
    }
  }

  @Test("a server that is stopped is told, and asked again when it is back")
  func serverStopped() throws {
    try withOffice { database in
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      cluster.servers[0].stop()
      let gone = problem { _ = try count(source) }
      #expect(gone?.kind == .network, "\(String(describing: gone))")
      try cluster.servers[0].start()
      try cluster.servers[0].waitUntilReady()
      #expect(try count(source) == Decimal(6))
    }
  }

  @Test("a server that says nothing any more is not waited for without end")
  func serverStandsStill() throws {
    try withOffice { database in
      let source = try ClickHouseSource.open(cluster.url(database, options: "?timeout=1"))
      defer { source.stop() }
      cluster.servers[0].pause()
      let still = problem { _ = try count(source) }
      cluster.servers[0].resume()
      #expect(still?.kind == .timeout, "\(String(describing: still))")
      #expect(try count(source) == Decimal(6))
    }
  }

  @Test("rows that come in the middle of a session are counted, and columns that go are told")
  func changed() throws {
    try withOffice { database in
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      let question = Tabulation(dataset: "cases", keys: [.field(kind)], measures: [.rows])
      #expect(try source.tabulate(question, run: UnwatchedRun())?.rows.count == 1)
      // A letter in pieces: the server would take it for another than the composed one.
      try cluster.servers[1].run("INSERT INTO \(database).cases_here VALUES ('cafe\u{301}', 1)")
      #expect(try source.tabulate(question, run: UnwatchedRun()) == nil)
      try cluster.everywhere("ALTER TABLE \(database).cases_here DROP COLUMN n")
      try cluster.everywhere("DROP TABLE \(database).cases")
      try cluster.everywhere(
        """
        CREATE TABLE \(database).cases AS \(database).cases_here \
        ENGINE = Distributed(office, \(database), cases_here, rand())
        """)
      let other = problem { _ = try source.tabulate(question, run: UnwatchedRun()) }
      #expect(other?.message.contains("changed since it was opened") == true)
      try cluster.everywhere("DROP TABLE \(database).cases")
      let gone = problem { _ = try source.tabulate(question, run: UnwatchedRun()) }
      #expect(gone?.kind == .notFound, "\(String(describing: gone))")
    }
  }

  @Test("rows that are written in the middle of a session are noticed, said and read anew")
  func noticed() throws {
    try withOffice { database in
      try cluster.servers[0].run(
        """
        CREATE TABLE \(database).own (kind String, n Int64) ENGINE = MergeTree ORDER BY tuple()
        """)
      try cluster.servers[0].run("INSERT INTO \(database).own VALUES ('drug', 1)")
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      func kinds(_ table: String) throws -> Int {
        source.beginQuestion()
        return try source.columns(["kind"], of: table, run: UnwatchedRun())[0].rowCount
      }
      #expect(try kinds("cases") == 6 && kinds("own") == 1)
      // Parts that are put together are the same rows.
      try cluster.servers[0].run("OPTIMIZE TABLE \(database).own FINAL")
      #expect(try kinds("cases") == 6 && kinds("own") == 1)
      #expect(source.warnings(of: "cases").isEmpty && source.warnings(of: "own").isEmpty)
      try cluster.servers[1].run("INSERT INTO \(database).cases_here VALUES ('gun', 7)")
      try cluster.servers[0].run("INSERT INTO \(database).own VALUES ('gun', 2)")
      #expect(try kinds("cases") == 7 && kinds("own") == 2)
      for table in ["cases", "own"] {
        #expect(source.warnings(of: table).contains { $0.contains("changed while it was open") })
      }
      // As many rows as before, and others.
      try cluster.servers[1].run("TRUNCATE TABLE \(database).cases_here")
      try cluster.servers[1].run(
        "INSERT INTO \(database).cases_here VALUES ('fraud', 1), ('fraud', 2), ('fraud', 3)")
      source.beginQuestion()
      let column = try source.columns(["kind"], of: "cases", run: UnwatchedRun())[0]
      #expect((0..<column.texts.count).contains { column.texts[$0] == "fraud" })
    }
  }

  @Test("rows behind a view, and in tables that tell nothing, are counted by the next question")
  func behindViews() throws {
    try withOffice { database in
      for statement in [
        "CREATE VIEW \(database).seen AS SELECT * FROM \(database).cases",
        "CREATE TABLE \(database).notes (kind String) ENGINE = Log",
        "INSERT INTO \(database).notes VALUES ('drug')",
      ] { try cluster.servers[0].run(statement) }
      let source = try ClickHouseSource.open(cluster.url(database))
      defer { source.stop() }
      func kinds(_ table: String) throws -> Int {
        source.beginQuestion()
        return try source.columns(["kind"], of: table, run: UnwatchedRun())[0].rowCount
      }
      #expect(try kinds("seen") == 6 && kinds("notes") == 1)
      try cluster.servers[2].run("INSERT INTO \(database).cases_here VALUES ('gun', 7)")
      try cluster.servers[0].run("INSERT INTO \(database).notes VALUES ('gun')")
      #expect(try kinds("seen") == 7 && kinds("notes") == 2)
      for table in ["seen", "notes"] {
        #expect(source.warnings(of: table).contains { $0.contains("changed while it was open") })
      }
    }
  }
}
