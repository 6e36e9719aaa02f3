import Columns
import Connectors
import Engine
import Foundation
import Testing

@testable import EngineTests

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
}
