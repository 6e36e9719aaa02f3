import Columns
import Connectors
import Engine
import Testing

@Suite("SQLite obeys the laws of sources")
struct SQLiteLawsTests {
  private static func laws(isTyped: Bool) -> SourceLaws {
    SourceLaws { cases, body in
      let database = try TemporaryDatabase(cases, isTyped: isTyped)
      try withExtendedLifetime(database) {
        try body(try SQLiteSource(path: database.path, tabulating: .inDatabase))
      }
    }
  }

  @Test("columns hold the cells as they were written", arguments: [true, false])
  func columns(isTyped: Bool) throws {
    try SQLiteLawsTests.laws(isTyped: isTyped).columnsHoldTheCells(seeds: 0..<40)
  }

  @Test("a table made in the database is the oracle's", arguments: [true, false])
  func pushed(isTyped: Bool) throws {
    let tally = try SQLiteLawsTests.laws(isTyped: isTyped)
      .pushedIsTheOracles(seeds: 0..<100, questions: 50)
    #expect(tally.asked == 5000)
    // Most are: what is left has dates of another order, links, or texts beyond plain numbers.
    #expect(tally.pushed > 1500)
  }

  @Test("what is not there is said")
  func problems() throws {
    try SQLiteLawsTests.laws(isTyped: true).problemsAreSaid()
  }
}
