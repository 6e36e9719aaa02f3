import Columns
import Engine
import Foundation
import Testing

@testable import Rendering

@Suite struct DataFormatTests {
  private func parsed(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }

  @Test("The answer as data has the names and the order of the language's reference")
  func json() {
    let text = TestPages.text("json", Samples.flagship)
    let expected = """
      { "docket": 1,
        "question": "ratio buybust race=Black vs kcmo-jackson",
        "words": "the share of buybust with race Black, divided by the Black share of kcmo-jackson",
        "sentences": ["Black people are 81.0% of buybust and 39.0% of kcmo-jackson: \
      2.08 times their share."],
        "figures": [
          {"id": "share", "label": "share of buybust", "value": 0.81, "low": 0.7501, \
      "high": 0.8584, "level": 0.95, "n": 162, "of": 200, "method": "wilson", "group": {}},

      """
    #expect(text.hasPrefix(expected))
    let end = """
        "table": null,
        "counted": {"unit": "defendant", "n": 200, "excluded": 0, "unknown": {"race": 0}, \
      "period": ["2017", "2020"], "kind": "full count"},
        "cautions": [
          {"id": "ages-differ", "severity": "caution", "text": "buybust is 18 and over; \
      kcmo-jackson is all ages. See: ratio buybust race=Black vs every population"}
        ],
        "methods": [
          {"id": "wilson", "name": "Wilson score interval", "reference": "Wilson 1927"}
        ],
        "sources": [
          {"name": "buybust", "fingerprint": "sha256:00ff"}
        ],
        "receipt": "7F3A-91C2" }

      """
    #expect(text.hasSuffix(end))
  }

  @Test("JSON reads back as the same numbers, nulls with their reasons, and the groups")
  func readBack() throws {
    let answer = try parsed(TestPages.text("json", Samples.grouped))
    let figures = try #require(answer["figures"] as? [[String: Any]])
    #expect(figures[0]["value"] as? Double == 41)
    #expect(figures[0]["high"] is NSNull)
    #expect((figures[0]["group"] as? [String: String]) == ["race": "Black"])
    #expect(figures[1]["value"] is NSNull)
    #expect(figures[1]["reason"] as? String == "fewer than half were filed")
    #expect((figures[1]["group"] as? [String: Any])?["race"] is NSNull)
    #expect(figures[2]["reason"] as? String == "not bounded")
    #expect((figures[2]["group"] as? [String: Any])?["race"] as? Int == 3)

    let shares = try parsed(TestPages.text("json", Samples.byRace))
    let table = try #require(shares["table"] as? [String: Any])
    let rows = try #require(table["rows"] as? [[Any]])
    #expect(rows[0][0] as? String == "Black")
    #expect(rows[0][3] as? [Double] == [0.597, 0.603])
    #expect((rows[1][1] as? [String: Any])?["reason"] as? String == "masked")
    #expect(rows[2][0] is NSNull)
    for other in TestPages.answers { _ = try parsed(TestPages.text("json", other)) }
  }

  @Test(
    "Numbers are the shortest digits that read back",
    arguments: [
      0.1, 1.0 / 3, 1e300, .leastNonzeroMagnitude, 123_456_789, -0.81, 1e15, 9_007_199_254_740_992,
    ])
  func digits(number: Double) throws {
    let text = JSONValue.digits(of: number)
    #expect(Double(text) == number)
    let read = try JSONSerialization.jsonObject(with: Data("[\(text)]".utf8)) as? [Double]
    #expect(read == [number])
  }

  @Test("Text with quotes, controls and other scripts reads back")
  func quoting() throws {
    let text = "a\"b\\c\nd\te\u{1}\u{1B}f 東京 👩‍👩‍👧 \u{2028}\u{7F}"
    let read = try JSONSerialization.jsonObject(
      with: Data("[\(JSONValue.quoted(text))]".utf8))
    #expect(read as? [String] == [text])
  }

