import Columns
package import Engine
package import Syntax

/// How many rows, or how many of a unit.
package struct Count: Verb {
  package static let signature = Signature(
    "count", summary: "how many there are, in all or for each value",
    slots: [.condition("CONDITION", isRequired: false)],
    clauses: [.where, .by, .in, .since, .before, .top, .unit, .anyway],
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
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
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
    if let condition { try bound(condition, total, question, inquiry, &answer) }
    try inquiry.cautionUnknown(condition, question, total, &answer)
    return answer
  }

  /// How many it could be if what is unknown were known.
  private static func bound(
    _ condition: BoundCondition, _ total: Double, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws {
    // A date that is not there is a stage not reached, and no value that got lost.
    let dates = question.cohort?.dataset.stages.compactMap { $0.date?.columns } ?? []
    guard condition.predicate.columns.isDisjoint(with: dates.joined()) else { return }
    let tally = try inquiry.tallies(
      question, event: condition.predicate, among: question.rows, by: [])[0]
    inquiry.cautionUnknown(
      condition.unknownName, tally.unknown, of: tally.total,
      rest: ": with them the count lies between \(Words.grouped(total)) and "
        + Words.grouped(total + tally.unknown), question, &answer)
  }

  private static func grouped(
    _ question: Question, _ inquiry: Inquiry, _ rows: Predicate, _ total: Double, _ what: String,
    _ answer: inout Answer
  ) throws {
    let limit = inquiry.settings.groupLimit
    let table = try inquiry.counts(
      question, rows: rows, keys: question.by.map { .field($0.field) },
      question.top.map { .largest($0) } ?? .all(atMost: limit))
    guard question.top != nil || table.groupCount <= limit else {
      throw VerbMessages.tooManyGroups(
        table.groupCount, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    let groups = try inquiry.withEmptyPeriods(
      table.rows.map { (keys: $0.keys, n: $0.measures[0].double ?? 0) }, question, &answer,
      keys: \.keys, empty: { (keys: $0, n: 0) })
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
    let answerTable = AnswerTable(
      columns: columns, rows: lines, hidden: table.groupCount - table.rows.count)
    answer.table = answerTable
    answer.blocks = [.table(answerTable)]
    let names = Words.list(question.by.map(\.name))
    var sentence = "\(Words.count(total, unit)) in \(what), by \(names)"
    let known = groups.filter { !$0.keys.contains(.missing) }
    if known.count > 1, let largest = known.max(by: { $0.n < $1.n }), largest.n > 0 {
      sentence += "; most in \(largest.keys.label) (\(Words.grouped(largest.n)))"
    }
    if table.unknown > 0 {
      let keys = Words.list(question.by.map(\.name), last: "or")
      sentence += "; \(Words.grouped(table.unknown)) of unknown \(keys)"
    }
    answer.sentences = [sentence + "."]
    answer.steps = [
      "counted the \(Words.plural(unit)) of each \(names); share of all = count ÷ \(Words.grouped(total))"
    ]
  }
}
