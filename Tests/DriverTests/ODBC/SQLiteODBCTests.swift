import Columns
import Connectors
import Engine
import Foundation
import Testing

@testable import EngineTests
@testable import docket_source_odbc

/// SQLite's driver for ODBC.
enum SQLiteDriver {
  static let obstacle: String? = {
    do {
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", ["libsqliteodbc"])
      return nil
    } catch {
      return "the package libsqliteodbc can't be installed"
    }
  }()

  static let isTried = DriverProgram.isTried("SQLite through ODBC", unless: obstacle)

  static func url(_ path: String) -> String { "odbc:Driver=SQLite3;Database=\(path)" }
}

@Suite("SQLite through ODBC", .serialized, .enabled(if: SQLiteDriver.isTried))
struct SQLiteODBCTests {
  private static func laws(isTyped: Bool) -> SourceLaws {
    SourceLaws { cases, body in
      let database = try TemporaryDatabase(cases, isTyped: isTyped)
      let folder = try ScratchFolder()
      let source = try DriverProgram.open("odbc", SQLiteDriver.url(database.path), in: folder)
      defer { source.stop() }
      try withExtendedLifetime((database, folder)) { try body(try source.described()) }
    }
  }

  @Test("columns hold the cells as they were written", arguments: [true, false])
  func columns(isTyped: Bool) throws {
    try SQLiteODBCTests.laws(isTyped: isTyped).columnsHoldTheCells(seeds: 0..<8)
  }

  @Test("a table made in the database is the oracle's", arguments: [true, false])
  func pushed(isTyped: Bool) throws {
    let tally = try SQLiteODBCTests.laws(isTyped: isTyped)
      .pushedIsTheOracles(seeds: 0..<12, questions: 60)
    #expect(tally.asked == 720)
    #expect(tally.pushed > 180)
  }

  @Test("a table made here of its columns is the oracle's")
  func scanned() throws {
    try SQLiteODBCTests.laws(isTyped: true).scannedIsTheOracles(seeds: 0..<8, questions: 25)
  }

  @Test("cells of every kind come as they are, whatever their column is declared as")
  func cells() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (race VARCHAR(3), age INTEGER, cost REAL, note TEXT, raw BLOB);
      INSERT INTO cases VALUES ('longer than declared', 7, 0.1, 'ñ😀', x'00');
      INSERT INTO cases VALUES (NULL, 9223372036854775807, 1e300, '', NULL);
      INSERT INTO cases VALUES ('x ', NULL, 3.0, replace(hex(zeroblob(20000)), '0', 'é'), NULL);
      CREATE TABLE mixed (age INTEGER); INSERT INTO mixed VALUES (1), ('n/a');
      """)
    let folder = try ScratchFolder()
    let source = try DriverProgram.open("odbc", SQLiteDriver.url(database.path), in: folder)
    #expect(try source.cells("race") == ["longer than declared", "", "x "])
    #expect(try source.cells("age") == ["7", "9223372036854775807", ""])
    #expect(try source.cells("cost") == ["0.1", "1e+300", "3"])
    #expect(
      try source.cells("note") == ["ñ😀", "", String(repeating: "é", count: 40_000)])
    #expect(try source.cells("raw") == ["", "", ""])
    #expect(try source.cells("age", of: "mixed") == ["1", "n/a"])
    withExtendedLifetime(database) {}
  }

  @Test("a file that is not there, or no database, is said and not made")
  func faults() throws {
    let folder = try ScratchFolder()
    let missing = folder.path("missing.db")
    problem(.notFound, "there is no file") {
      _ = try DriverProgram.open("odbc", SQLiteDriver.url(missing), in: folder)
    }
    #expect(!FileManager.default.fileExists(atPath: missing))
    let junk = try folder.write("junk.db", String(repeating: "no database ", count: 200))
    problem(.damaged, "not a database") {
      _ = try DriverProgram.open("odbc", SQLiteDriver.url(junk), in: folder)
    }
  }

  @Test("a file that another program writes to is said, waited for, and read anew")
  func locked() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (race TEXT); INSERT INTO cases VALUES ('Black')")
    let folder = try ScratchFolder()
    let source = try DriverProgram.open(
      "odbc", SQLiteDriver.url(database.path) + ";Timeout=100", in: folder)
    #expect(try source.cells("race") == ["Black"])
    let holder = try SQLiteHolder(
      database.path, "BEGIN EXCLUSIVE", then: "INSERT INTO cases VALUES ('White')")
    let held = problem(.timeout, "locked") { _ = try source.cells("race") }
    #expect(held?.help.contains { $0.contains("another program") } == true)
    holder.release()
    #expect(try source.cells("race") == ["Black", "White"])
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
  }

  @Test("nothing can be written")
  func writing() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (race TEXT); INSERT INTO cases VALUES ('Black')")
    let connection = try ODBCConnection(
      try ODBCEnvironment(),
      "Driver=SQLite3;Database=\(database.path)" + ODBCEngines.additions(for: "SQLite3"))
    let engine = ODBCEngines.engine(for: connection.product)
    try engine.begin(connection)
    for statement in [
      "INSERT INTO cases VALUES ('Asian')", "DELETE FROM cases", "DROP TABLE cases",
      "CREATE TABLE others (a INT)", "PRAGMA user_version = 7", "VACUUM",
    ] {
      #expect(throws: ODBCFailure.self, "\(statement)") { try connection.run(statement) }
    }
    #expect(try connection.cells("SELECT COUNT(*) FROM cases")[0][0].written == "1")
    withExtendedLifetime(database) {}
  }
}

/// Another program that has an SQLite file open.
private final class SQLiteHolder {
  private let process = Process()
  private let input = Pipe()

  /// - Parameter last: what it runs before it lets go.
  init(_ path: String, _ sql: String, then last: String) throws {
    let script = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute(sys.argv[2]); print("held", flush=True)
      sys.stdin.read(); c.execute(sys.argv[3]); c.execute("COMMIT")
      """
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, path, sql, last]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    // Not before the lock is there.
    _ = output.fileHandleForReading.availableData
  }

  func release() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
