import Columns
import Diagnostics
import Engine
import Foundation
import Interpreter
import Testing

/// Questions on real datasets with figures that pandas, SciPy, statsmodels and lifelines computed; they run where
/// `DOCKET_REAL_DATA` names the folder of the data.
///
/// Our own questions are in `Tests/RealData`; the folder may hold more in `checks_dev.json`.
@Suite struct RealDataTests {
  struct Check: Decodable, CustomTestStringConvertible, Sendable {
    struct Expected: Decodable, Sendable {
      let id: String
      let value: Double?
      let low: Double?
      let high: Double?
      let n: Double?
      let of: Double?
      let group: [String: String]?
      /// There is such a figure, and it has no value.
      let none: Bool?
    }

    struct Question: Decodable, Sendable {
      let ask: String
      let figures: [Expected]?
      /// The cells of the answer's table, as texts.
      let rows: [[String]]?
      /// The id of the problem that is answered instead.
      let problem: String?
    }

    let id: String
    let data: [String: String]
    let lines: [String]
    let questions: [Question]

    private enum Key: String, CodingKey { case id, data, lines, asks }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      id = try values.decode(String.self, forKey: .id)
      data = try values.decode([String: String].self, forKey: .data)
      lines = try values.decode([String].self, forKey: .lines)
      questions =
        try values.decodeIfPresent([Question].self, forKey: .asks) ?? [Question(from: decoder)]
    }

    var testDescription: String { id }
  }

  static let folder = ProcessInfo.processInfo.environment["DOCKET_REAL_DATA"].flatMap {
    $0.isEmpty ? nil : $0
  }

  static let checks: [Check] = {
    guard let folder else {
      print("real-data checks: skipped, DOCKET_REAL_DATA names no folder")
      return []
    }
    let given = URL(fileURLWithPath: folder).appendingPathComponent("checks_dev.json")
    let own = TranscriptFile.root.appendingPathComponent("Tests/RealData/questions.json")
    let files = FileManager.default.fileExists(atPath: given.path) ? [given, own] : [own]
    do {
      return try files.flatMap {
        try JSONDecoder().decode([Check].self, from: Data(contentsOf: $0))
      }
    } catch {
      Issue.record("the checks can't be read: \(error)")
      return []
    }
  }()

  @Test("a question on real data gives the figures that other software computed", arguments: checks)
  func holds(_ check: Check) throws {
    let folder = try #require(RealDataTests.folder)
    let session = Session(directory: folder)
    for (name, file) in check.data.sorted(by: { $0.key < $1.key }) {
      _ = session.respond(to: "open \"\(file)\" as \(name)")
    }
    let setup = session.respond(to: check.lines.joined(separator: "\n"))
    for case .problem(let problem) in setup.responses { Issue.record("\(problem)") }
    for question in check.questions {
      let responses = session.respond(to: question.ask).responses
      if let problem = question.problem {
        guard case .problem(let found)? = responses.first else {
          Issue.record("\(question.ask): no problem, but \(responses)")
          continue
        }
        #expect(found.id == problem, "\(question.ask)")
      } else if case .answer(let answer)? = responses.first {
        for expected in question.figures ?? [] { compare(expected, answer, question.ask) }
        if let rows = question.rows {
          let found = (answer.table?.rows ?? []).map { $0.map(RealDataTests.text) }
          #expect(found == rows, "\(question.ask)")
        }
      } else {
        Issue.record("\(question.ask): no answer, but \(responses)")
      }
    }
  }

  private static func text(_ cell: Cell) -> String {
    if case .value(let value) = cell { value.description } else { "\(cell)" }
  }

  private func compare(_ expected: Check.Expected, _ answer: Answer, _ ask: String) {
    let group = expected.group ?? [:]
    let found = answer.figures.first { figure in
      figure.id == expected.id
        && group.allSatisfy { key, value in
          figure.group.contains { $0.key == key && $0.value.description == value }
        }
    }
    guard let found else {
      Issue.record("\(ask): no figure \(expected.id) \(group)")
      return
    }
    if expected.none == true {
      #expect(found.value == nil, "\(ask): \(expected.id) has a value")
    }
    for (name, wanted, got) in [
      ("value", expected.value, found.value), ("low", expected.low, found.low),
      ("high", expected.high, found.high), ("n", expected.n, found.n),
      ("of", expected.of, found.of),
    ] {
      guard let wanted else { continue }
      let isClose = got.map { abs($0 - wanted) <= max(1e-9, 1e-6 * abs(wanted)) } ?? false
      let shown = got.map { "\($0)" } ?? "nothing"
      #expect(isClose, "\(ask): \(expected.id).\(name) is \(shown), not \(wanted)")
    }
  }
}
