import Columns
import Connectors
import Engine
import Testing

@testable import EngineTests

@Suite(
  "MariaDB through ODBC obeys the laws of sources", .serialized,
  .enabled(if: MariaDBServer.isTried))
struct MariaDBLawsTests {
  private static func laws(isTyped: Bool) -> SourceLaws {
    SourceLaws { cases, body in
      let server = try MariaDBServer.shared.get()
      let tables = RandomTables(words: .mariaDB, isTyped: isTyped)
      let folder = try ScratchFolder()
      let source = try DriverProgram.open(
        "odbc", try server.create("laws", tables.sql(cases)), in: folder)
      defer { source.stop() }
      try withExtendedLifetime(folder) { try body(try source.described()) }
    }
  }

  @Test("columns hold the cells as they were written", arguments: [true, false])
  func columns(isTyped: Bool) throws {
    try MariaDBLawsTests.laws(isTyped: isTyped).columnsHoldTheCells(seeds: 0..<8)
  }

  @Test("a table made in the database is the oracle's", arguments: [true, false])
  func pushed(isTyped: Bool) throws {
    let tally = try MariaDBLawsTests.laws(isTyped: isTyped)
      .pushedIsTheOracles(seeds: 0..<12, questions: 60)
    #expect(tally.asked == 720)
    // The rest has dates of another order, links, or texts that are no numbers.
    #expect(tally.pushed > (isTyped ? 300 : 180))
  }

  @Test("a table made here of its columns is the oracle's")
  func scanned() throws {
    try MariaDBLawsTests.laws(isTyped: true).scannedIsTheOracles(seeds: 0..<8, questions: 25)
  }
}
