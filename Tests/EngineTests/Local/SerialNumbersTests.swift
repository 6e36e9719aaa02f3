import Columns
import Testing

@testable import Engine

/// Serial numbers of which more are in the rows than cells are made for, some of them in none, held to what a loop over
/// the rows adds up.
struct SerialNumbersTests {
  private let rowCount = 60_000
  private let groups: [String]
  private let ids: [String]
  private let cents: [Int?]
  private let columns: [String: Column]

  init() throws {
    var random = SplitMix(seed: 12)
    var groups: [String] = []
    var ids: [String] = []
    var cents: [Int?] = []
    for _ in 0..<rowCount {
      groups.append(random.pick(["a", "b", ""]))
      // Every third number is in no row.
      let number = Int.random(in: 0..<25_000, using: &random) * 3 / 2
      ids.append(random.chance(3) ? "" : "D-" + String(10_000 + number))
      cents.append(random.chance(3) ? nil : Int.random(in: 5_000..<45_000, using: &random))
    }
    let costs = cents.map { cents in
      cents.map { "\($0 / 100).\($0 / 10 % 10)\($0 % 10)" } ?? ""
    }
    var builder = ColumnBuilder()
    for group in groups { builder.append(group) }
    columns = [
      "group": builder.column, "id": try #require(Column(serial: ids)),
      "cost": try #require(Column(serial: costs)),
    ]
    (self.groups, self.ids, self.cents) = (groups, ids, cents)
  }

  private let id = Field.column(name: "id", meaning: Meaning(type: .code))
  private let group = Field.column(name: "group", meaning: Meaning(type: .category))
  private let cost = Field.column(name: "cost", meaning: Meaning(type: .decimal))

  private func table(_ question: Tabulation) throws -> SmallTable {
    let names = LocalEngine.columnNames(of: question)
    return try LocalEngine.tabulate(
      question, columns: columns.filter { names.contains($0.key) }, rowCount: rowCount)
  }

  @Test("distinct ones are counted, without the missing, of all rows and by group")
  func distinct() throws {
    #expect(ids.contains("") && Set(ids).count > 1 << 14)
    let all = try table(Tabulation(dataset: "d", measures: [.units(id)]))
    #expect(all.rows.map(\.measures) == [[.number(Decimal(Set(ids).count - 1))]])
    let byGroup = try table(
      Tabulation(dataset: "d", keys: [.field(group)], measures: [.units(id)]))
    for row in byGroup.rows {
      let name = row.keys[0] == .missing ? "" : row.keys[0].description
      let held = Set(zip(groups, ids).filter { $0.0 == name && $0.1 != "" }.map(\.1))
      #expect(row.measures == [.number(Decimal(held.count))])
    }
    #expect(byGroup.rows.count == 3)
  }

  @Test("the most frequent ones are those of the rows; ties stand in order, and none is of no row")
  func mostFrequent() throws {
    var counts: [String: Int] = [:]
    for id in ids { counts[id, default: 0] += 1 }
    let made = try LocalEngine.countTable(
      Tabulation(dataset: "d", keys: [.field(id)]), .largest(500), columns: columns,
      rowCount: rowCount)
    let wanted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(500)
    #expect(made?.groupCount == counts.count)
    #expect(made?.unknown == Double(counts[""] ?? 0))
    let texts = made?.rows.map { $0.keys[0] == .missing ? "" : $0.keys[0].description }
    #expect(texts == wanted.map(\.key))
    #expect(made?.rows.map { $0.measures[0] } == wanted.map { .number(Decimal($0.value)) })
  }

  @Test("amounts add up to the cent, by group")
  func sums() throws {
    let moments = try #require(
      try LocalEngine.momentTable(
        Tabulation(dataset: "d", keys: [.field(group), .field(cost)]), columns: columns,
        rowCount: rowCount))
    for entry in moments.groups {
      let name = entry.keys[0] == .missing ? "" : entry.keys[0].description
      let values = zip(groups, cents).filter { $0.0 == name }.map(\.1)
      let known = values.compactMap(\.self)
      #expect(entry.sum == Decimal(units: Int128(known.reduce(0, +)), scale: 2))
      #expect(entry.known == known.count && entry.unknown == values.count - known.count)
      #expect(entry.least == known.min().map { Double($0) / 100 })
      #expect(entry.greatest == known.max().map { Double($0) / 100 })
    }
    #expect(moments.groups.count == 3 && moments.mostDecimals == 2)
  }

  @Test("values that are in no row are no values of the field")
  func values() throws {
    let column = try #require(columns["id"])
    let values = FieldValues(column, Meaning(type: .code))
    #expect(values.values.allSatisfy { $0.count > 0 })
    #expect(values.values.count == Set(ids).count - 1)
    #expect(values.missing == ids.count { $0.isEmpty })
  }
}
