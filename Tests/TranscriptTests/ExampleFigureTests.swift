import Columns
import Engine
import Foundation
import Interpreter
import Testing

/// Questions on the example data with figures that lifelines, statsmodels, SciPy and pandas computed
/// from the same files.
@Suite struct ExampleFigureTests {
  /// A question, how other software answered it, and its figures.
  struct Reference: Decodable, CustomTestStringConvertible, Sendable {
    /// A figure, and the group that it is about; what is absent is not compared.
    struct Expected: Decodable, Sendable {
      let id: String
      let value: Double
      let low: Double?
      let high: Double?
      let n: Double?
      let of: Double?
      let group: [String: String]?
    }

    let id: String
    let ask: String
    /// What is said before the question.
    let lines: [String]?
    let how: String
    let figures: [Expected]

    var testDescription: String { id }
  }

  static let references: [Reference] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference")
    return ["over-time.json", "office.json", "comparisons.json"].flatMap { name -> [Reference] in
      do {
        return try JSONDecoder().decode(
          [Reference].self, from: Data(contentsOf: folder.appendingPathComponent(name)))
      } catch {
        Issue.record("\(name) can't be read: \(error)")
        return []
      }
    }
  }()

  @Test("a question on the example data gives the figures of other software", arguments: references)
  func holds(_ reference: Reference) throws {
    let folder = TranscriptFile.root.appendingPathComponent("examples/data").path
    let session = Session(directory: folder)
    let lines = ["run \"office.docket\""] + (reference.lines ?? [])
    let setup = session.respond(to: lines.joined(separator: "\n"))
    for case .problem(let problem) in setup.responses { Issue.record("\(problem)") }
    guard case .answer(let answer)? = session.respond(to: reference.ask).responses.first else {
      Issue.record("\(reference.ask): no answer")
      return
    }
    for expected in reference.figures { compare(expected, answer) }
  }

  private func compare(_ expected: Reference.Expected, _ answer: Answer) {
    let group = expected.group ?? [:]
    let found = answer.figures.first { figure in
      figure.id == expected.id
        && group.allSatisfy { key, value in
          figure.group.contains { $0.key == key && $0.value.description == value }
        }
    }
    guard let found else {
      Issue.record("no figure \(expected.id) \(group)")
      return
    }
    for (name, wanted, got) in [
      ("value", expected.value, found.value), ("low", expected.low, found.low),
      ("high", expected.high, found.high), ("n", expected.n, found.n),
      ("of", expected.of, found.of),
    ] {
      guard let wanted else { continue }
      let isClose = got.map { abs($0 - wanted) <= max(1e-9, 1e-6 * abs(wanted)) } ?? false
      let shown = got.map { "\($0)" } ?? "nothing"
      #expect(isClose, "\(expected.id) \(group) \(name) is \(shown), not \(wanted)")
    }
  }
}
