import Columns
package import Engine
package import Statistics
package import Syntax

/// What part of a cohort something holds for.
package struct Share: Verb {
  package static let signature = Signature(
    "share", summary: "what part something holds for, with its interval",
    subjects: [.cohort, .figures], slots: [.condition("CONDITION", isRequired: false)],
    clauses: [.where, .by, .in, .since, .before, .top, .unit, .level, .using, .anyway],
    examples: [
      .init("share buybust race=Black", "the part of a cohort, with a Wilson interval"),
      .init("share drug by race", "the part that each value is"),
      .init("share drug gun=yes by method", "the part inside each group"),
      .init("share 162 of 200", "figures of one's own"),
    ],
    figures: [
      ("share", "the part, 0 to 1"), ("bound-low", "the part if every unknown is not so"),
      ("bound-high", "the part if every unknown is so"),
    ])

  package static let families: [MethodFamily] = [.proportion, .finitePopulation, .missingBounds]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    if case .figures(let figures) = question.about {
      return try given(figures, question, inquiry)
    }
    let cohort = try inquiry.cohort(of: question)
    guard let condition = question.conditions.first else {
      guard question.by.count == 1 else {
        _ = try inquiry.condition(0, of: question, signature)
        return try inquiry.begin(question, words: "")
      }
      return try composition(question, inquiry, cohort)
    }
    var answer = try inquiry.begin(
      question, words: "the part of \(cohort.name) \(condition.wording.clause)")
    let tallies = try inquiry.tallies(
      question, event: condition.predicate, among: question.rows, by: question.by)
    let all = try inquiry.together(
      tallies, question, event: condition.predicate, among: question.rows)
    answer.counted = try inquiry.counted(
      question, n: all.total, fields: condition.fields + question.by.map(\.field))
    let method = try inquiry.method(question, Proportion.defaultMethod)
    if question.by.isEmpty {
      try single(tallies[0], condition, method, question, inquiry, &answer)
    } else {
      let tallies = try inquiry.withEmptyPeriods(tallies, question, &answer)
      try grouped(tallies, all, condition, method, question, inquiry, &answer)
    }
    try inquiry.cautionUnknown(condition, question, all.total, &answer)
    return answer
  }

  /// One share with its interval.
  private static func single(
    _ tally: Tally, _ condition: BoundCondition, _ method: Proportion.Method,
    _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let cohort = try inquiry.cohort(of: question)
    let unit = inquiry.unit(of: question)
    guard tally.total > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    guard tally.known > 0 else {
      throw VerbMessages.allUnknown(
        Words.list(condition.fields.map(\.name)), Words.count(tally.total, unit),
        at: condition.node.span)
    }
    let interval = ShareInterval(
      tally, sample: question.sample, level: question.level, method: method)
    let figure = interval.figure("share", "share of \(cohort.name)")
    answer.cite(interval.card)
    answer.figures = [figure]
    let remark = tally.parts(unit, condition)
    answer.blocks = [.figures([FigureLine(figure, remark: remark)])]
    let share = Numbers.percent(tally.share ?? 0)
    answer.sentences = [
      Words.sentence(
        "\(condition.wording.people) are \(share) of \(cohort.name): "
          + "\(remark)\(tally.rest(condition)).")
    ]
    answer.steps = interval.steps(remark)
    inquiry.cautionBounds(tally, condition, question, &answer)
    inquiry.cautionSmall(share: tally, of: "the share", &answer)
  }

  /// A share in each group.
  private static func grouped(
    _ groups: [Tally], _ all: Tally, _ condition: BoundCondition, _ method: Proportion.Method,
    _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let (tallies, hidden) = question.shown(groups)
    guard question.top != nil || tallies.count <= inquiry.settings.groupLimit else {
      throw VerbMessages.tooManyGroups(
        tallies.count, limit: inquiry.settings.groupLimit,
        at: question.span(of: .by) ?? question.ask.span)
    }
    var table = ShareTable(question, inquiry.unit(of: question))
    for tally in tallies {
      let interval = ShareInterval(
        tally, sample: question.sample, level: question.level, method: method)
      table.add(tally, interval, &answer)
    }
    table.finish(hidden: hidden, &answer)
    let cohort = try inquiry.cohort(of: question)
    let names = Words.list(question.by.map(\.name))
    answer.sentences = [
      Words.sentence(
        "the share of \(cohort.name) \(condition.wording.clause), by \(names)\(table.range).")
    ]
    answer.steps = ["each share = \(condition.text) ÷ all of the group for which it is known"]
    table.cautionSmall(tallies, inquiry, &answer)
    inquiry.cautionBounds(groups, together: all, condition, question, &answer)
  }

  /// `share C by FIELD`: the part that each value is.
  private static func composition(_ question: Question, _ inquiry: Inquiry, _ cohort: Cohort) throws
    -> Answer
  {
    let key = question.by[0]
    var answer = try inquiry.begin(
      question, words: "the part of \(cohort.name) that each \(key.name) is")
    let rows = try inquiry.tabulate(question, rows: question.rows, keys: [.field(key.field)]).rows
    let counts = rows.map { row -> Tally in
      let n = row.measures[0].double ?? 0
      let isMissing = row.keys[0].isMissing
      return Tally(
        group: row.keys, yes: isMissing ? 0 : n, no: 0, unknown: isMissing ? n : 0,
        known: isMissing ? 0 : n)
    }
    let all = try inquiry.together(
      counts, question, event: .not(.missing(key.field)), among: question.rows)
    let (total, known) = (all.total, all.yes)
    let unknown = total - known
    answer.counted = try inquiry.counted(question, n: total, fields: [key.field])
    guard total > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    guard total > unknown else {
      throw VerbMessages.allUnknown(
        key.name, Words.count(total, inquiry.unit(of: question)),
        at: question.span(of: .by) ?? question.ask.span)
    }
    let method = try inquiry.method(question, Proportion.defaultMethod)
    let tallies = counts.filter { !$0.group[0].isMissing }.map { count in
      Tally(
        group: count.group, yes: count.yes, no: known - count.yes, unknown: 0, known: known)
    }
    // Values stand by size, and periods in their order, those without a case among them.
    let sorted =
      key.field.calendar == nil || question.top != nil
      ? tallies.enumerated().sorted {
        ($1.element.yes, $0.offset) < ($0.element.yes, $1.offset)
      }.map(\.element)
      : try inquiry.withEmptyPeriods(
        tallies, question, &answer, keys: \.group,
        empty: { Tally(group: $0, yes: 0, no: known, unknown: 0, known: known) }
      )
    let limit = question.top ?? inquiry.settings.groupLimit
    guard question.top != nil || sorted.count <= limit else {
      throw VerbMessages.tooManyGroups(sorted.count, limit: limit, at: question.ask.span)
    }
    var table = ShareTable(question, inquiry.unit(of: question))
    for tally in sorted.prefix(limit) {
      let interval = ShareInterval(
        tally, sample: question.sample, level: question.level, method: method)
      table.add(tally, interval, &answer)
    }
    table.finish(hidden: max(0, sorted.count - limit), &answer)
    answer.sentences = [
      Words.sentence(
        "\(cohort.name) by \(key.name)\(table.range)"
          + (unknown > 0 ? "; \(Words.grouped(unknown)) of unknown \(key.name) are left out" : "")
          + ".")
    ]
    answer.steps = ["each share = count of the value ÷ all with a known \(key.name)"]
    inquiry.cautionUnknown(
      key.name, unknown, of: total, rest: ", left out here: each share could be lower by as much",
      question, &answer)
    return answer
  }

  private static func given(
    _ figures: GivenFigures, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let (x, n) = try Given.counts(figures)
    var answer = try inquiry.begin(question, words: "what part \(x) of \(n) is")
    let method = try inquiry.method(question, Proportion.defaultMethod)
    answer.cite(method)
    let tally = Tally(
      group: [], yes: Double(x), no: Double(n - x), unknown: 0, known: Double(n))
    let interval = ShareInterval(tally, sample: nil, level: question.level, method: method)
    let figure = interval.figure("share", "share")
    answer.figures = [figure]
    let remark = "\(Words.grouped(x)) of \(Words.grouped(n))"
    answer.blocks = [.figures([FigureLine(figure, remark: remark)])]
    answer.sentences = ["\(remark) is \(Numbers.percent(interval.interval.estimate ?? 0))."]
    answer.counted = Counted(unit: "case", n: Double(n), kind: "figures given")
    answer.steps = interval.steps(remark)
    inquiry.cautionSmall(share: tally, of: "the share", &answer)
    return answer
  }
}
