import Columns
package import Engine
import Statistics
package import Syntax

/// What a number field adds up to.
package struct Total: Verb {
  package static let signature = Signature(
    "total", summary: "what a number field adds up to, exactly, and for each case of a stage",
    slots: [.fields(least: 1, most: 1), .condition("CONDITION", isRequired: false)],
    clauses: [.by, .per, .where, .in, .since, .before, .top, .anyway],
    examples: [
      .init("total drug cost", "the sum, exact to the cent"),
      .init("total drug cost per convicted", "the sum ÷ the number convicted"),
      .init("total drug cost by year", "the sum of each year"),
    ],
    figures: [
      ("total", "the sum of the known values"),
      ("per", "the sum ÷ the number of what stands after `per`"),
      ("sd", "standard deviation of single values"), ("least", "the least value"),
      ("greatest", "the greatest value"),
    ])

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let (field, groups) = try inquiry.sums(question)
    let condition = question.conditions.first
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    let denominator = try TotalDenominator(question, inquiry)
    var answer = try inquiry.begin(
      question,
      words: "the sum of \(field.name) of \(what)" + (denominator.map { " per \($0.name)" } ?? ""))
    answer.counted = try inquiry.counted(
      question, n: groups.reduce(0) { $0 + $1.n + $1.unknown },
      fields: (condition?.fields ?? []) + question.by.map(\.field))
    answer.counted?.unknown.append((field.name, groups.reduce(0) { $0 + $1.unknown }))
    if let population = denominator?.population {
      answer.sources.append(try inquiry.source(population))
      answer.cautions += try inquiry.cardCautions(
        question, population, at: question.span(of: .per) ?? question.ask.span)
    }
    let unit = try inquiry.unitOfRows(question)
    answer.counted?.unit = unit
    let page = TotalPage(question, field, denominator, unit, what)
    if question.by.isEmpty {
      page.write(groups[0], &answer)
    } else {
      let groups = try inquiry.withEmptyPeriods(
        groups, question, &answer, keys: \.group, empty: MeasuredSums.none)
      try page.write(groups, limit: inquiry.settings.groupLimit, &answer)
    }
    try caution(question, inquiry, field, groups, &answer)
    return answer
  }

  /// Rows that repeat a case, and values that are not known.
  private static func caution(
    _ question: Question, _ inquiry: Inquiry, _ field: MeasuredField, _ groups: [MeasuredSums],
    _ answer: inout Answer
  ) throws {
    inquiry.cautionLeftOut(field, groups, question, &answer)
    let unit = try inquiry.cohort(of: question).dataset.card.unit
    try inquiry.cautionRepeatedIds(
      "the sum adds up rows, so a \(field.name) that stands in several rows of one \(unit) is "
        + "added each time", question, &answer)
  }
}
