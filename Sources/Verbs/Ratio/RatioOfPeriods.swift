import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// The number of one period over that of another; per day where the two are not of one length.
enum RatioOfPeriods {
  static func answer(
    _ coverage: Coverage, _ period: BoundCondition, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let span = question.span(of: .versus) ?? question.ask.span
    guard question.within.isEmpty, question.per == nil else {
      throw refusal(question, at: span)
    }
    guard question.period != nil else {
      throw VerbMessages.needsOwnPeriod(question, at: span)
    }
    let cohort = try inquiry.cohort(of: question)
    let sides = try [
      Side(question, question.periodWords, inquiry, at: span),
      Side(question.moved(to: coverage, period), "in \(period.text)", inquiry, at: span),
    ]
    var answer = try inquiry.begin(
      question,
      words: "the number of \(cohort.name) \(sides[0].name), divided by that \(sides[1].name)"
    )
    guard sides[0].n + sides[1].n > 0 else {
      throw VerbMessages.nothingCounted(
        "\(cohort.name) \(sides[0].name) or \(sides[1].name)", at: question.ask.span)
    }
    answer.counted = try inquiry.counted(question, n: sides[0].n, fields: period.fields)
    try write(sides, question, inquiry, cohort.name, &answer)
    try caution(sides, question.moved(to: coverage, period), question, inquiry, &answer)
    return answer
  }

  private static func refusal(_ question: Question, at span: Span) -> Diagnostic {
    guard question.within.isEmpty else {
      return VerbMessages.sharesOnly(
        "`within` without a group", help: ["compare a group's share: ratio C GROUP in P vs P"],
        at: question.span(of: .within) ?? span)
    }
    var ask = question.ask
    ask.verb = Name("rate", at: ask.verb.span)
    return VerbMessages.sharesOnly(
      "`per` without a group", help: ["per head it is: \(Formatter.text(of: ask))"],
      at: question.span(of: .per) ?? span)
  }

  private static func write(
    _ sides: [Side], _ question: Question, _ inquiry: Inquiry, _ cohort: String,
    _ answer: inout Answer
  ) throws {
    let method = try inquiry.method(question, RateRatio.defaultMethod)
    let isDaily = !Side.areAlike(sides)
    let exposures = isDaily ? sides.map { Double($0.days.count) } : [1, 1]
    let result = RateRatio.interval(
      sides[0].events, exposure: exposures[0], over: sides[1].events, exposure: exposures[1],
      level: question.level, method: method)
    answer.cite(method)
    var ratio = Figure(
      "index", isDaily ? "ratio of the numbers a day" : "ratio of the numbers",
      result.interval.estimate, form: .ratio
    ).with(result.interval, level: question.level, method: method.rawValue)
    if ratio.value == nil { ratio.reason = "there are none in either" }
    let unit = inquiry.unit(of: question)
    let counts = sides.map { side in
      Figure(
        "count", "\(Words.plural(unit)) \(side.name)", side.n,
        group: [GroupLabel(key: "period", value: .text(side.name))], form: .count)
    }
    answer.figures = [ratio] + counts
    answer.blocks = [
      .figures(
        zip(counts, sides).map { figure, side in
          FigureLine(
            figure.ungrouped,
            remark: isDaily ? Words.count(Double(side.days.count), "day") : "")
        } + [
          FigureLine(ratio, remark: result.test.p.map { "p \(Numbers.probability($0))" } ?? "")
        ])
    ]
    answer.tests = result.test.p.map { [$0] } ?? []
    let quotient = result.interval.estimate.flatMap { $0.isFinite ? Numbers.ratio($0) : nil }
    let times = quotient.map { ", \($0) times as many\(isDaily ? " a day" : "")" } ?? ""
    func said(_ side: Side) -> String {
      side.name + (isDaily ? " (\(Words.count(Double(side.days.count), "day")))" : "")
    }
    answer.sentences = [
      Words.sentence(
        "\(cohort): \(Words.count(sides[0].n, unit)) \(said(sides[0])) and "
          + "\(Words.grouped(sides[1].n)) \(said(sides[1]))\(times).")
    ]
    answer.steps =
      isDaily
      ? sides.map {
        "a day \($0.name) = \(Words.grouped($0.n)) ÷ \(Words.grouped($0.days.count)) = "
          + Numbers.decimal($0.n / Double($0.days.count), 4)
      } + ["ratio = the first ÷ the second = \(quotient ?? "not bounded")"]
      : [
        "ratio = \(Words.grouped(sides[0].n)) ÷ \(Words.grouped(sides[1].n)) = \(quotient ?? "not bounded")"
      ]
    answer.steps += [Worked.interval(ratio)].compactMap(\.self)
  }

  private static func caution(
    _ sides: [Side], _ other: Question, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws {
    for side in sides where side.isCut {
      answer.cautions.append(
        Caution(
          "partial-period",
          "The data cover what is asked \(side.name) only in part, \(side.days.first) to "
            + "\(side.days.last): the two are compared by the day."))
    }
    if !Side.areAlike(sides), !sides.contains(where: \.isCut) {
      answer.remarks.append(
        "The two are not of one length, so their numbers are compared by the day; seasons may differ."
      )
    }
    let overlap = try inquiry.count(question, rows: question.rows.and(other.rows))
    if overlap > 0 {
      answer.cautions.append(
        Caution(
          "overlap",
          "\(Words.count(overlap, "row")) \(overlap == 1 ? "is" : "are") in both periods, so the two "
            + "numbers are not independent and the interval is too wide."))
    }
    inquiry.cautionSmall(
      count: sides.map(\.events).min() ?? 0, of: "the smaller number", &answer)
  }

  /// One period, with what was counted in it.
  private struct Side {
    let name: String
    let n: Double
    /// The days of it that the data cover.
    let days: CoveredDays
    /// Whether the data cover only a part of it.
    let isCut: Bool
    /// The part of the calendar that it is one of; nothing where it is another time.
    let unit: PeriodUnit?

    var events: Int { Int(n.rounded()) }

    init(_ question: Question, _ name: String, _ inquiry: Inquiry, at span: Span) throws {
      self.name = name
      n = try inquiry.count(question, rows: question.rows)
      let cohort = try inquiry.cohort(of: question)
      let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
      let date = try inquiry.binder.date(of: scope, at: span)
      guard let seen = try inquiry.observedDays(of: date, question), let asked = question.period
      else { throw VerbMessages.nothingCounted(question.whom, at: question.ask.span) }
      days = CoveredDays(seen, question)
      guard days.count > 0 else {
        throw VerbMessages.nothingCounted("\(cohort.name) \(name)", at: question.ask.span)
      }
      isCut =
        (asked.first.number > -1_000_000 && asked.first < days.first)
        || (asked.last.number < 3_000_000 && asked.last > days.last)
      let (first, last) = (days.first, days.last)
      unit =
        isCut
        ? nil
        : PeriodUnit.allCases.first {
          Period($0, of: first).first == first && Period($0, of: first).last == last
        }
    }

    /// Whether both are of one length: one year each, one month each, or as many days.
    static func areAlike(_ sides: [Side]) -> Bool {
      sides[0].days.count == sides[1].days.count
        || (sides[0].unit != nil && sides[0].unit == sides[1].unit)
    }
  }
}

extension Question {
  /// The same question of another time.
  fileprivate func moved(to coverage: Coverage, _ period: BoundCondition) -> Question {
    var moved = self
    moved.period = coverage
    moved.periodCondition = period.predicate
    return moved
  }
}
