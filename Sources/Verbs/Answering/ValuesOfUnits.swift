import Columns
import Diagnostics
import Engine
import Syntax

extension Inquiry {
  /// What rows are called where they are counted: where several are of one case, their number is not
  /// that of cases.
  func unitOfRows(_ question: Question) throws -> String {
    try unitField(of: question) == nil ? unit(of: question) : "row"
  }

  /// Says that rows are counted though the card's id repeats, and what that makes of the figures.
  func cautionRepeatedIds(_ what: String, _ question: Question, _ answer: inout Answer) throws {
    guard question.unitField == nil, let id = question.cohort?.dataset.card.id,
      try unitField(of: question) != nil
    else { return }
    answer.cautions.append(Caution("repeated-ids", "\(id) repeats: \(what)."))
  }

  /// The words that take one row of each person, for a question in which rows of one repeat.
  func oneRowOfEach(_ id: String, _ question: Question) -> String? {
    guard let cohort = question.cohort else { return nil }
    let date = cohort.dataset.card.date.map { " by \(Formatter.name($0))" } ?? ""
    return "cohort one = \(Formatter.name(cohort.name)) first\(date) per \(Formatter.name(id))"
  }
}

/// Whether each counted unit has one value of a number field, so that the unit can stand for its rows.
struct ValuesOfUnits {
  private let known: [[Value]: Double]
  private let all: [[Value]: Double]

  init(
    _ field: Field, _ rows: Predicate, _ question: Question, _ inquiry: Inquiry
  ) throws {
    func count(_ rows: Predicate) throws -> [[Value]: Double] {
      let table = try inquiry.tabulate(
        question, rows: rows, keys: question.by.map { .field($0.field) })
      return Dictionary(
        table.rows.map { ($0.keys, $0.measures[0].double ?? 0) }, uniquingKeysWith: +)
    }
    known = try count(rows.and(.not(.missing(field))))
    all = try count(rows)
  }

  /// The groups with units for rows; nothing where a unit has several values in one group. A unit's value
  /// is unknown only where no row of it has one.
  func stand(for groups: [Measured]) -> [Measured]? {
    guard groups.allSatisfy({ $0.n == known[$0.group] ?? 0 }) else { return nil }
    return groups.map { $0.with(unknown: (all[$0.group] ?? 0) - (known[$0.group] ?? 0)) }
  }
}
