import Columns
import Connectors
import Engine
import Testing

/// A few groups chosen before any is a row are those that the whole table has.
struct CountTableTests {
  private static let choices: [GroupChoice] =
    [0, 1, 2, 5, 1000, .max].map { .largest($0) } + [0, 1, 6, 1000, .max].map { .all(atMost: $0) }

  @Test("of random cases, by random groups and conditions", arguments: [false, true])
  func randomCases(areSerial: Bool) throws {
    for seed in 0..<60 as Range<UInt64> {
      let cases = RandomCases(seed: seed, areSerial: areSerial)
      let columns = cases.asColumns
      var random = RandomQuestions(seed: seed)
      var dice = SplitMix(seed: seed)
      let cubes = CodeCubes()
      for _ in 0..<12 {
        var question = random.tabulation()
        question.measures = [question.measures.first ?? .rows]
        // All rows by one column alone are counted in a way of their own.
        if dice.chance(30) {
          question.rows = .constant(true)
          question.measures = [.rows]
          question.weight = nil
          let columns = cases.columns.map { Field.column(name: $0.name, meaning: $0.meaning) }
          question.keys = [.field(dice.pick(columns))]
        }
        let (read, links) = try cases.read(for: question, columns, cubes)
        let whole = cases.oracle.table(for: question)
        for choice in Self.choices {
          let made = try LocalEngine.countTable(
            question, choice, columns: read, rowCount: cases.rows.count, links: links,
            cubes: cubes)
          guard question.weight == nil, question.measures[0].isCount else {
            #expect(made == nil)
            continue
          }
          #expect(made == CountTable(whole, choice), "seed \(seed), \(choice): \(question)")
        }
      }
    }
  }

  @Test(
    "ties are broken by key order, however many there are",
    arguments: [1, 10, 999, 1000, 1001, 1500, 2999, 3000, 3001, 9000])
  func ties(most: Int) throws {
    var builders = (ColumnBuilder(), ColumnBuilder())
    var random = SplitMix(seed: 11)
    // Texts that share their first bytes, one that is missing, a third of them twice as often.
    let names = (0..<3000).map { $0 == 17 ? "" : "case number \($0 * 7919 % 3000)" }
    for (place, name) in (names + names.filter { $0.hasSuffix("1") }).shuffled(using: &random)
      .enumerated()
    {
      builders.0.append(name)
      builders.1.append(["x", "y"][place % 2])
    }
    let columns = ["name": builders.0.column, "kind": builders.1.column]
    let name = Key.field(.column(name: "name", meaning: Meaning(type: .text)))
    let kind = Key.field(.column(name: "kind", meaning: Meaning(type: .category)))
    for keys in [[name], [kind, name], [name, kind]] {
      let question = Tabulation(dataset: "d", keys: keys)
      let rowCount = columns["name"]?.rowCount ?? 0
      let whole = try LocalEngine.tabulate(question, columns: columns, rowCount: rowCount)
      let made = try LocalEngine.countTable(
        question, .largest(most), columns: columns, rowCount: rowCount)
      #expect(made == CountTable(whole, .largest(most)))
      #expect(made?.rows.count == min(most, whole.rows.count))
    }
  }
}

extension Measure {
  fileprivate var isCount: Bool {
    switch self {
    case .rows, .units: true
    case .sum, .least, .greatest: false
    }
  }
}
