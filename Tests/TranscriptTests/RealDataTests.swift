import Columns
import Engine
import Foundation
import Interpreter
import Testing

/// Questions on real datasets with figures that pandas, statsmodels and SciPy computed; they run where
/// `DOCKET_REAL_DATA` names the folder of the data.
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
    }

    let id: String
    let data: [String: String]
    let lines: [String]
    let ask: String
    let figures: [Expected]

    var testDescription: String { id }
  }

  static let folder = ProcessInfo.processInfo.environment["DOCKET_REAL_DATA"]

  static let checks: [Check] = {
    guard let folder else {
      print("real-data checks: skipped, DOCKET_REAL_DATA names no folder")
      return []
    }
    let url = URL(fileURLWithPath: folder).appendingPathComponent("checks_dev.json")
    do {
      return try JSONDecoder().decode([Check].self, from: Data(contentsOf: url))
    } catch {
      Issue.record("the checks of \(folder) can't be read: \(error)")
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
    let responses = session.respond(to: check.ask).responses
    guard case .answer(let answer)? = responses.first else {
      Issue.record("\(check.ask): no answer, but \(responses)")
      return
    }
    for expected in check.figures { compare(expected, answer, check) }
  }

  private func compare(_ expected: Check.Expected, _ answer: Answer, _ check: Check) {
    let group = expected.group ?? [:]
    let found = answer.figures.first { figure in
      figure.id == expected.id
        && group.allSatisfy { key, value in
          figure.group.contains { $0.key == key && $0.value.description == value }
        }
    }
    guard let found else {
      Issue.record("\(check.ask): no figure \(expected.id) \(group)")
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
      #expect(isClose, "\(check.ask): \(expected.id).\(name) is \(shown), not \(wanted)")
    }
  }
}
