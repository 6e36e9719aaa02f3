import Columns
import Engine
import Foundation
import Interpreter
import Testing

/// `by` on a comparison is the same question of each group: its figures are those of the group asked alone.
@Suite struct RepetitionTests {
  /// A form with `BY` for the repetition, how one group is asked alone, and the key.
  struct Form: CustomTestStringConvertible {
    let repeated: String
    let alone: String
    let key: String
    let values: [String]

    var testDescription: String { repeated }
  }

  private static let methods = ["buy-bust", "\"controlled buy\"", "dispatch", "patrol", "warrant"]

  private static func form(_ ask: String) -> Form {
    Form(
      repeated: ask.replacing("WHERE", with: "").replacing("BY", with: "by method"),
      alone: ask.replacing("WHERE", with: "where method=VALUE").replacing("BY", with: ""),
      key: "method", values: methods)
  }

  private static func yearly(_ ask: String) -> Form {
    Form(
      repeated: ask.replacing("WHEN", with: "by year"),
      alone: ask.replacing("WHEN", with: "in VALUE"), key: "year",
      values: ["2017", "2018", "2019", "2020"])
  }

  static let forms = [
    form("ratio drug race=Black vs everyone else WHERE BY"),
    form("ratio drug race=Black vs race=White per population WHERE BY"),
    form("ratio drug race=Black vs armed WHERE BY"),
    form("ratio drug race=Black in 2020 vs 2019 WHERE BY"),
    form("ratio drug race=Black vs every population WHERE BY"),
    form("ratio drug race=Black vs population within neighborhood WHERE BY anyway"),
    form("flow drug WHERE BY"),
    form("flow drug race=Black vs race=White WHERE BY"),
    form("flow drug race=Black in 2020 vs 2019 WHERE BY"),
    form("gap drug filed of referred in 2020 vs 2019 WHERE BY"),
    form("gap drug filed of referred race=Black vs race=White within type WHERE BY"),
    yearly("ratio drug race=Black vs everyone else WHEN"),
    yearly("ratio drug race=Black vs buybust WHEN"),
    yearly("flow drug race=Black vs race=White WHEN"),
    Form(
      repeated: "ratio drug race=Black vs population by neighborhood",
      alone: "ratio drug race=Black vs population where neighborhood=VALUE", key: "neighborhood",
      values: ["\"Ash Hill\"", "Dovecote", "\"Piper's End\""]),
    Form(
      repeated: "rate homicides per 100k residents in 2020 vs 2019 by neighborhood",
      alone: "rate homicides per 100k residents where neighborhood=VALUE in 2020 vs 2019",
      key: "neighborhood", values: ["\"Ash Hill\"", "Dovecote", "\"North Quay\""]),
  ]

  private static func session() -> Session {
    let session = Session(directory: TranscriptFile.root.path)
    _ = session.respond(to: "run \"examples/data/office.docket\"")
    _ = session.respond(to: "cohort armed = drug where gun=no")
    return session
  }

  private static func answer(_ text: String, _ session: Session) throws -> Answer {
    guard case .answer(let answer)? = session.respond(to: text).responses.first else {
      throw Unanswered(question: text)
    }
    return answer
  }

  private struct Unanswered: Error {
    let question: String
  }

  /// Ids, groups and numbers of figures, without the first labels of their groups.
  private static func figures(_ answer: Answer, dropping first: Int) -> [String] {
    answer.figures.map { figure in
      let group = figure.group.dropFirst(first).map { "\($0.key)=\($0.value)" }
      let numbers = [figure.value, figure.low, figure.high, figure.n, figure.of]
      return ([figure.id] + group + numbers.map { $0.map { "\($0)" } ?? "none" })
        .joined(separator: " ")
    }
  }

  @Test("each group's figures are those of the group asked alone", arguments: forms)
  func same(_ form: Form) throws {
    let session = Self.session()
    let repeated = try Self.answer(form.repeated, session)
    for value in form.values {
      let alone = try Self.answer(form.alone.replacing("VALUE", with: value), session)
      var part = repeated
      part.figures = repeated.figures.filter {
        $0.group.first?.value.description == value.replacing("\"", with: "")
      }
      #expect(!part.figures.isEmpty)
      #expect(
        Self.figures(part, dropping: 1) == Self.figures(alone, dropping: 0),
        "\(form.repeated): \(value)")
    }
  }
}
