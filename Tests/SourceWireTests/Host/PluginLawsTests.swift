import Columns
import Connectors
import Engine
import Foundation
import SourceWire
import Testing

@testable import EngineTests

@Suite("A source on the wire obeys the laws of sources", .enabled(if: PluginFixture.hasPython))
struct PluginLawsTests {
  private static var laws: SourceLaws {
    SourceLaws { cases, body in
      let fixture = try PluginFixture()
      try withExtendedLifetime(fixture) {
        let path = try fixture.write("cases.json", try json(of: cases))
        let source = try PluginSource(
          PluginFixture.example("tabulating"), url: "tabulating:" + path)
        try body(
          try source.datasets().map {
            Dataset(name: $0.name, source: source, table: $0.name, fields: $0.fields)
          })
      }
    }
  }

  @Test("columns hold the cells as they were written")
  func columns() throws {
    try PluginLawsTests.laws.columnsHoldTheCells(seeds: 0..<10)
  }

  @Test("a table made by a source in Python is the oracle's")
  func tabulations() throws {
    let tally = try PluginLawsTests.laws.pushedIsTheOracles(seeds: 0..<40, questions: 60)
    #expect(tally.asked == 2400)
    // The rest has no words on the wire: a sum of doubles, two meanings of one field.
    #expect(tally.pushed > 2200)
  }

  @Test("a session asks it as its tables are named, links to others of its tables and all")
  func links() throws {
    try PluginLawsTests.laws.scannedIsTheOracles(seeds: 100..<110, questions: 40)
  }

  @Test("a link to a value that stands in two rows is no small table")
  func repeatedTarget() throws {
    let fixture = try PluginFixture()
    let path = try fixture.write(
      "cases.json",
      #"{"datasets":{"cases":{"fields":[{"name":"place","type":"category"}],"rows":[["a"]]},"#
        + #""places":{"fields":[{"name":"name","type":"category"},{"name":"zone","type":"text"}],"#
        + #""rows":[["a","east"],["a","west"]]}}}"#)
    let source = try PluginSource(
      PluginFixture.example("tabulating"), url: "tabulating:" + path)
    func field(_ name: String, _ type: FieldType) -> Field {
      .column(name: name, meaning: Meaning(type: type))
    }
    let link = Link(
      key: field("place", .category), dataset: "places", target: field("name", .category))
    let question = Tabulation(
      dataset: "cases", keys: [.field(.linked(link, value: field("zone", .text)))])
    #expect(try source.tabulate(question, run: UnwatchedRun()) == nil)
    #expect(source.statement(for: question) == "read 1 rows of cases one by one")
  }

  @Test("what is not there is said")
  func problems() throws {
    try PluginLawsTests.laws.problemsAreSaid()
  }

  @Test("distinct values and their counts are those of the scanned column")
  func values() throws {
    try PluginLawsTests.laws.withDatasets(RandomCases(seed: 3)) { datasets in
      let source = try #require(datasets.first { $0.name == RandomCases.dataset }).source
      for (name, _) in RandomCases(seed: 3).columns {
        let asked = try #require(
          try source.values(of: name, in: RandomCases.dataset, run: UnwatchedRun()))
        let scanned = try source.columns([name], of: RandomCases.dataset, run: UnwatchedRun())[0]
        #expect(asked.tally == scanned.tally, "\(name)")
      }
    }
  }

  /// A column in which a cell is not of its type is declared as text: a source is held to its types.
  private static func json(of cases: RandomCases) throws -> String {
    func described(_ columns: [(name: String, meaning: Meaning)]) -> [[String: String]] {
      columns.map { column in
        let strays = column.name == "age" || column.name == "filed"
        let isISO = (column.meaning.dateOrder ?? .yearMonthDay) == .yearMonthDay
        let type = column.meaning.type
        let isText = strays || type.isDate && !isISO
        return ["name": column.name, "type": isText ? "text" : type.rawValue]
      }
    }
    func cells(_ rows: [[String]]) -> [[Any]] {
      rows.enumerated().map { number, row in
        row.map { $0.isEmpty && number % 2 == 0 ? NSNull() as Any : $0 }
      }
    }
    let datasets: [String: Any] = [
      RandomCases.dataset: ["fields": described(cases.columns), "rows": cells(cases.rows)],
      RandomCases.places: [
        "fields": described(RandomCases.placeColumns), "rows": cells(cases.placeRows),
      ],
    ]
    let data = try JSONSerialization.data(withJSONObject: ["datasets": datasets])
    return String(decoding: data, as: UTF8.self)
  }
}

extension Column {
  var tally: [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.indices.map { (texts[$0], counts[$0]) })
  }
}
