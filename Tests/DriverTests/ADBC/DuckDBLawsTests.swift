import Columns
import Connectors
import Engine
import Testing

@testable import EngineTests

@Suite(
  "DuckDB and Parquet through ADBC obey the laws of sources", .serialized,
  .enabled(if: ADBCDrivers.isTried))
struct DuckDBLawsTests {
  enum Kind: CaseIterable {
    case database, texts, parquet
  }

  private static func laws(_ kind: Kind) -> SourceLaws {
    SourceLaws { cases, body in
      let folder = try ScratchFolder()
      let tables = RandomTables(words: .duckDB, isTyped: kind != .texts).sql(cases)
      let path = folder.path("office.duckdb")
      let names = [RandomCases.dataset, RandomCases.places]
      var files = [path]
      if kind == .parquet {
        files = names.map { folder.path("\($0).parquet") }
        let copies = zip(names, files).map { "COPY \($0) TO '\($1)' (FORMAT parquet);\n" }
        try ADBCDrivers.duckDB(tables + copies.joined())
      } else {
        try ADBCDrivers.duckDB(path, tables)
      }
      let sources = try files.map {
        try DriverProgram.open(
          "adbc", kind == .parquet ? $0 : "adbc:duckdb:" + $0, in: folder,
          environment: ADBCDrivers.environment)
      }
      defer { for source in sources { source.stop() } }
      try withExtendedLifetime(folder) {
        try body(sources.flatMap { try $0.described() })
      }
    }
  }

  @Test("columns hold the cells as they were written", arguments: Kind.allCases)
  func columns(kind: Kind) throws {
    try DuckDBLawsTests.laws(kind).columnsHoldTheCells(seeds: 0..<5)
  }

  @Test("a table made by DuckDB is the oracle's", arguments: Kind.allCases)
  func pushed(kind: Kind) throws {
    let tally = try DuckDBLawsTests.laws(kind).pushedIsTheOracles(seeds: 0..<8, questions: 90)
    #expect(tally.asked == 720)
    // The rest has dates of another order, links, or texts that are no numbers.
    #expect(tally.pushed > (kind == .texts ? 180 : 320))
  }

  @Test("a table made here of its columns is the oracle's")
  func scanned() throws {
    try DuckDBLawsTests.laws(.parquet).scannedIsTheOracles(seeds: 0..<5, questions: 25)
  }

  @Test("what is not there is said, and a fingerprint is that of the data")
  func problems() throws {
    try DuckDBLawsTests.laws(.parquet).problemsAreSaid()
  }
}
