import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// Two groups of one cohort: the relative rate index with `per` a population, else their numbers.
enum RatioOfGroups {
  static func answer(
    _ condition: BoundCondition, _ versus: BoundOpponent, _ question: Question,
    _ inquiry: Inquiry, at span: Span
  ) throws -> Answer {
    let other = rest(condition, versus)
    guard case .people(_, let population)? = question.per else {
      guard question.within.isEmpty else {
        throw VerbMessages.sharesOnly(
          "`within` without `per` a population",
          help: ["say: \(question.text) per population"],
          at: question.span(of: .within) ?? span)
      }
      return try plain(condition, other, question, inquiry)
    }
    var answer = try relativeRate(
      condition, other, population, question, inquiry, at: span)
    if !question.within.isEmpty {
      let strata = try StratifiedRates(
        condition, other, population, question, inquiry, at: span)
      strata.write(condition.wording.people, other.wording.people, withIndex: false, &answer)
    }
    return answer
  }

  /// `everyone else` is the group's complement, among those for whom it is known.
  private static func rest(_ condition: BoundCondition, _ versus: BoundOpponent) -> BoundCondition {
    if case .condition(let other) = versus { return other }
    let node = ConditionNode.not(condition.node, condition.node.span)
    return BoundCondition(
      predicate: .not(condition.predicate), node: node, text: Formatter.text(of: node),
      fields: condition.fields,
      wording: Wording(
        people: "everyone else", adjective: nil, with: "not \(condition.wording.with)"))
  }

  private static func counts(
    _ condition: BoundCondition, _ other: BoundCondition, _ question: Question, _ inquiry: Inquiry
  ) throws -> (group: Double, other: Double) {
    (
      try inquiry.count(question, rows: question.rows.and(condition.predicate)),
      try inquiry.count(question, rows: question.rows.and(other.predicate))
    )
  }

