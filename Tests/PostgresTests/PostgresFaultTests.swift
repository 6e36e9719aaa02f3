import Connectors
import Engine
import Foundation
import Glibc
import Testing

@Suite("PostgreSQL in trouble", .serialized, .enabled(if: PostgresServers.areThere))
struct PostgresFaultTests {
  /// A table that is slow to read, and one that is quick.
  private static let tables = """
    CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black'), ('White');
    CREATE VIEW slow AS SELECT race, pg_sleep(0.05)::text AS pause
      FROM cases, generate_series(1, 1000);
    """

  private func problem(_ kind: SourceProblem.Kind, _ words: String, _ work: () throws -> Void)
    -> SourceProblem?
  {
    let problem = #expect(throws: SourceProblem.self) { try work() }
    #expect(problem?.kind == kind)
    #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
    #expect(problem?.help.isEmpty == false)
    return problem
  }

  @Test("a wrong password, name, database, host or port is said, with what can be done")
  func opening() throws {
    let cluster = try PostgresServers.one.get()
    let wrong = problem(.refused, "does not let this name in") {
      _ = try PostgresOffice.open(cluster.url(), password: "guessed")
    }
    #expect(wrong?.help.first?.contains("PGPASSWORD") == true)
    #expect(wrong?.message.contains("guessed") == false)
    _ = problem(.notFound, "nowhere") { _ = try PostgresOffice.open(cluster.url("nowhere")) }
    _ = problem(.refused, "nobody") {
      _ = try PostgresOffice.open(cluster.url(user: "nobody"))
    }
    _ = problem(.network, "no answer") {
      _ = try PostgresOffice.open("postgres://owner@127.0.0.1:1/postgres")
    }
    _ = problem(.network, "no answer") {
      _ = try PostgresOffice.open("postgres://owner@host.invalid/postgres")
    }
    _ = problem(.refused, "seconds") {
      _ = try PostgresOffice.open(cluster.url() + "?timeout=soon")
    }
  }

