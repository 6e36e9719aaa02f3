import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// A two-way table, with how far the two fields go together.
package struct Table: Verb {
  package static let signature = Signature(
    "table", summary: "how two fields go together: counts, row shares, chi-square",
    subjects: [.cohort, .matrix], slots: [.condition("CONDITION", isRequired: false)],
    clauses: [.by, .where, .in, .since, .before, .unit, .using, .level, .anyway],
    examples: [
      .init("table drug by race, disposition", "rows by race, columns by disposition"),
      .init("table drug by race, disposition where agency=KCPD", "in one agency"),
      .init("table [40 33; 153 83]", "figures of one's own"),
    ],
    figures: [
      ("count", "the count of a cell"), ("share", "the cell's part of its row"),
      ("chi-square", "Pearson's statistic, or Fisher's test without one"),
      ("cramers-v", "strength, 0 to 1"), ("p", "the p-value of no association"),
      ("p-exact", "Fisher's p, where cells expect fewer than 5"),
      ("dissimilarity", "with two columns: how unevenly they are spread over the rows, 0 to 1"),
    ])

  package static let families: [MethodFamily] = [.contingency, .association, .segregation]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    if case .matrix(let rows) = question.about { return try given(rows, question, inquiry) }
    let cohort = try inquiry.cohort(of: question)
    guard question.by.count == 2 else {
      throw BindingMessages.needsClause(
        "table", "by ROWS, COLUMNS", at: question.span(of: .by) ?? question.ask.span,
        help: ["table \(cohort.name) by race, disposition"])
    }
    let names = question.by.map(\.name)
    let what = cohort.name + (question.conditions.first.map { " \($0.wording.clause)" } ?? "")
    var answer = try inquiry.begin(
      question, words: "how \(names[0]) and \(names[1]) go together in \(what)")
    let rows = question.rows.and(question.conditions.first?.predicate ?? .constant(true))
    let cells = try inquiry.tabulate(
      question, rows: rows, keys: question.by.map { .field($0.field) }
    ).rows
    let n = cells.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    answer.counted = try inquiry.counted(
      question, n: inquiry.unitField(of: question) == nil ? n : inquiry.count(question, rows: rows),
      fields: (question.conditions.first?.fields ?? []) + question.by.map(\.field))
    let known = cells.filter { !$0.keys.contains(.missing) }
    let apart = n - known.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    inquiry.cautionUnknown(
      Words.list(names, last: "or"), apart, of: n, rest: ", which are not in the table", question,
      &answer)
    let left = Array(Set(known.map { $0.keys[0] })).sorted()
    let top = Array(Set(known.map { $0.keys[1] })).sorted()
    guard n > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    guard !left.isEmpty else {
      throw VerbMessages.noKnownValue(
        Words.list(names, last: "or"), Words.count(n, inquiry.unit(of: question)),
        at: question.span(of: .by) ?? question.ask.span)
    }
    guard left.count * top.count <= inquiry.settings.groupLimit * 10 else {
      throw VerbMessages.tooManyGroups(
        left.count * top.count, limit: inquiry.settings.groupLimit * 10, at: question.ask.span)
    }
    let counts = left.map { row in
      top.map { column in
        known.first { $0.keys == [row, column] }?.measures[0].double ?? 0
      }
    }
    write(counts, left, top, question, &answer)
    try test(counts.map { $0.map { Int($0.rounded()) } }, question, names, what, &answer)
    return answer
  }

  private static func write(
    _ counts: [[Double]], _ left: [Value], _ top: [Value], _ question: Question,
    _ answer: inout Answer
  ) {
    let keys = question.by
    var counted: [[Cell]] = []
    var lines: [[Cell]] = []
    for (row, value) in left.enumerated() {
      let total = counts[row].reduce(0, +)
      for (column, other) in top.enumerated() {
        let labels = Inquiry.labels(keys, [value, other])
        answer.figures.append(
          Figure("count", "count", counts[row][column], group: labels, form: .count))
        answer.figures.append(
          Figure(
            "share", "share of the row", total > 0 ? counts[row][column] / total : nil,
            n: counts[row][column], of: total, group: labels, form: .percent))
      }
      counted.append(
        [.value(value)] + counts[row].map { .number($0, .count) } + [.number(total, .count)])
      lines += [
        counted[row],
        [.value(.text(""))]
          + counts[row].map { total > 0 ? .number($0 / total, .percent) : .none("") }
          + [.value(.text(""))],
      ]
    }
    let sums = top.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let last: [Cell] =
      [.value(.text("all"))] + sums.map { .number($0, .count) } + [
        .number(sums.reduce(0, +), .count)
      ]
    let columns: [AnswerTable.Column] =
      [.init(keys[0].name, .category)]
      + top.map { .init($0.description, .integer) } + [.init("all", .integer)]
    // Shares below the counts are for reading; as data a column holds one kind of number.
    answer.table = AnswerTable(columns: columns, rows: counted + [last])
    answer.blocks = [.table(AnswerTable(columns: columns, rows: lines + [last]))]
  }

  /// The test of association, and Cramér's V; Fisher's exact test beside them where expected counts
  /// are small.
  private static func test(
    _ counts: [[Int]], _ question: Question, _ names: [String], _ what: String,
    _ answer: inout Answer
  ) throws {
    let association = try Association(counts, question.method)
    association.write(names, what, &answer)
    writeSpread(counts, names, &answer)
  }

  /// With two columns, how unevenly they are spread over the rows.
  private static func writeSpread(_ counts: [[Int]], _ names: [String], _ answer: inout Answer) {
    guard counts.count > 2, counts.allSatisfy({ $0.count == 2 }) else { return }
    let index = Segregation.dissimilarity(
      counts.map { Double($0[0]) }, counts.map { Double($0[1]) })
    let figure = Figure(
      "dissimilarity", "dissimilarity", index, method: MethodCatalogue.dissimilarity.id,
      reason: index == nil ? "a column is empty" : nil, form: .percent)
    answer.figures.append(figure)
    answer.cite(MethodCatalogue.dissimilarity)
    answer.blocks.append(
      .figures([
        FigureLine(
          figure,
          remark: "of either column would have to be in other rows for the two to be spread alike")
      ]))
    answer.steps.append(
      "dissimilarity = half the sum over rows of |part of the first column − part of the second|")
  }

  private static func given(_ rows: [[Int]], _ question: Question, _ inquiry: Inquiry) throws
    -> Answer
  {
    var answer = try inquiry.begin(
      question, words: "how the rows and columns of the figures go together")
    let all = rows.flatMap(\.self).reduce(0, +)
    answer.counted = Counted(unit: "case", n: Double(all), kind: "figures given")
    let table = AnswerTable(
      columns: [.init("row", .category)]
        + rows[0].indices.map { .init("column \($0 + 1)", .integer) },
      rows: rows.enumerated().map { index, row in
        [.value(.text("\(index + 1)"))] + row.map { .number(Double($0), .count) }
      })
    answer.table = table
    answer.blocks = [.table(table)]
    try test(rows, question, ["rows", "columns"], "", &answer)
    return answer
  }
}
