import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// Which groups are highest, and which of them can't be told apart.
package struct Rank: Verb {
  package static let signature = Signature(
    "rank",
    summary: "which groups are highest, with intervals and the ranks that are not told apart",
    slots: [.condition("CONDITION", isRequired: false)],
    clauses: [
      .by, .per, .where, .in, .since, .before, .top, .unit, .level, .using, .anyway,
    ],
    examples: [
      .init("rank referrals by lead_category top 10 in 2020", "by number"),
      .init("rank drug by neighborhood per 1000 residents", "per head"),
      .init("rank drug filed by agency per referred", "by the part of those who reached a stage"),
    ],
    figures: [
      ("count", "how many"), ("share-of-all", "the part of all that a group is"),
      ("rate", "the number per head, or the part of those who reached a stage"),
      ("rank", "the place, 1 the highest; low and high are the places it may have"),
    ])

  package static let families: [MethodFamily] = [.proportion, .poissonRate]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    guard !question.by.isEmpty else {
      throw BindingMessages.needsClause(
        "rank", "by FIELD", at: question.ask.span,
        help: ["rank \(cohort.name) by \(cohort.dataset.fields.first ?? "FIELD")"])
    }
    let condition = question.conditions.first
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    let measure = try RankMeasure(question, inquiry)
    let names = Words.list(question.by.map(\.name))
    var answer = try inquiry.begin(
      question, words: "which \(names) has most \(what)\(measure.words)")
    let rows = question.rows.and(condition?.predicate ?? .constant(true))
    answer.counted = try inquiry.counted(
      question, n: try inquiry.count(question, rows: rows),
      fields: (condition?.fields ?? []) + question.by.map(\.field))
    answer.cite(measure.card)
    let groups = try measure.groups(question, inquiry, &answer)
    guard !groups.isEmpty else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.span)
    }
    if case .ofStage(let stage, _) = measure, let condition {
      let tally = try inquiry.tallies(
        question, event: condition.predicate, among: question.rows.and(stage.predicate), by: [])[0]
      inquiry.cautionBounds(tally, condition, question, &answer)
    }
    let page = try RankPage(groups, measure, question, inquiry.runner)
    try page.write(what, names, limit: inquiry.settings.groupLimit, &answer)
    try inquiry.cautionUnknown(condition, question, answer.counted?.n ?? 0, &answer)
    return answer
  }
}
