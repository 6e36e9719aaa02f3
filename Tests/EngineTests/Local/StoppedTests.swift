import Columns
import Connectors
import Engine
import Synchronization
import Testing

/// A question that is stopped somewhere leaves nothing behind that a later one could take for true.
struct StoppedTests {
  /// Stops when it has been asked so many times.
  private final class StopsAfter: RunMonitor {
    private let left: Atomic<Int>

    init(_ count: Int) { left = Atomic(count) }

    var isCancelled: Bool {
      left.subtract(1, ordering: .relaxed).newValue < 0
    }

    func advance(done: Int, of total: Int) {}
  }

  private static let number = Meaning(type: .integer)
  private static let id = Field.column(name: "id", meaning: number)
  private static let name = Field.column(name: "name", meaning: Meaning(type: .text))
  private static let rowCount = 40_000

  /// Distinct ids, as numbers and as texts.
  private static func columns() -> [String: Column] {
    var builders = (ColumnBuilder(), ColumnBuilder())
    for row in 0..<rowCount {
      let id = row * 7919 % rowCount
      builders.0.append(id == 3 ? "" : "\(id)")
      builders.1.append(id == 5 ? "" : "case \(id / 2)")
    }
    return ["id": builders.0.column, "name": builders.1.column]
  }

  private static let questions: [Tabulation] = [
    Tabulation(dataset: "d", keys: [.field(id)]),
    Tabulation(dataset: "d", keys: [.field(name)], measures: [.units(id), .least(id)]),
    Tabulation(
      dataset: "d", rows: .test(id, .compare(.less, .number(Decimal(25_000)))),
      keys: [.field(name), .test(.missing(id))]),
  ]

  @Test(
    "a loop over millions of elements ends soon after it is stopped, and sees all where it is not")
  func loop() throws {
    let elements = Array(0..<100_000)
    var seen: [Int] = []
    let stopped = Runner(catalogue: Catalogue(), monitor: StopsAfter(3))
    #expect(throws: SourceProblem.self) { try stopped.each(elements) { seen.append($0) } }
    #expect(!seen.isEmpty && seen.count < 20_000)
    seen = []
    try Runner(catalogue: Catalogue(), monitor: StopsAfter(.max)).each(elements) { seen.append($0) }
    #expect(seen == elements)
  }

  @Test("wherever it is stopped, the next question is answered as ever", arguments: 0..<3)
  func stopped(place: Int) throws {
    let question = Self.questions[place]
    let fresh = try LocalEngine.tabulate(
      question, columns: Self.columns(), rowCount: Self.rowCount)
    let columns = Self.columns()
    let cubes = CodeCubes()
    var (stops, asked) = (0, 0)
    while stops < 10 {
      do {
        let made = try LocalEngine.tabulate(
          question, columns: columns, rowCount: Self.rowCount, cubes: cubes,
          monitor: StopsAfter(asked))
        #expect(made == fresh)
        break
      } catch let problem as SourceProblem where problem.kind == .cancelled {
        stops += 1
        asked += 1 + asked
      }
    }
    // It was looked at often, so that nobody waits for long.
    #expect(stops > 3)
    let after = try LocalEngine.tabulate(
      question, columns: columns, rowCount: Self.rowCount, cubes: cubes)
    #expect(after == fresh)
    let counted = try LocalEngine.countTable(
      question, .largest(7), columns: columns, rowCount: Self.rowCount, cubes: cubes)
    if question.measures == [.rows] {
      #expect(counted == CountTable(fresh, .largest(7)))
    }
  }

  @Test("values of more groups than a table has room for, wherever they are stopped")
  func values() throws {
    let question = Tabulation(dataset: "d", keys: [.field(Self.name), .field(Self.id)])
    func groups(_ monitor: any RunMonitor) throws -> [String] {
      let table = try LocalEngine.valueTable(
        question, columns: Self.columns(), rowCount: Self.rowCount, monitor: monitor)
      return try #require(table).groups.map { "\($0)" }
    }
    let whole = try groups(StopsAfter(.max))
    #expect(whole.count == Self.rowCount / 2 + 1)
    var (stops, asked) = (0, 0)
    while stops < 40 {
      do {
        #expect(try groups(StopsAfter(asked)) == whole)
        break
      } catch let problem as SourceProblem where problem.kind == .cancelled {
        stops += 1
        asked += 1 + asked / 4
      }
    }
    #expect(stops > 5 && stops < 40)
  }
}
