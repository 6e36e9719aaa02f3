import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// The rate per head of one period against that of another.
enum RateOfPeriods {
  static func answer(
    _ scale: Double, _ population: Population, _ coverage: Coverage, _ period: BoundCondition,
    _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let span = question.span(of: .versus) ?? question.ask.span
    guard question.standard == nil else {
      throw VerbMessages.sharesOnly("`standardized to`", at: span)
    }
    let cohort = try inquiry.cohort(of: question)
    let condition = question.conditions.first
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    let per = "per \(Words.grouped(scale)) of \(population.name)"
    let method = try inquiry.method(question, PoissonRate.defaultMethod)
    var other = question
    other.periodCondition = period.predicate
    other.period = coverage
    let now = question.ask.clauses.filter { [.in, .since, .before].contains($0.word) }
      .map { Formatter.text(of: $0) }.joined(separator: " ")
    let sides = try [(question, now.isEmpty ? "all" : now), (other, "in \(period.text)")].map {
      try Side($0.0, $0.1, population, condition, inquiry, at: span)
    }
    var answer = try inquiry.begin(
      question, words: "\(what) \(per), divided by that \(sides[1].name)")
    answer.sources.append(try inquiry.source(population))
    answer.cautions += try inquiry.cardCautions(question, population, at: span)
    answer.counted = try inquiry.counted(question, n: sides[0].n, fields: condition?.fields ?? [])
    let ratio = RateRatio.exact(
      sides[0].count, exposure: sides[0].people, over: sides[1].count, exposure: sides[1].people,
      level: question.level)
    let unit = inquiry.unit(of: question)
    var lines: [FigureLine] = []
    for side in sides {
      let figure = side.figure(scale, method, question.level)
      answer.figures.append(figure)
      lines.append(
        FigureLine(
          figure.ungrouped,
          remark: "\(Words.count(side.n, unit)) in \(Words.grouped(side.people)) people"))
    }
    let figure = Figure("rate-ratio", "ratio of the rates", ratio.interval.estimate, form: .ratio)
      .with(ratio.interval, level: question.level, method: RateRatio.Method.exact.rawValue)
    answer.figures.append(figure)
    lines.append(
      FigureLine(figure, remark: ratio.test.p.map { "p \(Numbers.probability($0))" } ?? ""))
    answer.blocks = [.figures(lines)]
    answer.tests = ratio.test.p.map { [$0] } ?? []
    answer.cite(method)
    answer.cite(RateRatio.Method.exact)
    let times = ratio.interval.estimate.map { Numbers.ratio($0) } ?? "?"
    answer.sentences = [
      Words.sentence("\(what) \(per): \(times) times the rate \(sides[1].name).")
    ]
    answer.steps = sides.map { side in
      "rate \(side.name) = \(Words.grouped(side.n)) ÷ \(Words.grouped(side.people)) × "
        + "\(Words.grouped(scale)) = \(Numbers.decimal(side.n / side.people * scale, 4))"
    }
    answer.steps.append("ratio of the rates = the first ÷ the second = \(times)")
    answer.steps += [Worked.interval(figure)].compactMap(\.self)
    inquiry.cautionSmall(count: sides.map(\.count).min() ?? 0, of: "the smaller rate", &answer)
    return answer
  }

  /// The events and people of one period.
  private struct Side {
    let name: String
    let n: Double
    let people: Double

    var count: Int { Int(n.rounded()) }

    init(
      _ question: Question, _ name: String, _ population: Population,
      _ condition: BoundCondition?, _ inquiry: Inquiry, at span: Span
    ) throws {
      self.name = name
      n = try inquiry.count(
        question, rows: question.rows.and(condition?.predicate ?? .constant(true)))
      people = try Exposure(population, keys: [], question, inquiry, at: span).total
      guard people > 0 else { throw VerbMessages.noPeople(population.name, name, at: span) }
    }

    func figure(_ scale: Double, _ method: PoissonRate.Method, _ level: Double) -> Figure {
      let interval = PoissonRate.interval(
        count, exposure: people, per: scale, level: level, method: method)
      return Figure(
        "rate", "rate \(name)", interval.estimate, n: n, of: people,
        group: [GroupLabel(key: "period", value: .text(name))], form: .number(decimals: 2)
      ).with(interval, level: level, method: method.rawValue)
    }
  }
}
