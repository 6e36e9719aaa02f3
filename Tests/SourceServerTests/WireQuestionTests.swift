import Columns
import Engine
import SourceServer
import SourceWire
import Testing

@testable import Connectors
@testable import EngineTests

@Suite("Questions read from the wire")
struct WireQuestionTests {
  @Test("a question that was written and read is the same question, in words and in what it gives")
  func roundTrip() throws {
    var compared = 0
    for seed in 0..<60 as Range<UInt64> {
      let cases = RandomCases(seed: seed)
      var random = RandomQuestions(seed: seed)
      for _ in 0..<40 {
        let question = random.tabulation()
        guard let written = try? PluginQuestion(question) else { continue }
        let read = try WireQuestion(written.members).tabulation
        #expect(
          try PluginQuestion(read).members == written.members,
          "seed \(seed): \(PlanText.text(of: question))")
        #expect(cases.oracle.table(for: read) == cases.oracle.table(for: question))
        compared += 1
      }
    }
    #expect(compared > 1800)
  }

  @Test(
    "values of every kind come back as they were",
    arguments: [
      Value.text("Ñuñoa"), .truth(true), .number(Decimal(units: -1250, scale: 2)), .real(0.1),
      .date(Day(number: 18_718)), .moment(seconds: 1_617_265_800),
      .period(Period(.year, of: Day(number: 18_718))),
      .period(Period(.quarter, of: Day(number: 18_718))),
      .period(Period(.month, of: Day(number: 18_718))),
      .period(Period(.week, of: Day(number: 18_718))),
      .period(Period(.day, of: Day(number: 18_718))),
    ])
  func literals(_ value: Value) throws {
    let field = Field.column(name: "x", meaning: Meaning(type: .text))
    let question = Tabulation(dataset: "cases", rows: .test(field, .among([value])))
    let read = try WireQuestion(PluginQuestion(question).members).tabulation
    #expect(read == question)
  }

  @Test(
    "words that are not known are refused",
    arguments: [
      #"{"dataset":"cases","keys":[["median","x"]]}"#,
      #"{"dataset":"cases","fields":{"x":{"type":"text"}},"measures":[["mode","x"]]}"#,
      #"{"dataset":"cases","fields":{"x":{"type":"text"}},"rows":["resembles","x","y"]}"#,
      #"{"dataset":"cases","fields":{"x":{"type":"text"}},"rows":["=","x",{"colour":"red"}]}"#,
      #"{"dataset":"cases","fields":{"x":{"type":"colour"}}}"#,
      #"{"dataset":"cases","rows":["=","x","y"]}"#,
      #"{"dataset":"cases","rows":["and",7]}"#,
      #"{"dataset":"cases","rows":["not"]}"#,
      #"{"dataset":"cases","rows":[]}"#,
      #"{"rows":true}"#,
    ])
  func unknownWords(_ line: String) throws {
    let members = try #require(WireJSON(line: Array(line.utf8)).members)
    #expect(throws: WireFault.self) { try WireQuestion(members) }
  }
}
