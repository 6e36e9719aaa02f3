import Columns
import Connectors
import Engine
import Testing

/// Values by group in columns say what the table by value says, row at a time.
struct GroupedValuesTests {
  /// A group of a table by value, worked out from its rows.
  private struct Wanted {
    let keys: [Value]
    var values: [(number: Decimal, count: Int)] = []
    var unknown = 0

    var sum: Decimal {
      values.reduce(.zero) { sum, entry in
        (0..<entry.count).reduce(sum) { sum, _ in sum + entry.number }
      }
    }

    var known: Int { values.reduce(0) { $0 + $1.count } }

    /// Two passes over the numbers themselves.
    var variance: Double? {
      guard known > 1 else { return nil }
      let mean = sum.double / Double(known)
      let squares = values.reduce(0.0) { squares, entry in
        let distance = entry.number.double - mean
        return squares + distance * distance * Double(entry.count)
      }
      return squares / Double(known - 1)
    }

    static func groups(_ table: SmallTable) -> [Wanted] {
      var groups: [Wanted] = []
      for row in table.rows {
        let keys = Array(row.keys.dropLast())
        if groups.last?.keys != keys { groups.append(Wanted(keys: keys)) }
        guard case .number(let count)? = row.measures.first, let rows = count.integer else {
          continue
        }
        if case .number(let number)? = row.keys.last {
          groups[groups.count - 1].values.append((number, rows))
        } else {
          groups[groups.count - 1].unknown += rows
        }
      }
      return groups
    }
  }

