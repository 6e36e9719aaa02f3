import Columns
import Diagnostics
import Engine
import Foundation
import Interpreter
import Testing

/// Random questions about random offices, with the figures that SciPy, statsmodels and lifelines computed
/// from the same files; `Tests/RandomCases` makes both.
@Suite struct RandomCaseTests {
  /// A number that is due, none, or one that is not compared.
  enum Wanted: Decodable, Sendable {
    case any
    case none
    case number(Double)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .none
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .any
      }
    }

    /// A figure that nothing bounds is written as none.
    func agrees(with got: Double?) -> Bool {
      switch self {
      case .any: true
      case .none: got.map { !$0.isFinite } ?? true
      case .number(let wanted):
        got.map { abs($0 - wanted) <= max(1e-9, 2e-6 * abs(wanted)) } ?? false
      }
    }
  }

  /// A figure, as `[id, group, value, low, high, n, of]`.
  struct Expected: Decodable, Sendable {
    let id: String
    let group: [String: String?]
    let value: Wanted
    let low: Wanted
    let high: Wanted
    let n: Wanted
    let of: Wanted

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      id = try parts.decode(String.self)
      group = try parts.decode([String: String?].self)
      value = try parts.decode(Wanted.self)
      low = try parts.decode(Wanted.self)
      high = try parts.decode(Wanted.self)
      n = try parts.decode(Wanted.self)
      of = try parts.decode(Wanted.self)
    }

    /// The figure of an answer with this id and group; those of a mark have the mark in theirs.
    func find(in answer: Answer) -> Figure? {
      answer.figures.first { figure in
        let labels = figure.group.filter { $0.key != "mark" }
        return figure.id == id && labels.count == group.count
          && labels.allSatisfy { label in
            group[label.key] == (label.value.isMissing ? String?.none : label.value.description)
          }
      }
    }
  }

  struct Ask: Decodable, Sendable {
    /// What is said before the question.
    let before: [String]
    let ask: String
    let figures: [Expected]?
    /// The id of the problem that is due instead.
    let problem: String?
  }

  struct Office: Decodable, Sendable, CustomTestStringConvertible {
    let folder: String
    let lines: [String]
    let asks: [Ask]

    var testDescription: String { "office \(folder)" }
  }

  private struct File: Decodable {
    let how: String
    let offices: [Office]
  }

  static let folder = TranscriptFile.root.appendingPathComponent("Tests/RandomCases")

  static let offices: [Office] = {
    do {
      let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
      return try JSONDecoder().decode(File.self, from: data).offices
    } catch {
      Issue.record("the expected figures can't be read: \(error)")
      return []
    }
  }()

  @Test("random questions give the figures that other software computed", arguments: offices)
  func holds(_ office: Office) throws {
    let folder = RandomCaseTests.folder.appendingPathComponent("offices/\(office.folder)")
    let session = Session(directory: folder.path)
    let setup = session.respond(to: office.lines.joined(separator: "\n"))
    for case .problem(let problem) in setup.responses { Issue.record("\(problem)") }
    #expect(!office.asks.isEmpty)
    for ask in office.asks {
      if !ask.before.isEmpty {
        let said = session.respond(to: ask.before.joined(separator: "\n"))
        for case .problem(let problem) in said.responses { Issue.record("\(problem)") }
      }
      switch session.respond(to: ask.ask).responses.first {
      case .problem(let found): #expect(found.id == ask.problem, "\(ask.ask): \(found)")
      case .answer(let answer):
        #expect(ask.problem == nil, "\(ask.ask)")
        for expected in ask.figures ?? [] { compare(expected, answer, ask.ask) }
      default: Issue.record("\(ask.ask): no answer")
      }
    }
  }

  private func compare(_ expected: Expected, _ answer: Answer, _ ask: String) {
    guard let found = expected.find(in: answer) else {
      Issue.record("\(ask): no figure \(expected.id) \(expected.group)")
      return
    }
    for (name, wanted, got) in [
      ("value", expected.value, found.value), ("low", expected.low, found.low),
      ("high", expected.high, found.high), ("n", expected.n, found.n),
      ("of", expected.of, found.of),
    ] where !wanted.agrees(with: got) {
      let shown = got.map { "\($0)" } ?? "nothing"
      Issue.record(
        "\(ask): \(expected.id) \(expected.group) \(name) is \(shown), not \(wanted)")
    }
  }
}
