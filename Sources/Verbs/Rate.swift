import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// How often: of the stage before, or per head of a population.
package struct Rate: Verb {
  package static let signature = Signature(
    "rate", summary: "how often something happens, of the stage before or per head",
    subjects: [.cohort, .figures], slots: [.condition("CONDITION", isRequired: false)],
    clauses: [
      .of, .per, .by, .where, .in, .since, .before, .versus, .standardized, .top, .unit, .level,
      .using, .anyway,
    ],
    examples: [
      .init("rate drug filed of referred by race", "a stage's rate in each group"),
      .init("rate homicides cleared in 2020", "of the stage just before"),
      .init("rate homicides per 100k residents by year", "per head, with exact intervals"),
      .init("rate homicides per 100k residents in 2020 vs 2019", "two periods and their ratio"),
      .init("rate 176 per 100k of 508090", "figures of one's own"),
    ],
    figures: [
      ("rate", "events ÷ what they are counted in, times the scale"),
      ("standardized", "the rate weighted to a standard population"),
      ("rate-ratio", "a rate ÷ another rate"),
    ])

  package static let mainFigures = ["rate-ratio", "rate"]

  package static let families: [MethodFamily] = [
    .proportion, .poissonRate, .rateRatio, .directStandardisation,
  ]

  /// Two periods are compared once; rates alone have a table by group.
  package static func isAskedOfEach(_ question: Question) -> Bool {
    if case .period? = question.versus, case .people? = question.per { true } else { false }
  }

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    if case .figures(let figures) = question.about {
      return try RateOfFigures.answer(figures, question, inquiry)
    }
    if case .people(let scale, let population)? = question.per {
      if case .period(let coverage, let period)? = question.versus {
        return try RateOfPeriods.answer(scale, population, coverage, period, question, inquiry)
      }
      try refuse(question, help: "ratio", "GROUP vs GROUP per POPULATION")
      return try RatePerHead.answer(scale, population, question, inquiry)
    }
    try refuse(question, help: "gap", "EVENT of STAGE GROUP vs GROUP")
    return try ofStage(question, inquiry)
  }

  /// `vs` compares two periods per head; for groups there is a verb of its own.
  private static func refuse(_ question: Question, help verb: String, _ form: String) throws {
    guard question.versus != nil else { return }
    throw VerbMessages.otherVerb(
      "rate", verb, "\(verb) \(question.cohort?.name ?? "COHORT") \(form)",
      at: question.span(of: .versus) ?? question.ask.span)
  }

  /// A proportion of those who reached the stage before.
  private static func ofStage(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let event = try inquiry.condition(0, of: question, signature)
    let denominator = StageDenominator(event, question, cohort)
    let base = denominator.name.isEmpty ? cohort.name : "\(denominator.name) \(cohort.name)"
    var answer = try inquiry.begin(
      question, words: "the part of \(base) \(event.wording.clause)")
    let tallies = try inquiry.tallies(
      question, event: event.predicate, among: question.rows.and(denominator.predicate),
      by: question.by)
    let all = try inquiry.together(
      tallies, question, event: event.predicate, among: question.rows.and(denominator.predicate))
    answer.counted = try inquiry.counted(
      question, n: all.total, fields: event.fields + question.by.map(\.field))
    let method = try inquiry.method(question, Proportion.defaultMethod)
    if question.by.isEmpty {
      let tally = tallies[0]
      guard tally.total > 0 else {
        throw VerbMessages.nothingCounted(base, at: question.ask.span)
      }
      guard tally.known > 0 else {
        throw VerbMessages.allUnknown(
          event.unknownName, Words.count(tally.total, inquiry.unit(of: question)),
          at: event.node.span)
      }
      let interval = ShareInterval(
        tally, sample: question.sample, level: question.level, method: method)
      answer.cite(interval.card)
      let figure = interval.figure("rate", "rate of \(event.wording.with)")
      answer.figures = [figure]
      let remark = tally.parts(inquiry.unit(of: question), stage: denominator.name, event)
      answer.blocks = [.figures([FigureLine(figure, remark: remark)])]
      answer.sentences = [
        Words.sentence(
          "\(Numbers.percent(tally.share ?? 0)) of \(base) \(event.wording.predicate): "
            + "\(remark)\(tally.rest(event)).")
      ]
      answer.steps = interval.steps(remark)
      inquiry.cautionBounds(tally, event, question, of: "rate", &answer)
      inquiry.cautionSmall(share: tally, of: "the rate", &answer)
    } else {
      let tallies = try inquiry.withEmptyPeriods(tallies, question, &answer)
      let (shown, hidden) = question.shown(tallies)
      var table = ShareTable(question, inquiry.unit(of: question), id: "rate")
      for tally in shown {
        let interval = ShareInterval(
          tally, sample: question.sample, level: question.level, method: method)
        table.add(tally, interval, &answer)
      }
      table.finish(hidden: hidden, &answer)
      answer.sentences = [
        Words.sentence(
          "the part of \(base) \(event.wording.clause), by \(Words.list(question.by.map(\.name)))\(table.range)."
        )
      ]
      answer.steps = ["each rate = \(event.text) ÷ \(base) of the group"]
      table.cautionSmall(shown, inquiry, &answer)
      let start = cohort.dataset.stage(named: denominator.name)?.date
      try inquiry.cautionYoung(event, from: start, question, &answer)
      inquiry.cautionBounds(tallies, together: all, event, question, of: "rate", &answer)
    }
    try inquiry.cautionUnknown(event, question, all.total, &answer)
    return answer
  }
}
