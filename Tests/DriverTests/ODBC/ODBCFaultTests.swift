import Connectors
import Engine
import Foundation
import SourceServer
import SourceWire
import Testing

@testable import docket_source_odbc

@Suite("ODBC in trouble", .serialized, .enabled(if: MariaDBServer.isTried))
struct ODBCFaultTests {
  private static let tables = """
    CREATE TABLE cases (race VARCHAR(20)); INSERT INTO cases VALUES ('Black'), ('White');
    CREATE VIEW slow AS SELECT race, SLEEP(0.05) AS pause FROM cases, seq_1_to_1000;
    """

  @Test("a driver, database, name, password or server that is none is said, with what can be done")
  func opening() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    try server.sql("CREATE OR REPLACE USER careful@'127.0.0.1' IDENTIFIED BY 'their word'")
    problem(.notFound, "the ODBC driver Nothing is not here") {
      _ = try DriverProgram.open("odbc", "odbc:Driver=Nothing;Server=x", in: folder)
    }
    problem(.notFound, "nowhere") {
      _ = try DriverProgram.open("odbc", server.url("nowhere"), in: folder)
    }
    let wrong = problem(.refused, "careful") {
      _ = try DriverProgram.open(
        "odbc", server.url("mysql", user: "careful"), in: folder,
        options: ["password": "guessed"])
    }
    #expect(wrong?.message.contains("guessed") == false)
    problem(.network, "connect") {
      _ = try DriverProgram.open(
        "odbc", server.url("mysql").replacing("Port=\(server.port)", with: "Port=1"), in: folder)
    }
    problem(.notFound, "names no database") {
      _ = try DriverProgram.open(
        "odbc", server.url("mysql").replacing(";Database=mysql", with: ""), in: folder)
    }
    problem(.notFound, "no data source") { _ = try DriverProgram.open("odbc", "odbc:", in: folder) }
    let url = try server.create("careful", ODBCFaultTests.tables)
    try server.sql("GRANT SELECT ON careful.cases TO careful@'127.0.0.1'")
    let careful = try DriverProgram.open(
      "odbc", url.replacing("UID=root", with: "UID=careful"), in: folder,
      options: ["password": "their word"])
    #expect(try careful.count() == "2")
  }

  @Test("nothing can be written")
  func writing() throws {
    let server = try MariaDBServer.shared.get()
    let url = try server.create("written", ODBCFaultTests.tables)
    let connection = try ODBCConnection(try ODBCEnvironment(), String(url.dropFirst(5)))
    let engine = ODBCEngines.engine(for: connection.product)
    try engine.begin(connection)
    for statement in [
      "INSERT INTO cases VALUES ('Asian')", "DELETE FROM cases", "DROP TABLE cases",
      "CREATE TABLE others (a INT)",
    ] {
      for isInTransaction in [false, true] {
        if isInTransaction { try connection.run(try #require(engine.transaction).begin) }
        let failure = #expect(throws: ODBCFailure.self) { try connection.run(statement) }
        #expect(failure?.state == "25006" || failure?.native == 1792, "\(statement)")
        if isInTransaction { try connection.run("ROLLBACK") }
      }
    }
    #expect(try server.sql("SELECT COUNT(*) FROM cases", database: "written") == "2\n")
  }

  @Test("a stopped question ends there as well, and the session goes on")
  func stopped() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let source = try DriverProgram.open(
      "odbc", try server.create("slow", ODBCFaultTests.tables), in: folder)
    let first = source.processIdentifier
    let problem = #expect(throws: SourceProblem.self) {
      _ = try source.cells("pause", of: "slow", run: StoppedAfter(.milliseconds(300)))
    }
    #expect(problem?.kind == .cancelled)
    #expect(try source.count() == "2")
    #expect(source.processIdentifier == first)
    let running = try server.sql(
      "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%`slow`%' "
        + "AND info NOT LIKE '%processlist%'")
    #expect(running == "0\n")
  }

  @Test("a table that changed, and a right that was taken away, are said")
  func changed() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    _ = try server.create(
      "changed", "CREATE TABLE cases (race TEXT, age INT); INSERT INTO cases VALUES ('Black', 20);")
    try server.sql(
      "CREATE OR REPLACE USER clerk@'127.0.0.1' IDENTIFIED BY 'clerk'; "
        + "GRANT SELECT ON changed.cases TO clerk@'127.0.0.1'")
    let source = try DriverProgram.open(
      "odbc", server.url("changed", user: "clerk"), in: folder, options: ["password": "clerk"])
    #expect(try source.count() == "1")
    try server.sql("ALTER TABLE cases DROP COLUMN age", database: "changed")
    problem(.notFound, "age") { _ = try source.cells("age") }
    #expect(try source.count() == "1")
    try server.sql("REVOKE SELECT ON changed.cases FROM clerk@'127.0.0.1'")
    problem(.refused, "denied") { _ = try source.count() }
  }

  @Test("a connection that is cut, or a server that is stopped, shows nothing and is made anew")
  func cut() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer()
    let source = try DriverProgram.open(
      "odbc", try server.create("cut", ODBCFaultTests.tables), in: folder)
    let end = Thread {
      usleep(400_000)
      _ = try? server.sql(
        "SELECT CONCAT('KILL ', id) INTO @q FROM information_schema.processlist "
          + "WHERE db = 'cut' LIMIT 1; EXECUTE IMMEDIATE @q")
    }
    end.start()
    problem(.network, "") { _ = try source.cells("pause", of: "slow") }
    #expect(try source.count() == "2")
    server.stop()
    problem(.network, "") { _ = try source.count() }
    problem(.network, "") { _ = try source.count() }
  }

  @Test("a question that takes too long is given up, with the way to allow more")
  func late() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let url = try server.create("late", ODBCFaultTests.tables)
    let source = try DriverProgram.open("odbc", url + "?timeout=1", in: folder)
    let process = source.processIdentifier
    let late = problem(.timeout, "given up after 1 s") {
      _ = try source.cells("pause", of: "slow")
    }
    #expect(late?.help.contains { $0.contains("?timeout=") } == true)
    #expect(try source.count() == "2")
    #expect(source.processIdentifier == process)
    problem(.refused, "seconds") {
      _ = try DriverProgram.open("odbc", url + "?timeout=soon", in: folder)
    }
    let limited = try DriverProgram.open(
      "odbc", url.replacing("odbc:", with: "odbc:InitStmt={SET max_statement_time = 0.5};"),
      in: folder)
    problem(.timeout, "max_statement_time") { _ = try limited.cells("pause", of: "slow") }
    #expect(try limited.count() == "2")
  }

  @Test("what drivers say of time and locks is understood")
  func words() {
    for (state, message) in [
      ("HYT00", "Timeout expired"), ("HYT01", "Connection timeout expired"),
      ("HY000", "database is locked"),
    ] {
      let said = ODBCFailure(state: state, message).said(of: "office")
      #expect(said.code == .timeout)
      #expect(said.hint?.isEmpty == false)
    }
  }

  @Test("a table that another program has locked is not waited for without end")
  func locked() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let url = try server.create("locked", ODBCFaultTests.tables)
    let source = try DriverProgram.open("odbc", url, in: folder)
    let holder = try MariaDBHolder(server, "LOCK TABLES locked.cases WRITE;")
    let held = problem(.timeout, "") { _ = try source.cells("race") }
    #expect(held?.help.contains { $0.contains("holds a lock") } == true)
    holder.release()
    #expect(try source.cells("race") == ["Black", "White"])
  }

  @Test("rows that are written in the middle of a session are noticed, said and read anew")
  func written() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let url = try server.create("noticed", ODBCFaultTests.tables)
    let source = try DriverProgram.open("odbc", url, in: folder)
    #expect(try source.cells("race") == ["Black", "White"])
    #expect(source.warnings(of: "cases").isEmpty)
    try server.sql("UPDATE cases SET race = 'Asian' WHERE race = 'White'", database: "noticed")
    #expect(try source.cells("race") == ["Black", "Asian"])
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
    // The server tells the time of the last change to the second.
    for count in 3...8 {
      try server.sql("INSERT INTO cases (race) VALUES ('White')", database: "noticed")
      #expect(try source.cells("race").count == count)
    }
  }

  @Test("rows behind a view are counted by the next question")
  func behindViews() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let url = try server.create(
      "behind", ODBCFaultTests.tables + "CREATE VIEW seen AS SELECT race FROM cases;")
    let source = try DriverProgram.open("odbc", url, in: folder)
    #expect(try source.cells("race", of: "seen").sorted() == ["Black", "White"])
    try server.sql("INSERT INTO cases (race) VALUES ('Asian')", database: "behind")
    #expect(try source.cells("race", of: "seen").sorted() == ["Asian", "Black", "White"])
    #expect(source.warnings(of: "seen").contains { $0.contains("changed while it was open") })
  }
}

/// A session of its own that holds something open.
private final class MariaDBHolder {
  private let process = Process()
  private let input = Pipe()

  init(_ server: MariaDBServer, _ sql: String) throws {
    process.executableURL = URL(filePath: "/usr/bin/mariadb")
    process.arguments = server.arguments + ["--unbuffered"]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data((sql + "\nSELECT 'held';\n").utf8))
    // Not before the lock is there.
    _ = output.fileHandleForReading.availableData
  }

  func release() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