  @Test("JSON Lines hold one object a row")
  func lines() throws {
    let rows = try TestPages.text("jsonl", Samples.byRace).split(separator: "\n")
      .map { try parsed(String($0)) }
    #expect(rows.count == 3)
    #expect(rows[0]["n"] as? Int == 134_221)
    #expect(rows[1]["race"] as? String == "Native, \"other\"")
    let figures = try TestPages.text("jsonl", Samples.flagship).split(separator: "\n")
      .map { try parsed(String($0)) }
    #expect(figures.map { $0["id"] as? String } == Samples.flagship.figures.map(\.id))
  }

  @Test("CSV holds the table, intervals in two fields")
  func csv() {
    let expected = """
      race,n,share filed,95% interval low,95% interval high,median days
      Black,134221,0.6,0.597,0.603,12.5
      "Native, ""other""\",masked,0.0004,0,0.0012,
      ,7,1,0.9,,3

      """
    #expect(TestPages.text("csv", Samples.byRace) == expected)
    let figures = """
      id,label,value,low,high,level,n,of,method,race
      median,median,41,38,,0.95,120,200,brookmeyer-crowley,Black
      median,median,,,,,,,,
      odds-ratio,odds ratio,,1.5,,0.99,,,,3

      """
    #expect(TestPages.text("csv", Samples.grouped) == figures)
  }

  @Test("Delimited text reads back field by field", arguments: ["csv", "tsv"])
  func delimited(format: String) {
    var answer = Answer(question: "list x", words: "", verb: "list")
    let fields = ["a,b", "c\td", "e\"f\"", "g\nh", "", "\"", " i ", "東京"]
    answer.table = AnswerTable(
      columns: [.init("x", .text), .init("x", .text)],
      rows: fields.map { [.value(.text($0)), .value(.text($0 + $0))] })
    let separator: Character = format == "csv" ? "," : "\t"
    let read = Self.records(TestPages.text(format, answer), separator)
    #expect(read == [["x", "x 2"]] + fields.map { [$0, $0 + $0] })
  }

  /// A reader of RFC 4180, character by character.
  private static func records(_ text: String, _ separator: Character) -> [[String]] {
    var records: [[String]] = [[""]]
    var isQuoted = false
    for character in text {
      let last = records.count - 1
      if character == "\"" {
        // Inside, a doubled quote opens again and stands for itself.
        if !isQuoted, records[last][records[last].count - 1].hasSuffix("\u{0}") {
          records[last][records[last].count - 1].removeLast()
          records[last][records[last].count - 1] += "\""
          isQuoted = true
        } else if isQuoted {
          isQuoted = false
          records[last][records[last].count - 1] += "\u{0}"
        } else {
          isQuoted = true
        }
      } else if isQuoted {
        records[last][records[last].count - 1].append(character)
      } else if character == separator {
        records[last].append("")
      } else if character == "\n" {
        records.append([""])
      } else {
        records[last][records[last].count - 1].append(character)
      }
    }
    return records.dropLast().map { $0.map { $0.filter { $0 != "\u{0}" } } }
  }

  @Test("An empty field alone on its line is quoted, so that the line is not lost")
  func single() {
    var answer = Answer(question: "list x", words: "", verb: "list")
    answer.table = AnswerTable(columns: [.init("x", .text)], rows: [[.value(.missing)]])
    #expect(TestPages.text("csv", answer) == "x\n\"\"\n")
  }

  @Test("A page as data says what each block is")
  func page() throws {
    let page = try parsed(TestPages.text("json", Samples.page))
    let blocks = try #require(page["blocks"] as? [[String: Any]])
    #expect(
      blocks.map { $0["kind"] as? String } == [
        "paragraph", "heading", "definitions", "heading", "preformatted", "table",
      ])
    #expect(blocks[4]["text"] as? String == "count drug\n  by race")
    #expect(TestPages.text("csv", Samples.page) == "race,n\nBlack,1402\n")
  }
}
