import Columns
import Engine
import Testing

/// Counts that are kept for later questions.
struct CodeCubesTests {
  private static let group = Field.column(name: "group", meaning: Meaning(type: .category))
  private static let kind = Field.column(name: "kind", meaning: Meaning(type: .category))
  private static let question = Tabulation(dataset: "d", keys: [.field(group), .field(kind)])

  private static func columns(_ rows: [(String, String)]) -> [String: Column] {
    var builders = (ColumnBuilder(), ColumnBuilder())
    for (group, kind) in rows {
      builders.0.append(group)
      builders.1.append(kind)
    }
    return ["group": builders.0.column, "kind": builders.1.column]
  }

  private static func counts(
    _ question: Tabulation, _ columns: [String: Column], _ cubes: CodeCubes
  ) throws -> [Int?] {
    let rowCount = columns["group"]?.rowCount ?? 0
    return try LocalEngine.tabulate(question, columns: columns, rowCount: rowCount, cubes: cubes)
      .rows.map { row in
        if case .number(let count) = row.measures[0] { count.integer } else { nil }
      }
  }

  @Test("columns that were read anew are counted anew, though they have the same dictionaries")
  func readAnew() throws {
    let cubes = CodeCubes()
    let before = Self.columns([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")])
    #expect(try Self.counts(Self.question, before, cubes) == [1, 1, 1, 1])
    let after = Self.columns([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("b", "y")])
    #expect(try Self.counts(Self.question, after, cubes) == [1, 1, 1, 2])
    #expect(try Self.counts(Self.question, before, cubes) == [1, 1, 1, 1])
    // One column of each: no cube holds both.
    let shorter = Self.columns([("a", "y"), ("a", "y"), ("b", "x"), ("b", "x")])
    let mixed = ["group": before["group"], "kind": shorter["kind"]].compactMapValues(\.self)
    #expect(try Self.counts(Self.question, mixed, cubes) == [2, 2])
  }

  @Test("a question about some of the columns is answered from what was counted of all")
  func partOfCube() throws {
    let cubes = CodeCubes()
    let columns = Self.columns([("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")])
    _ = try Self.counts(Self.question, columns, cubes)
    var turned = Self.question
    turned.keys.reverse()
    #expect(try Self.counts(turned, columns, cubes) == [2, 1, 1])
    #expect(cubes.keptCount == 1)
  }

  @Test("counts go when their columns do")
  func dropped() throws {
    let cubes = CodeCubes()
    var columns = Self.columns([("a", "x"), ("a", "y"), ("b", "x")])
    _ = try Self.counts(Self.question, columns, cubes)
    #expect(cubes.keptCount == 1)
    columns["kind"] = nil
    #expect(cubes.keptCount == 0)
  }

  @Test("what is kept of many columns is bounded")
  func bounded() throws {
    let cubes = CodeCubes()
    // Each pair makes 60,000 combinations: 69 of them are all that is kept.
    let rows = (0..<300).map { (String($0 % 200), String($0)) }
    var held: [[String: Column]] = []
    for _ in 0..<75 {
      held.append(Self.columns(rows))
      #expect(try Self.counts(Self.question, held[held.count - 1], cubes).count == 300)
    }
    #expect(cubes.keptCount == 69)
    #expect(held.count == 75)
  }
}
