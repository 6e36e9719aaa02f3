import Columns
import Connectors
import Engine
import Testing

@Suite("SQLite obeys the laws of sources")
struct SQLiteLawsTests {
  private static func laws(isTyped: Bool, _ tabulating: SQLiteSource.Tabulating) -> SourceLaws {
    SourceLaws { cases, body in
      let database = try TemporaryDatabase(cases, isTyped: isTyped)
      try withExtendedLifetime(database) {
        let source = try SQLiteSource(path: database.path, tabulating: tabulating)
        try body(
          try source.datasets().map {
            Dataset(name: $0.name, source: source, table: $0.name, fields: $0.fields)
          })
      }
    }
  }

  @Test("columns hold the cells as they were written", arguments: [true, false])
  func columns(isTyped: Bool) throws {
    try SQLiteLawsTests.laws(isTyped: isTyped, .here).columnsHoldTheCells(seeds: 0..<40)
  }

  @Test("a table made in the database is the oracle's", arguments: [true, false])
  func pushed(isTyped: Bool) throws {
    let tally = try SQLiteLawsTests.laws(isTyped: isTyped, .inDatabase)
      .pushedIsTheOracles(seeds: 0..<100, questions: 55)
    #expect(tally.asked == 5500)
    // What is left has dates of another order, picks, or texts beyond plain numbers.
    #expect(tally.pushed > 1500)
    #expect(tally.linked > 100)
  }

  @Test("a table made here of its columns is the oracle's", arguments: [true, false])
  func scanned(isTyped: Bool) throws {
    try SQLiteLawsTests.laws(isTyped: isTyped, .here)
      .scannedIsTheOracles(seeds: 0..<40, questions: 25)
  }

  @Test("what is not there is said")
  func problems() throws {
    try SQLiteLawsTests.laws(isTyped: true, .here).problemsAreSaid()
  }
}