  private static func relativeRate(
    _ condition: BoundCondition, _ other: BoundCondition, _ population: Population,
    _ question: Question, _ inquiry: Inquiry, at span: Span
  ) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    guard !population.isShares else {
      throw VerbMessages.sharesNotPeople(population.name, at: question.span(of: .per) ?? span)
    }
    var answer = try inquiry.begin(
      question,
      words:
        "the rate of \(condition.wording.people) in \(cohort.name) per head of \(population.name), divided by that of \(other.wording.people)"
    )
    let (x1, x0) = try counts(condition, other, question, inquiry)
    guard x1 + x0 > 0 else {
      throw VerbMessages.nothingCounted(
        "\(condition.wording.people) or \(other.wording.people) in \(question.whom)",
        at: question.ask.span)
    }
    let first = try inquiry.benchmark(population, condition, question, at: span)
    let second = try inquiry.benchmark(population, other, question, at: span)
    guard let base1 = first.people?.group, let base0 = second.people?.group else {
      throw VerbMessages.populationLacks(
        population.registeredName, condition.wording.with, at: span)
    }
    answer.sources.append(try inquiry.source(population))
    let years = try PopulationYears(population, question, inquiry)
    years?.say(
      population, { "the rates are too high, and the people those of \($0)" }, &answer)
    answer.cautions += try inquiry.cardCautions(question, population, at: span)
    answer.counted = try inquiry.counted(
      question, n: try inquiry.count(question, rows: question.rows),
      fields: condition.fields + other.fields)
    let method = try inquiry.method(question, RateRatio.defaultMethod)
    let result = RateRatio.interval(
      Int(x1.rounded()), exposure: base1, over: Int(x0.rounded()), exposure: base0,
      level: question.level, method: method)
    answer.cite(method)
    answer.cite(MethodCatalogue.rriPopulation)
    let unit = Words.plural(inquiry.unit(of: question))
    let isPersonYears = years != nil
    let rate1 = perThousand(condition, x1, base1, unit, isPersonYears: isPersonYears)
    let rate0 = perThousand(other, x0, base0, unit, isPersonYears: isPersonYears)
    let rri = Figure(
      "rri", "relative rate index", result.interval.estimate, form: .ratio
    ).with(result.interval, level: question.level, method: method.rawValue)
    answer.figures = [rri, rate1.figure, rate0.figure]
    answer.tests = result.test.p.map { [$0] } ?? []
    answer.blocks = [
      .figures([
        FigureLine(rate1.figure.ungrouped, remark: rate1.remark),
        FigureLine(rate0.figure.ungrouped, remark: rate0.remark),
        FigureLine(rri, remark: result.test.p.map { "p \(Numbers.probability($0))" } ?? ""),
      ])
    ]
    let times = result.interval.estimate.map { Numbers.ratio($0) } ?? "∞"
    answer.sentences = [
      Words.sentence(
        "per head of \(population.name), \(condition.wording.people) are in \(cohort.name) \(times) times as often as \(other.wording.people)."
      )
    ]
    answer.steps =
      steps([(condition, x1, base1), (other, x0, base0)], times)
      + [Worked.interval(rri)].compactMap(\.self)
    answer.remarks.append(
      "Residents are not everyone at risk of arrest; this does not say why. See: limits")
    inquiry.cautionSmall(count: Int(min(x1, x0)), of: "the index", &answer)
    return answer
  }

  private static func steps(
    _ sides: [(condition: BoundCondition, n: Double, people: Double)], _ times: String
  ) -> [String] {
    sides.map { condition, n, people in
      "rate of \(condition.wording.people) = \(Words.grouped(n)) ÷ \(Words.grouped(people)) × 1,000 = "
        + Numbers.decimal(n / people * 1000, 4)
    } + ["relative rate index = the first ÷ the second = \(times)"]
  }

  /// A group's rate per 1,000 of its people.
  private static func perThousand(
    _ condition: BoundCondition, _ n: Double, _ people: Double, _ unit: String,
    isPersonYears: Bool
  ) -> FigureLine {
    FigureLine(
      Figure(
        "rate", "rate of \(condition.wording.people)", n / people * 1000, n: n, of: people,
        group: [GroupLabel(key: "group", value: .text(condition.wording.with))],
        form: .number(decimals: 2)),
      remark:
        "per 1,000: \(Words.grouped(n)) \(unit) of \(Words.grouped(people)) \(isPersonYears ? "person-years" : "people")"
    )
  }

  /// Without a population the two numbers say nothing about rates, and the answer says so.
  private static func plain(
    _ condition: BoundCondition, _ other: BoundCondition, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    var answer = try inquiry.begin(
      question,
      words:
        "the number of \(condition.wording.people) in \(cohort.name), divided by the number of \(other.wording.people)"
    )
    let (x1, x0) = try counts(condition, other, question, inquiry)
    guard x1 + x0 > 0 else {
      throw VerbMessages.nothingCounted(
        "\(condition.wording.people) or \(other.wording.people) in \(question.whom)",
        at: question.ask.span)
    }
    let method = try inquiry.method(question, RateRatio.defaultMethod)
    let result = RateRatio.interval(
      Int(x1.rounded()), exposure: 1, over: Int(x0.rounded()), exposure: 1,
      level: question.level, method: method)
    answer.cite(method)
    answer.counted = try inquiry.counted(
      question, n: try inquiry.count(question, rows: question.rows),
      fields: condition.fields + other.fields)
    var ratio = Figure("index", "ratio of the numbers", result.interval.estimate, form: .ratio)
      .with(result.interval, level: question.level, method: method.rawValue)
    if ratio.value == nil { ratio.reason = "there are none of either" }
    let first = Figure("count", condition.wording.people, x1, form: .count)
    let second = Figure("count", other.wording.people, x0, form: .count)
    answer.figures = [ratio, first, second]
    answer.blocks = [.figures([FigureLine(first), FigureLine(second), FigureLine(ratio)])]
    let times = result.interval.estimate.map { Numbers.ratio($0) } ?? "∞"
    answer.sentences = [
      Words.sentence(
        "\(cohort.name) has \(Words.grouped(x1)) \(condition.wording.people) and \(Words.grouped(x0)) \(other.wording.people): \(times) to 1."
      )
    ]
    answer.cautions.append(
      Caution(
        "no-base",
        "These are numbers, not rates: the groups differ in size. For rates say: \(question.text) per population"
      ))
    answer.steps = ["ratio = \(Words.grouped(x1)) ÷ \(Words.grouped(x0)) = \(times)"]
    return answer
  }
}
