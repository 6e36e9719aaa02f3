import Columns
import Connectors
import Engine
import Glibc
import Testing

@Suite("Delimited text obeys the laws of sources")
struct DelimitedTextLawsTests {
  /// Read by one thread in pieces of a few lines, or by several in pieces cut through their quotes.
  private static func laws(
    cores: Int, segmentBytes: Int, mostTexts: Int = 1 << 17, delimiter: Character = ","
  ) -> SourceLaws {
    SourceLaws { cases, body in
      let folder = try TemporaryFolder()
      let cells = [cases.columns.map(\.name)] + cases.rows
      let places = [RandomCases.placeColumns.map(\.name)] + cases.placeRows
      let datasets = try [(RandomCases.dataset, cells), (RandomCases.places, places)].map {
        name, rows in
        let path = try folder.write(text(of: rows, delimiter), to: name + ".csv")
        let source = try DelimitedTextSource(
          path: path, cores: cores, segmentBytes: segmentBytes, mostTexts: mostTexts)
        return Dataset(name: name, source: source, table: name, fields: rows[0])
      }
      try withExtendedLifetime(folder) { try body(datasets) }
    }
  }

  /// Cells in quotes where they need them, doubled quotes inside.
  private static func text(of rows: [[String]], _ delimiter: Character) -> String {
    rows.map { row in
      row.map { cell in
        let needsQuotes = cell.contains { $0 == delimiter || $0 == "\"" || $0.isNewline }
        let doubled = cell.replacing("\"", with: "\"\"")
        return needsQuotes || cell.isEmpty && row.count == 1 ? "\"\(doubled)\"" : cell
      }.joined(separator: String(delimiter))
    }.joined(separator: "\n") + "\n"
  }

  @Test("columns hold the cells as they were written", arguments: [1, 3])
  func columns(cores: Int) throws {
    try DelimitedTextLawsTests.laws(cores: cores, segmentBytes: 256)
      .columnsHoldTheCells(seeds: 0..<40)
  }

  @Test("a table made of its columns is the oracle's", arguments: [(1, 1 << 20), (4, 128)])
  func scanned(cores: Int, segmentBytes: Int) throws {
    try DelimitedTextLawsTests.laws(cores: cores, segmentBytes: segmentBytes)
      .scannedIsTheOracles(seeds: 100..<180, questions: 30)
  }

  @Test("serial numbers hold the cells, and make the oracle's tables", arguments: [1, 3])
  func serialNumbers(cores: Int) throws {
    var laws = DelimitedTextLawsTests.laws(cores: cores, segmentBytes: 256, mostTexts: 0)
    laws.areSerial = true
    try laws.columnsHoldTheCells(seeds: 500..<540)
    try laws.scannedIsTheOracles(seeds: 600..<660, questions: 20)
    // Of several threads, which one reads what decides when it has seen enough.
    guard cores == 1 else { return }
    try laws.withDatasets(RandomCases(seed: 2, areSerial: true)) { datasets in
      let columns = try datasets[0].source.columns(
        ["defendant", "cost"], of: RandomCases.dataset, run: UnwatchedRun())
      #expect(columns.allSatisfy { $0.texts.serial != nil })
    }
  }

  @Test("semicolons and tabs part cells as well", arguments: [";", "\t"] as [Character])
  func delimiters(delimiter: Character) throws {
    try DelimitedTextLawsTests.laws(cores: 1, segmentBytes: 4096, delimiter: delimiter)
      .columnsHoldTheCells(seeds: 0..<10)
  }

  @Test("what is not there is said")
  func problems() throws {
    try DelimitedTextLawsTests.laws(cores: 1, segmentBytes: 4096).problemsAreSaid()
  }
}
