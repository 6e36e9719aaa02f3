import Columns
package import Engine
package import Syntax

/// How many rows, or how many of a unit.
package struct Count: Verb {
  package static let signature = Signature(
    "count", summary: "how many there are, in all or for each value",
    slots: [.condition("CONDITION", isRequired: false)],
    clauses: [.where, .by, .in, .since, .before, .top, .unit],
    examples: [
      .init("count drug", "how many rows the cohort has"),
      .init("count drug by year", "how many in each year, and the part of all"),
      .init(
        "count referrals by lead_category top 5 in 2020", "the five largest categories of a year"),
    ],
    figures: [("count", "how many"), ("share-of-all", "the part of all that a group is")])

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let condition = question.conditions.first
    let rows = question.rows.and(condition?.predicate ?? .constant(true))
    let what = cohort.name + (condition.map { " with \($0.text)" } ?? "")
    var answer = try inquiry.begin(question, words: "how many \(what) there are")
    let total = try inquiry.count(question, rows: rows)
    let unit = inquiry.unit(of: question)
    answer.counted = try inquiry.counted(
      question, n: total, fields: (condition?.fields ?? []) + question.by.map(\.field))
    if question.by.isEmpty {
      let figure = Figure("count", "count of \(what)", total, form: .count)
      answer.figures = [figure]
      answer.sentences = ["\(Words.count(total, unit)) in \(what)."]
      answer.blocks = [
        .figures([FigureLine(figure, remark: total == 1 ? unit : Words.plural(unit))])
      ]
      answer.steps = ["counted the \(Words.plural(unit)) for which `\(cohort.definition)` holds"]
    } else {
      try grouped(question, inquiry, rows, total, what, &answer)
    }
    try inquiry.cautionUnknown(condition, question, total, &answer)
    return answer
  }

  private static func grouped(
    _ question: Question, _ inquiry: Inquiry, _ rows: Predicate, _ total: Double, _ what: String,
    _ answer: inout Answer
  ) throws {
    let table = try inquiry.tabulate(
      question, rows: rows, keys: question.by.map { .field($0.field) })
    var groups = table.rows.map { (keys: $0.keys, n: $0.measures[0].double ?? 0) }
    let all = groups.count
    if let top = question.top { groups = groups.largest(top, by: \.n) }
    let limit = question.top ?? inquiry.settings.groupLimit
    guard question.top != nil || all <= limit else {
      throw VerbMessages.tooManyGroups(
        all, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    groups = Array(groups.prefix(limit))
    let unit = inquiry.unit(of: question)
    var lines: [[Cell]] = []
    for (keys, n) in groups {
      let labels = Inquiry.labels(question.by, keys)
      let share = total > 0 ? n / total : nil
      answer.figures.append(
        Figure("count", "count of \(what)", n, group: labels, form: .count))
      answer.figures.append(
        Figure(
          "share-of-all", "share of all", share, n: n, of: total, group: labels, form: .percent))
      lines.append(
        keys.map(Cell.value) + [
          .number(n, .count), share.map { .number($0, .percent) } ?? .none(""),
        ])
    }
    let columns =
      question.by.map { AnswerTable.Column($0.name, .category) }
      + [.init(Words.plural(unit), .integer), .init("share of all", .percent)]
    let answerTable = AnswerTable(columns: columns, rows: lines, hidden: all - groups.count)
    answer.table = answerTable
    answer.blocks = [.table(answerTable)]
    let names = Words.list(question.by.map(\.name))
    var sentence = "\(Words.count(total, unit)) in \(what), by \(names)"
    if let largest = groups.max(by: { $0.n < $1.n }), total > 0 {
      let label = largest.keys.label
      sentence += "; most in \(label) (\(Words.grouped(largest.n)))"
    }
    answer.sentences = [sentence + "."]
    answer.steps = [
      "counted the \(Words.plural(unit)) of each \(names); share of all = count ÷ \(Words.grouped(total))"
    ]
  }
}
