import Columns
import Engine
import Syntax

/// One person in many rows: intervals and tests take rows for independent, and such rows are not.
enum RepeatedPeople {
  /// The part of the rows that may be of people with several before it is said.
  private static let mostRows = 0.1
  static let verbs: Set<String> = [
    "share", "rate", "ratio", "gap", "table", "average", "median", "trend", "time",
  ]

  static func look(
    at cohort: Cohort, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    guard verbs.contains(answer.verb), let person = cohort.dataset.card.person,
      question.unitField == nil
    else { return }
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    let field = try inquiry.binder.field(
      Name(person, at: question.ask.span, isQuoted: true), in: scope)
    let known = question.rows.and(.not(.missing(field)))
    let counts =
      try inquiry.tabulate(
        question, rows: known, keys: [], measures: [.rows, .units(field)]
      ).rows.first?.measures.map { $0.double ?? 0 } ?? []
    guard counts.count == 2, case (let rows, let people) = (counts[0], counts[1]), people > 0,
      rows > people
    else { return }
    // Each repetition belongs to a person with one more row at least, and two rows at most are
    // needed for each.
    let most = min(1, 2 * (rows - people) / rows)
    guard most > mostRows else { return }
    let repeated = try self.repeated(field, known, question, inquiry)
    guard repeated.rows / rows > mostRows else { return }
    answer.cautions.append(
      Caution(
        "repeated-people",
        "\(Numbers.percent(repeated.rows / rows)) of the rows are of people with several "
          + "(\(Words.grouped(rows)) rows, \(Words.grouped(people)) people, at most "
          + "\(Words.grouped(repeated.most)) for one): the interval takes them for independent and is "
          + "too narrow.\(remedy(answer.verb, field, question, inquiry))"))
  }

  /// Of people with several rows an amount or a time has no one value, so one row is to be taken of each.
  private static func remedy(
    _ verb: String, _ person: Field, _ question: Question, _ inquiry: Inquiry
  ) -> String {
    guard VerbCatalogue.verb(verb)?.signature.clauses.contains(.unit) ?? false else { return "" }
    guard ["average", "median"].contains(verb) else { return " See: \(question.text) unit people" }
    return inquiry.oneRowOfEach(person.name, question).map { " One row of each: \($0)" } ?? ""
  }

  private static func repeated(
    _ field: Field, _ rows: Predicate, _ question: Question, _ inquiry: Inquiry
  ) throws -> (rows: Double, most: Double) {
    let table = try inquiry.tabulate(
      question, rows: rows, keys: [.field(field)], measures: [.rows])
    let counts = table.rows.map { $0.measures[0].double ?? 0 }
    return (counts.filter { $0 > 1 }.reduce(0, +), counts.max() ?? 0)
  }
}
