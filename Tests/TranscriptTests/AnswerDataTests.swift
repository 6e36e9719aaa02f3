import Diagnostics
import Engine
import Foundation
import Interpreter
import Rendering
import Syntax
import Testing

/// Answers as data: names, types and figures are those that the language's reference fixes.
@Suite struct AnswerDataTests {
  /// Questions that together show every figure that the verbs declare.
  static let questions = """
    count drug by year
    count drug race=Black
    count referrals by lead_category top 3 in 2020
    share buybust race=Black
    share drug gun=yes by method, race
    share drug disposition=Guilty by race
    share drugsample violence=yes
    share 162 of 200
    table drug by race, disposition
    table drug by race, gun
    table [3 1; 1 9]
    rate drug filed of referred by race
    rate homicides cleared in 2020
    rate homicides per 100k residents by year standardized to us2000 by agegroup
    rate homicides per 100k residents in 2020 vs 2019
    rate 15 per 100k of 120000 vs 9 per 100k of 140000
    ratio buybust race=Black vs population
    ratio drug race=Black vs population
    ratio buybust race=Black vs every population
    ratio buybust race=Black vs wide anyway
    ratio buybust race=Black vs race=White per population
    ratio buybust race=Black vs race=White
    ratio drug race=Black vs population by method
    ratio drug race=Black vs population within neighborhood
    ratio drug race=Black in 2020 vs 2019
    ratio 162 of 200 vs 39%
    gap drug filed of referred race=Black vs race=White
    gap drug filed race=Black vs race=White within method
    gap drug filed race=Black vs race=White by method
    gap 40 of 73 vs 153 of 236
    trend drug by month mark 2019-07 since 2019
    trend drug filed by quarter mark 2019-07
    trend drug by year, race
    flow drug race=Black vs race=White
    flow drug
    time drug referred to filed by method
    time jail booked to released at 7, 30
    total drug cost
    total drug cost per convicted
    total drug cost by year
    average drug age by sex
    median drug wait
    median drug age by sex
    rank referrals by category top 10 in 2020
    rank drug by neighborhood per 1000 residents
    rank drug filed by agency per referred
    stock jail from booked to released by month
    check recentdrug against drug2021 since 2021-04 by month
    check recentdrug filed against drug2021 since 2021-04 by reason
    list drug race=Black case_id, received limit 3
    sample drug 60 seed 7
    missing buybust race
    missing drug race by agency
    missing drug
    claim 81% is share buybust race=Black
    count weighted by race
    """.components(separatedBy: "\n")

  private static let verbs = Specification().words.filter { $0.kind == "verb" }

  private static let setting = """
    run "office.docket"
    population wide from "us2000.csv" rows=all place="United States" year=2000 coding=census across race; Black = people; total people; end
    open "population.csv" as weighted
    """

  /// What a question is answered with, as a value and in two formats.
  private struct Shown {
    let answer: Answer
    let data: [String: Any]
    let numbers: [Numbered]
    let text: String
  }

  /// A figure's numbers, every digit of them, which `JSONSerialization` does not keep.
  private struct Numbered: Decodable {
    let value, low, high, n, of: Double?

