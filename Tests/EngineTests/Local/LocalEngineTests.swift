import Columns
import Connectors
import Engine
import Testing

/// The columnar engine gives what the oracle gives, row by row.
struct LocalEngineTests {
  private func compare(
    seeds: Range<UInt64>, rows: Int, questions: Int, areSerial: Bool = false
  ) throws {
    for seed in seeds {
      let cases = RandomCases(seed: seed, atMost: rows, areSerial: areSerial)
      let columns = cases.asColumns
      var random = RandomQuestions(seed: seed)
      // What one question counted must not mislead the next.
      let cubes = CodeCubes()
      for _ in 0..<questions {
        let question = random.tabulation()
        let made = try cases.scanned(question, columns, cubes)
        let wanted = cases.oracle.table(for: question)
        guard made == wanted else {
          Issue.record("seed \(seed): \(question)\nmade \(made.rows)\nnot  \(wanted.rows)")
          return
        }
      }
    }
  }

  @Test("random tabulations over small tables are the oracle's")
  func smallTables() throws {
    try compare(seeds: 0..<60, rows: 40, questions: 15)
  }

  @Test("random tabulations over tables of many values are the oracle's")
  func largerTables() throws {
    try compare(seeds: 1000..<1004, rows: 1500, questions: 8)
  }

  @Test("random tabulations over serial numbers are the oracle's")
  func serialNumbers() throws {
    let columns = RandomCases(seed: 2, areSerial: true).asColumns
    #expect(columns["defendant"]?.texts.serial != nil && columns["cost"]?.texts.serial != nil)
    try compare(seeds: 2000..<2060, rows: 40, questions: 15, areSerial: true)
    try compare(seeds: 3000..<3002, rows: 1500, questions: 8, areSerial: true)
  }

  @Test("random listings are the oracle's")
  func listings() throws {
    for seed in 0..<40 as Range<UInt64> {
      let cases = RandomCases(seed: seed)
      let columns = cases.asColumns
      var random = RandomQuestions(seed: seed)
      for _ in 0..<10 {
        let listing = random.listing()
        guard case .first(let limit) = listing.choice else { continue }
        let made = try LocalEngine.list(
          listing, columns: columns, rowCount: cases.rows.count,
          links: cases.links(LocalEngine.links(of: listing)))
        #expect(made == cases.oracle.list(listing, limit: limit), "seed \(seed): \(listing)")
      }
    }
  }

  @Test("a sample is of the size asked, in input order, and the same for the same seed")
  func samples() throws {
    let texts = (0..<1000).map { String($0) }
    var builder = ColumnBuilder()
    for text in texts { builder.append(text) }
    let id = Field.column(name: "id", meaning: Meaning(type: .integer))
    func sample(_ size: Int, seed: UInt64) throws -> [Int] {
      let listing = Listing(
        dataset: "d", rows: .test(id, .compare(.less, .number(Decimal(500)))), fields: [id],
        choice: .sample(size, seed: seed))
      let rows = try LocalEngine.list(
        listing, columns: ["id": builder.column], rowCount: texts.count)
      #expect(rows.matching == 500)
      return rows.rows.compactMap { row in
        if case .number(let number) = row[0] { return number.integer }
        return nil
      }
    }
    let drawn = try sample(50, seed: 7)
    #expect(drawn.count == 50)
    #expect(drawn == drawn.sorted() && Set(drawn).count == 50)
    #expect(try sample(50, seed: 7) == drawn)
    #expect(try sample(50, seed: 8) != drawn)
    #expect(try sample(500, seed: 1) == Array(0..<500))
    #expect(try sample(900, seed: 1).count == 500)
  }

  @Test("a stopped question is an error")
  func cancelled() throws {
    struct Stopped: RunMonitor {
      var isCancelled: Bool { true }
      func advance(done: Int, of total: Int) {}
    }
    #expect {
      try LocalEngine.tabulate(
        Tabulation(dataset: "d"), columns: [:], rowCount: 5, monitor: Stopped())
    } throws: {
      ($0 as? SourceProblem)?.kind == .cancelled
    }
  }
}