  @Test("a lock, a time-out and a stopped question leave a session that goes on")
  func waiting() throws {
    let url = try PostgresOffice.create("waiting", PostgresFaultTests.tables)
    let source = try PostgresOffice.open(url + "?wait=1&timeout=2")
    let held = try PostgresHolder(
      "BEGIN; LOCK TABLE cases IN ACCESS EXCLUSIVE MODE;", in: "waiting")
    _ = problem(.timeout, "lock") { _ = try source.cells("race") }
    held.release()
    #expect(try source.count() == "2")
    _ = problem(.timeout, "gave up") { _ = try source.cells("pause", of: "slow") }
    #expect(try source.cells("race") == ["Black", "White"])
    let patient = try PostgresOffice.open(url)
    let stopped = #expect(throws: SourceProblem.self) {
      _ = try patient.columns(
        ["pause"], of: "slow", run: Stopping(after: .milliseconds(300)))
    }
    #expect(stopped?.kind == .cancelled)
    // The server has stopped as well, and the program was not killed for it.
    let running = try PostgresServers.one.get().sql(
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slow%' AND state = 'active' "
        + "AND pid <> pg_backend_pid()")
    #expect(running == "0\n")
    #expect(try patient.count() == "2")
  }

  @Test("a table that changed, and a right that was taken away, are said")
  func changed() throws {
    let url = try PostgresOffice.create(
      "changed",
      """
      CREATE TABLE cases (race text, age int); INSERT INTO cases VALUES ('Black', 20);
      DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN PASSWORD 'clerk';
      GRANT SELECT ON cases TO clerk;
      """)
    let cluster = try PostgresServers.one.get()
    let source = try PostgresOffice.open(
      url.replacing("owner@", with: "clerk@"), password: "clerk")
    #expect(try source.count() == "1")
    try cluster.sql("ALTER TABLE cases DROP COLUMN age", database: "changed")
    _ = problem(.damaged, "changed since") { _ = try source.cells("age") }
    _ = problem(.damaged, "changed since") {
      _ = try source.tabulate(
        Tabulation(dataset: "cases", measures: [.sum(source.field("age"))]), run: UnwatchedRun())
    }
    #expect(try source.count() == "1")
    try cluster.sql("REVOKE SELECT ON cases FROM clerk", database: "changed")
    _ = problem(.refused, "permission denied") { _ = try source.count() }
    try cluster.sql("DROP TABLE cases; DROP ROLE clerk", database: "changed")
    _ = problem(.damaged, "changed since") { _ = try source.count() }
  }

  @Test("a connection that is cut in the middle of an answer shows nothing, and is made anew")
  func cut() throws {
    let url = try PostgresOffice.create(
      "cut",
      PostgresFaultTests.tables + "CREATE TABLE many AS SELECT 'r' || g AS race "
        + "FROM generate_series(1, 300000) g;")
    let cluster = try PostgresServers.one.get()
    let source = try PostgresOffice.open(url)
    let end = Thread {
      usleep(400_000)
      _ = try? cluster.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'")
    }
    end.start()
    _ = problem(.network, "ended") { _ = try source.cells("pause", of: "slow") }
    #expect(try source.cells("race", of: "many").count == 300_000)
    #expect(try source.count() == "2")
  }

  @Test("a server that is stopped is said, and asked again when it is back")
  func stopped() throws {
    let cluster = try PostgresCluster()
    try cluster.sql("CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black')")
    let source = try PostgresOffice.open(cluster.url())
    #expect(try source.count() == "1")
    cluster.stop()
    _ = problem(.network, "ended") { _ = try source.count() }
    _ = problem(.network, "no answer") { _ = try source.count() }
  }

  @Test("a server that stands still is not waited for without end, and asked again when it goes on")
  func standsStill() throws {
    let cluster = try PostgresCluster()
    defer { cluster.stop() }
    try cluster.sql("CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black')")
    let source = try PostgresOffice.open(cluster.url() + "?timeout=1")
    #expect(try source.count() == "1")
    let processes = try cluster.processes
    for process in processes { kill(process, SIGSTOP) }
    let still = #expect(throws: SourceProblem.self) { _ = try source.count() }
    for process in processes { kill(process, SIGCONT) }
    #expect(still?.kind == .timeout, "\(String(describing: still))")
    #expect(still?.help.contains { $0.contains("?timeout=") } == true)
    #expect(try source.count() == "1")
  }

  @Test("rows that are written in the middle of a session are noticed, said and read anew")
  func written() throws {
    let url = try PostgresOffice.create(
      "noticed",
      """
      CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black'), ('White');
      CREATE TABLE yearly (race text, year int) PARTITION BY LIST (year);
      CREATE TABLE yearly_2021 PARTITION OF yearly FOR VALUES IN (2021);
      INSERT INTO yearly VALUES ('Black', 2021);
      """)
    let cluster = try PostgresServers.one.get()
    let source = try PostgresOffice.open(url)
    #expect(try source.cells("race") == ["Black", "White"])
    #expect(try source.cells("race", of: "yearly") == ["Black"])
    #expect(source.warnings(of: "cases").isEmpty)
    try cluster.sql("UPDATE cases SET race = 'Asian' WHERE race = 'White'", database: "noticed")
    try cluster.sql("INSERT INTO yearly VALUES ('White', 2021)", database: "noticed")
    #expect(try source.cells("race") == ["Black", "Asian"])
    #expect(try source.cells("race", of: "yearly") == ["Black", "White"])
    for table in ["cases", "yearly"] {
      #expect(source.warnings(of: table).contains { $0.contains("changed while it was open") })
    }
  }

  @Test("rows behind a view are counted by the next question, whoever tells of them")
  func behindViews() throws {
    let url = try PostgresOffice.create(
      "behind",
      """
      CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black'), ('White');
      CREATE VIEW seen AS SELECT * FROM cases;
      """)
    let cluster = try PostgresServers.one.get()
    let source = try PostgresOffice.open(url)
    #expect(try source.cells("race", of: "seen") == ["Black", "White"])
    try cluster.sql("INSERT INTO cases VALUES ('Asian')", database: "behind")
    #expect(try source.cells("race", of: "seen") == ["Black", "White", "Asian"])
    #expect(source.warnings(of: "seen").contains { $0.contains("changed while it was open") })
    // The same rows are read anew without a word.
    let other = try PostgresOffice.open(url)
    #expect(try other.cells("race", of: "seen") == other.cells("race", of: "seen"))
    #expect(other.warnings(of: "seen").isEmpty)
  }

  @Test("rows are counted that come before the server's own counts of them")
  func beforeTheCounts() throws {
    let url = try PostgresOffice.create(
      "counted", "CREATE TABLE cases (race text); CREATE TABLE other (race text);")
    let cluster = try PostgresServers.one.get()
    let source = try PostgresOffice.open(url)
    // One connection that stays: what it wrote is told of at most once a second.
    let writer = try PostgresHolder("INSERT INTO cases VALUES ('row 0');", in: "counted")
    defer { writer.release() }
    for count in 1...20 {
      #expect(try source.cells("race").count == count)
      try writer.run("INSERT INTO cases VALUES ('row \(count)');")
    }
    // What is written to other tables is no change of this one.
    let quiet = try PostgresOffice.open(url)
    #expect(try quiet.cells("race").count == 21)
    try cluster.sql("INSERT INTO other VALUES ('x')", database: "counted")
    #expect(try quiet.cells("race").count == 21)
    #expect(quiet.warnings(of: "cases").isEmpty)
  }
}

/// A session of its own that holds something open.
private final class PostgresHolder {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(_ sql: String, in database: String) throws {
    let cluster = try PostgresServers.one.get()
    process.executableURL = URL(filePath: (PostgresCluster.programs ?? "") + "/psql")
    process.arguments = [
      "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", "\(cluster.port)", "-U", "owner", "-d",
      database,
    ]
    process.environment = ["PGPASSWORD": PostgresCluster.password]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try run(sql)
  }

  /// Runs more of it, and waits until that is done.
  func run(_ sql: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((sql + "\n\\echo held\n").utf8))
    _ = output.fileHandleForReading.availableData
  }

  func release() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// A run that is stopped after a while.
private final class Stopping: RunMonitor {
  private let start = ContinuousClock.now
  private let patience: Duration

  init(after patience: Duration) { self.patience = patience }

  var isCancelled: Bool { ContinuousClock.now - start > patience }
  func advance(done: Int, of total: Int) {}
}