    private enum Key: String, CodingKey { case value, low, high, n, of }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      // Whether a claim reproduces is no number.
      value = try? values.decode(Double.self, forKey: .value)
      low = try values.decode(Double?.self, forKey: .low)
      high = try values.decode(Double?.self, forKey: .high)
      n = try values.decode(Double?.self, forKey: .n)
      of = try values.decode(Double?.self, forKey: .of)
    }
  }

  private struct Document: Decodable { let figures: [Numbered] }

  /// Every question's answer; none where there is none, and the session's problem instead.
  ///
  /// Read only, so that tests that run side by side may share it.
  nonisolated(unsafe) private static let all: [String: Result<Shown, any Error>] = {
    let session = Session(
      directory: TranscriptFile.root.appendingPathComponent("examples/data").path)
    let begun = session.respond(to: setting + "\ncard weighted; weight people; end")
    return Dictionary(
      uniqueKeysWithValues: questions.map { question in
        (question, Result { try shown(session.respond(to: question), after: begun) })
      })
  }()

  private static func shown(_ transcript: Transcript, after begun: Transcript) throws -> Shown {
    for case .problem(let problem) in begun.responses + transcript.responses { throw problem }
    guard case .answer(let answer)? = transcript.responses.first,
      let json = Renderer(format: "json"),
      let table = Renderer(format: "table", style: Style(width: 400))
    else { throw Diagnostic("not-answered", "there is no answer") }
    let written = Data(json.render(answer).utf8)
    return Shown(
      answer: answer,
      data: try JSONSerialization.jsonObject(with: written) as? [String: Any] ?? [:],
      numbers: try JSONDecoder().decode(Document.self, from: written).figures,
      text: table.render(answer))
  }

  private static func shown(_ question: String) throws -> Shown {
    try #require(all[question]).get()
  }

  private static func isText(_ value: Any?) -> Bool { (value as? String)?.isEmpty == false }

  /// A number, and no `true`, which is a number to Foundation.
  private static func isNumber(_ value: Any?) -> Bool {
    guard let number = value as? NSNumber else { return false }
    return String(cString: number.objCType) != "c"
  }

  private static func isNumberOrNull(_ value: Any?) -> Bool {
    value is NSNull || isNumber(value)
  }

  @Test("an answer has the named parts with their types, and no others", arguments: questions)
  func parts(_ question: String) throws {
    let shown = try Self.shown(question)
    let data = shown.data
    #expect(
      Set(data.keys) == [
        "docket", "question", "words", "sentences", "figures", "table", "counted", "cautions",
        "methods", "sources", "receipt",
      ])
    #expect(data["docket"] as? Int == 1)
    #expect(data["question"] as? String == question)
    #expect(Self.isText(data["words"]))
    let sentences = try #require(data["sentences"] as? [String])
    #expect(!sentences.isEmpty && sentences.allSatisfy { !$0.isEmpty })
    let receipt = try #require(data["receipt"] as? String)
    #expect(receipt.wholeMatch(of: /[0-9A-F]{4}-[0-9A-F]{4}/) != nil)
    for note in try #require(data["methods"] as? [[String: Any]]) {
      #expect(Set(note.keys) == ["id", "name", "reference"])
      #expect(note.values.allSatisfy(Self.isText), "\(note)")
    }
    for caution in try #require(data["cautions"] as? [[String: Any]]) {
      #expect(Set(caution.keys) == ["id", "severity", "text"])
      #expect(["caution", "stop"].contains(caution["severity"] as? String))
      #expect(Self.isText(caution["text"]))
    }
    for source in try #require(data["sources"] as? [[String: Any]]) {
      #expect(Set(source.keys) == ["name", "fingerprint"])
      let print = try #require(source["fingerprint"] as? String)
      #expect(print.wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil, "\(source)")
    }
    try counted(data)
    if let table = data["table"] as? [String: Any] { try self.table(table) }
  }

  private func counted(_ data: [String: Any]) throws {
    let counted = try #require(data["counted"] as? [String: Any])
    #expect(Set(counted.keys) == ["unit", "n", "excluded", "unknown", "period", "kind"])
    #expect(Self.isText(counted["unit"]) && Self.isText(counted["kind"]))
    #expect(Self.isNumber(counted["n"]) && Self.isNumber(counted["excluded"]))
    let unknown = try #require(counted["unknown"] as? [String: Any])
    #expect(unknown.values.allSatisfy(Self.isNumber))
    if !(counted["period"] is NSNull) {
      #expect((counted["period"] as? [String])?.count == 2)
    }
  }

  private func table(_ table: [String: Any]) throws {
    #expect(Set(table.keys).isSubset(of: ["title", "columns", "rows", "hidden"]))
    let columns = try #require(table["columns"] as? [[String: String]])
    for row in try #require(table["rows"] as? [[Any]]) {
      try #require(row.count == columns.count)
      for (column, cell) in zip(columns, row) {
        #expect(Set(column.keys) == ["name", "type"])
        #expect(fits(cell, try #require(column["type"])), "\(cell) in \(column)")
      }
    }
  }

  private func fits(_ cell: Any, _ type: String) -> Bool {
    if cell is NSNull { return true }
    if let none = cell as? [String: Any] {
      return none["value"] is NSNull && none["reason"] is String
    }
    switch type {
    case "category": return cell is String || cell is NSNumber
    case "text", "date": return cell is String
    case "integer":
      return Self.isNumber(cell) && (cell as? Double).map { $0.rounded() == $0 } ?? false
    case "number", "percent": return Self.isNumber(cell)
    case "interval": return (cell as? [Any])?.allSatisfy(Self.isNumberOrNull) ?? false
    default: return false
    }
  }

  @Test(
    "a figure has the named parts, a declared id, a method that is explained", arguments: questions)
  func figures(_ question: String) throws {
    let shown = try Self.shown(question)
    let verb = try #require(
      Self.verbs.first { $0.word == shown.answer.verb })
    let declared = Set(verb.figures.map(\.id))
    let methods = Set(shown.answer.methods.map(\.id))
    let figures = try #require(shown.data["figures"] as? [[String: Any]])
    #expect(!figures.isEmpty)
    for figure in figures {
      let isNull = figure["value"] is NSNull
      #expect(
        Set(figure.keys).subtracting(isNull ? ["reason"] : []) == [
          "id", "label", "value", "low", "high", "level", "n", "of", "method", "group",
        ])
      let id = try #require(figure["id"] as? String)
      #expect(declared.contains(id), "\(id) is not declared")
      #expect(Self.isText(figure["label"]))
      if isNull { #expect(Self.isText(figure["reason"]), "\(figure)") }
      let isTruth = id == "reproduces"
      #expect(isNull || isTruth || Self.isNumber(figure["value"]), "\(figure)")
      for name in ["low", "high", "level", "n", "of"] {
        #expect(Self.isNumberOrNull(figure[name]), "\(name) of \(figure)")
      }
      if let method = figure["method"] as? String {
        #expect(methods.contains(method), "\(method) of \(id) is not explained")
      }
      if let value = figure["value"] as? Double, !isTruth {
        #expect((figure["low"] as? Double).map { $0 <= value + 1e-12 } ?? true, "\(figure)")
        #expect((figure["high"] as? Double).map { $0 >= value - 1e-12 } ?? true, "\(figure)")
      }
      #expect(figure["group"] is [String: Any])
    }
  }

  @Test("figures as data are those of the page, at full precision", arguments: questions)
  func samePage(_ question: String) throws {
    let shown = try Self.shown(question)
    #expect(shown.numbers.count == shown.answer.figures.count)
    for (figure, data) in zip(shown.answer.figures, shown.numbers) where figure.form != .truth {
      let finite = [figure.value, figure.low, figure.high, figure.n, figure.of].map {
        $0.flatMap { $0.isFinite ? $0 : nil }
      }
      #expect([data.value, data.low, data.high, data.n, data.of] == finite)
    }
    for case .figures(let lines) in shown.answer.blocks {
      for line in lines {
        let figure = line.figure
        #expect(
          shown.answer.figures.contains {
            $0.id == figure.id && $0.value == figure.value
              && (figure.low == nil || $0.low == figure.low)
              && (figure.high == nil || $0.high == figure.high)
          }, "\(figure.id) of the page is no figure of the answer")
        let written = figure.value.map { Numbers.text($0, figure.form) } ?? "none"
        #expect(shown.text.contains(written), "\(figure.id) \(written) is not on the page")
      }
    }
  }

  @Test("every verb is asked, and every figure that it declares is seen")
  func allSeen() throws {
    var seen: [String: Set<String>] = [:]
    for question in Self.questions {
      let shown = try Self.shown(question)
      seen[shown.answer.verb, default: []].formUnion(shown.answer.figures.map(\.id))
    }
    for signature in Self.verbs {
      let missing = Set(signature.figures.map(\.id)).subtracting(seen[signature.word] ?? [])
      #expect(missing.isEmpty, "\(signature.word): \(missing.sorted()) are declared and never seen")
    }
  }
}
