import Columns
import Engine
import Verbs

/// The rows of a dataset that a question loses at each of its conditions, unknowns apart.
enum WhyPage {
  static func page(of question: Question, _ inquiry: Inquiry) throws -> Page {
    guard let cohort = question.cohort else {
      return Page(
        title: question.text,
        [.paragraph("The question gives its own figures: no row was chosen.")])
    }
    let dataset = cohort.dataset
    let weight = try inquiry.binder.weight(of: dataset)
    func count(_ rows: Predicate, _ keys: [Key]) throws -> SmallTable {
      try inquiry.runner.tabulate(
        Tabulation(dataset: dataset.name, rows: rows, keys: keys, weight: weight), of: dataset)
    }
    var left = try count(.constant(true), []).rows.first?.measures[0].double ?? 0
    var lines: [[Cell]] = [
      [
        .value(.text("all of \(dataset.name)")), .value(.text("")), .value(.text("")),
        .number(left, .count),
      ]
    ]
    var rows = Predicate.constant(true)
    for (words, condition) in conditions(of: question, cohort) {
      let table = try count(rows, [.test(condition)])
      func n(_ isIt: (Value) -> Bool) -> Double {
        table.rows.filter { isIt($0.keys[0]) }.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
      }
      left = n { $0 == .truth(true) }
      lines.append([
        .value(.text(words)), .number(n { $0 == .truth(false) }, .count),
        .number(n(\.isMissing), .count), .number(left, .count),
      ])
      rows = rows.and(condition)
    }
    let table = AnswerTable(
      columns: [
        .init("condition", .text), .init("not so", .integer), .init("unknown", .integer),
        .init("left", .integer),
      ], rows: lines)
    return Page(
      title: "Rows of: \(question.text)",
      [
        .table(table),
        .paragraph(
          "Each line is about the rows that the lines above it left. A row for which a condition is unknown is not counted as meeting it."
        ),
      ])
  }

  /// The conditions in the order in which they narrow: definition, `where`, period, denominator, and what is counted.
  private static func conditions(of question: Question, _ cohort: Cohort) -> [(
    String, Predicate
  )] {
    var list: [(String, Predicate)] = parts(of: cohort.rows).map { (PlanText.text(of: $0), $0) }
    if let condition = question.where {
      list += parts(of: condition.predicate).map { ("where " + PlanText.text(of: $0), $0) }
    }
    if question.periodCondition != .constant(true) {
      list.append((PlanText.text(of: question.periodCondition), question.periodCondition))
    }
    if let denominator = Denominators.stage(of: question) {
      list.append(("of \(denominator.name)", denominator.predicate))
    }
    if let condition = question.conditions.first {
      list.append((condition.text, condition.predicate))
    }
    return list
  }

  private static func parts(of predicate: Predicate) -> [Predicate] {
    switch predicate {
    case .constant(true): []
    case .all(let parts): parts.flatMap(parts(of:))
    default: [predicate]
    }
  }
}
