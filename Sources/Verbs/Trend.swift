import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// How a count or a share changes over time.
package struct Trend: Verb {
  package static let signature = Signature(
    "trend", summary: "how a count or a share changes over time",
    slots: [.condition("CONDITION", isRequired: false)],
    clauses: [
      .by, .of, .mark, .where, .in, .since, .before, .unit, .level, .using, .anyway,
    ],
    examples: [
      .init(
        "trend drug by month mark 2020-04 since 2019", "counts by month, before and after a date"),
      .init("trend drug filed by quarter", "a share by quarter, and how its odds change a year"),
      .init("trend drug by year, race", "one line for each group"),
    ],
    figures: [
      ("count", "how many in a period"), ("share", "the part in a period"),
      ("change", "the change a year: of the count, or of the odds of the share"),
      ("p", "that of the trend: Wald of the count's fit, Cochran-Armitage of a share"),
      ("z", "the Cochran-Armitage statistic of a share"),
      ("dispersion", "how much more the counts vary than by chance alone"),
      ("before", "a period's count, or the share, before a mark"), ("after", "the same after it"),
      ("rate-ratio", "after ÷ before, of counts"), ("difference", "after − before, of shares"),
    ])

  package static let families: [MethodFamily] = [
    .countTrend, .logisticTrend, .proportionTrend, .poissonRate, .proportion, .rateRatio,
    .proportionDifference,
  ]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let condition = question.conditions.first
    let axis = try TrendAxis(question, inquiry)
    let denominator = condition.map { StageDenominator($0, question, cohort) }
    let base = (denominator?.name).flatMap { $0.isEmpty ? nil : "\($0) " } ?? ""
    let what =
      condition.map { "the share of \(base)\(cohort.name) \($0.wording.clause)" } ?? cohort.name
    var answer = try inquiry.begin(question, words: "how \(what) changes over time")
    let rows = question.rows.and(denominator?.predicate ?? .constant(true))
    let series = try TrendSeries.all(
      condition?.predicate, rows: rows, axis: axis, question, inquiry)
    guard series.contains(where: { $0.total > 0 }) else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.span)
    }
    answer.counted = try inquiry.counted(
      question,
      n: inquiry.unitField(of: question) == nil
        ? series.reduce(0) { $0 + $1.total } : inquiry.count(question, rows: rows),
      fields: (condition?.fields ?? []) + question.by.map(\.field))
    let page = try TrendPage(
      what: what, axis: axis, series: series, isShare: condition != nil, question, inquiry)
    page.write(&answer)
    try page.caution(inquiry, &answer)
    if let condition, let denominator {
      let start = cohort.dataset.stage(named: denominator.name)?.date
      try inquiry.cautionYoung(condition, from: start, question, &answer)
      let tally = try inquiry.tallies(question, event: condition.predicate, among: rows, by: [])[0]
      inquiry.cautionBounds(tally, condition, question, &answer)
      try inquiry.cautionUnknown(condition, question, answer.counted?.n ?? 0, &answer)
    }
    return answer
  }
}