  private func compare(
    _ tabulation: Tabulation, _ columns: [String: Column], _ rowCount: Int,
    _ links: [Field: LinkedValues], _ cubes: CodeCubes, wanted table: SmallTable, _ name: Comment
  ) throws {
    // Without keys there is one group, even where no row counts.
    var wanted = Wanted.groups(table)
    if tabulation.keys.count == 1, wanted.isEmpty { wanted = [Wanted(keys: [])] }
    let mostDecimals = wanted.flatMap(\.values).map(\.number.scale).max() ?? 0
    let values = try #require(
      try LocalEngine.valueTable(
        tabulation, columns: columns, rowCount: rowCount, links: links, cubes: cubes))
    #expect(values.groups.map(\.keys) == wanted.map(\.keys), name)
    #expect(values.groups.map(\.values) == wanted.map { $0.values.map(\.number.double) }, name)
    #expect(values.groups.map(\.counts) == wanted.map { $0.values.map(\.count) }, name)
    #expect(values.groups.map(\.sum) == wanted.map(\.sum), name)
    #expect(values.groups.map(\.unknown) == wanted.map(\.unknown), name)
    #expect(values.mostDecimals == mostDecimals, name)
    let moments = try #require(
      try LocalEngine.momentTable(
        tabulation, columns: columns, rowCount: rowCount, links: links, cubes: cubes))
    #expect(moments.groups.map(\.keys) == wanted.map(\.keys), name)
    #expect(moments.groups.map(\.known) == wanted.map(\.known), name)
    #expect(moments.groups.map(\.unknown) == wanted.map(\.unknown), name)
    #expect(moments.groups.map(\.sum) == wanted.map(\.sum), name)
    #expect(moments.groups.map(\.least) == wanted.map { $0.values.first?.number.double }, name)
    #expect(moments.groups.map(\.greatest) == wanted.map { $0.values.last?.number.double }, name)
    #expect(moments.mostDecimals == mostDecimals, name)
    if !table.rows.isEmpty {
      let told = try #require(MomentTable(table))
      #expect(told == moments, name)
    }
    for (made, group) in zip(moments.groups, wanted) {
      guard let variance = made.variance, let known = group.variance else {
        #expect(made.variance == nil && group.variance == nil, name)
        continue
      }
      #expect((variance - known).magnitude <= 1e-9 * max(1, known), name)
    }
  }

  @Test("of random cases, by random groups and conditions", arguments: [false, true])
  func randomCases(areSerial: Bool) throws {
    for seed in 0..<40 as Range<UInt64> {
      let cases = RandomCases(seed: seed, areSerial: areSerial)
      let columns = cases.asColumns
      var random = RandomQuestions(seed: seed)
      let cubes = CodeCubes()
      for _ in 0..<12 {
        var tabulation = random.tabulation()
        let name = ["age", "charges", "cost", "people"][Int(seed % 4)]
        guard let meaning = cases.columns.first(where: { $0.name == name })?.meaning else {
          continue
        }
        tabulation.keys.append(.field(.column(name: name, meaning: meaning)))
        tabulation.measures = [.rows]
        tabulation.weight = nil
        let (read, links) = try cases.read(for: tabulation, columns, cubes)
        try compare(
          tabulation, read, cases.rows.count, links, cubes,
          wanted: cases.oracle.table(for: tabulation), "seed \(seed): \(tabulation)")
      }
    }
  }

  @Test("of more values than cells are made for")
  func manyValues() throws {
    var builders = (ColumnBuilder(), ColumnBuilder())
    var random = SplitMix(seed: 4)
    let rowCount = 60_000
    for row in 0..<rowCount {
      builders.0.append(["a", "b", "c", ""][Int.random(in: 0..<4, using: &random)])
      let cents = Int.random(in: 0..<9_999_999, using: &random)
      builders.1.append(row % 50 == 0 ? "" : "\(cents / 100).\(cents % 100 / 10)\(cents % 10)")
    }
    let columns = ["group": builders.0.column, "cost": builders.1.column]
    let group = Field.column(name: "group", meaning: Meaning(type: .category))
    let cost = Field.column(name: "cost", meaning: Meaning(type: .decimal))
    for rows in [Predicate.constant(true), .not(.test(group, .among([.text("a")])))] {
      for keys in [[], [Key.field(group)]] {
        let tabulation = Tabulation(dataset: "d", rows: rows, keys: keys + [.field(cost)])
        let table = try LocalEngine.tabulate(tabulation, columns: columns, rowCount: rowCount)
        try compare(
          tabulation, columns, rowCount, [:], CodeCubes(), wanted: table, "\(tabulation)")
      }
    }
  }

  @Test("of more groups than a table of their ranks has room for", arguments: [false, true])
  func manyGroups(isOneColumn: Bool) throws {
    var builders = (ColumnBuilder(), ColumnBuilder())
    var random = SplitMix(seed: 9)
    let rowCount = 70_000
    for row in 0..<rowCount {
      let id = Int.random(in: 0..<9000, using: &random)
      builders.0.append(row % 700 == 3 ? "" : "\(id)")
      builders.1.append(row % 40 == 0 ? "" : "\(Int.random(in: 0..<3000, using: &random))")
    }
    let columns = ["id": builders.0.column, "days": builders.1.column]
    // Three numbers each are one group, so that groups have several values of the same column.
    let together = (0..<9000).map { ("\($0)", "\($0 / 3)") }
    let recoded = Meaning(
      type: .category, recode: Dictionary(uniqueKeysWithValues: together))
    let key = Field.column(
      name: "id", meaning: isOneColumn ? recoded : Meaning(type: .category))
    let measured = Field.column(
      name: isOneColumn ? "id" : "days", meaning: Meaning(type: .integer))
    let rows = Predicate.not(.test(measured, .among([.number(Decimal(7))])))
    for rows in [Predicate.constant(true), rows] {
      let tabulation = Tabulation(
        dataset: "d", rows: rows, keys: [.field(key), .field(measured)])
      let table = try LocalEngine.tabulate(tabulation, columns: columns, rowCount: rowCount)
      #expect(table.rows.count > 8000)
      try compare(tabulation, columns, rowCount, [:], CodeCubes(), wanted: table, "\(rows)")
    }
  }

  @Test("weighted rows and numbers that are not exact are left to the table")
  func leftOut() throws {
    var builder = ColumnBuilder()
    for text in ["1e3", "2.5e-7", "12345678901234567890123"] { builder.append(text) }
    let columns = ["x": builder.column]
    let real = Field.column(name: "x", meaning: Meaning(type: .real))
    let whole = Field.column(name: "x", meaning: Meaning(type: .decimal))
    for (field, weight) in [(real, nil), (whole, nil), (whole, whole)] {
      let tabulation = Tabulation(dataset: "d", keys: [.field(field)], weight: weight)
      #expect(try LocalEngine.valueTable(tabulation, columns: columns, rowCount: 3) == nil)
      #expect(try LocalEngine.momentTable(tabulation, columns: columns, rowCount: 3) == nil)
      let table = try LocalEngine.tabulate(tabulation, columns: columns, rowCount: 3)
      #expect(MomentTable(table) == nil)
    }
  }
}
