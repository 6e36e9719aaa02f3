import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// A share against the same share of another cohort, of another period, or of given figures.
enum RatioOfShares {
  static func answer(
    _ condition: BoundCondition, _ versus: BoundOpponent, _ question: Question,
    _ inquiry: Inquiry, at span: Span
  ) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let first = try inquiry.tallies(
      question, event: condition.predicate, among: question.rows, by: [])[0]
    let (name, second, overlap, unheld) = try other(condition, versus, question, inquiry)
    var answer = try inquiry.begin(
      question,
      words:
        "the share of \(cohort.name) \(condition.wording.clause), divided by that of \(name)")
    answer.counted = try inquiry.counted(question, n: first.total, fields: condition.fields)
    if case .cohort(let cohort) = versus { answer.sources.append(try inquiry.source(cohort)) }
    for (tally, what) in [(first, cohort.name), (second, name)] where tally.known == 0 {
      throw VerbMessages.nothingCounted(what, at: span)
    }
    let method = try inquiry.method(question, RiskRatio.defaultMethod)
    TwoShares(
      first, name: cohort.name, second, other: name, question.level, method
    ).write(condition.wording.people, &answer)
    try within(condition, versus, question, inquiry, &answer, at: span)
    if overlap > 0 {
      answer.cautions.append(
        Caution(
          "overlap",
          "\(Words.count(overlap, "row")) \(overlap == 1 ? "is" : "are") in both \(cohort.name) and \(name), so the two shares are not independent and the interval is too wide."
        ))
    }
    if !unheld.isEmpty {
      answer.cautions.append(
        Caution(
          "one-side-narrowed",
          "\(name) has no field, or no data, for \(Words.list(unheld)): all of it is compared."))
    }
    inquiry.cautionBounds(first, condition, question, &answer)
    if second.unknown > 0 {
      inquiry.cautionUnknown(
        "\(condition.unknownName) of \(name)", second.unknown, of: second.total, rest: "",
        question, &answer)
    }
    inquiry.cautionSmall(share: first, of: "the share of \(cohort.name)", &answer)
    inquiry.cautionSmall(share: second, of: "the share of \(name)", &answer)
    return answer
  }

  /// The same shares inside each stratum, where both sides are rows of one dataset.
  private static func within(
    _ condition: BoundCondition, _ versus: BoundOpponent, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer, at span: Span
  ) throws {
    guard !question.within.isEmpty, let cohort = question.cohort else { return }
    let filter = question.where?.predicate ?? .constant(true)
    switch versus {
    case .period(_, let period):
      try Stratified.add(
        event: condition.predicate, group: question.periodCondition, other: period.predicate,
        rows: cohort.rows.and(filter), question, inquiry, &answer)
    case .cohort(let other) where other.dataset === cohort.dataset:
      try Stratified.add(
        event: condition.predicate, group: question.rows,
        other: other.rows.and(filter).and(question.periodCondition), rows: .constant(true),
        question, inquiry, &answer)
    default:
      throw VerbMessages.sharesOnly(
        "`within` with this comparison", at: question.span(of: .within) ?? span)
    }
  }

  private static func other(
    _ condition: BoundCondition, _ versus: BoundOpponent, _ question: Question, _ inquiry: Inquiry
  ) throws -> (name: String, tally: Tally, overlap: Double, unheld: [String]) {
    switch versus {
    case .figures(let figures):
      let (x, n) = try Given.counts(figures)
      let tally = Tally(group: [], yes: Double(x), no: Double(n - x), unknown: 0, known: Double(n))
      return ("\(x) of \(n)", tally, 0, [])
    case .period(_, let period):
      var moved = question
      moved.periodCondition = period.predicate
      let tally = try inquiry.tallies(
        moved, event: condition.predicate, among: moved.rows, by: [])[0]
      return (period.text, tally, 0, [])
    case .cohort(let cohort):
      if cohort.dataset === question.cohort?.dataset {
        var moved = question
        moved.about = .cohort(cohort)
        let tally = try inquiry.tallies(
          moved, event: condition.predicate, among: moved.rows, by: [])[0]
        let overlap = try inquiry.count(question, rows: question.rows.and(cohort.rows))
        return (cohort.name, tally, overlap, [])
      }
      try checkUnits(question, cohort)
      let (moved, unheld) = try inquiry.binder.moved(question, to: cohort)
      let event = moved.conditions.first?.predicate ?? .constant(true)
      let tally = try inquiry.tallies(moved, event: event, among: moved.rows, by: [])[0]
      return (cohort.name, tally, 0, unheld)
    default:
      return ("", Tally(group: [], yes: 0, no: 0, unknown: 0, known: 0), 0, [])
    }
  }
}

extension RatioOfShares {
  /// Stops where the two sides count different things; a card that says nothing is no contradiction.
  private static func checkUnits(_ question: Question, _ other: Cohort) throws {
    guard let cohort = question.cohort else { return }
    let unit = cohort.dataset.card.unit
    let otherUnit = other.dataset.card.unit
    let unsaid = Card().unit
    guard unit != otherUnit, unit != unsaid, otherUnit != unsaid else { return }
    throw VerbMessages.unitDiffers(
      cohort.name, unit, other.name, otherUnit,
      at: question.span(of: .versus) ?? question.ask.span)
  }
}

/// Two shares beside each other, with their ratio.
struct TwoShares {
  private let tallies: [(name: String, tally: Tally)]
  private let level: Double
  private let method: RiskRatio.Method

  init(
    _ first: Tally, name: String, _ second: Tally, other: String, _ level: Double,
    _ method: RiskRatio.Method
  ) {
    tallies = [(name, first), (other, second)]
    self.level = level
    self.method = method
  }

  func write(_ people: String, _ answer: inout Answer) {
    let (a, b) = (tallies[0].tally, tallies[1].tally)
    var used = method
    let objection = RiskRatio.objection(to: method, a.events, b.events)
    if objection != nil { used = .koopman }
    let interval = RiskRatio.interval(
      a.events, of: a.trials, over: b.events, of: b.trials, level: level, method: used)
    answer.cite(used)
    if let objection {
      answer.cautions.append(Caution("method-replaced", Words.sentence(objection) + "."))
    }
    var lines: [FigureLine] = []
    for (index, entry) in tallies.enumerated() {
      let share = ShareInterval(entry.tally, sample: nil, level: level, method: .wilson)
      let figure = share.figure(index == 0 ? "share" : "benchmark", "share of \(entry.name)")
      answer.figures.append(figure)
      lines.append(
        FigureLine(
          figure,
          remark: "\(Words.grouped(entry.tally.yes)) of \(Words.grouped(entry.tally.known))"))
    }
    answer.cite(Proportion.Method.wilson)
    let p = ContingencyTable([
      [a.events, a.trials - a.events], [b.events, b.trials - b.events],
    ])?.pearson().p
    let index = Figure("index", "ratio of the shares", interval.estimate, form: .ratio)
      .with(interval, level: level, method: used.rawValue)
    answer.figures.append(index)
    lines.append(
      FigureLine(index, remark: p.map { "p \(Numbers.probability($0)), chi-square" } ?? ""))
    answer.blocks = [.figures(lines)]
    answer.tests = p.map { [$0] } ?? []
    let ratio = interval.estimate.map { Numbers.ratio($0) } ?? "?"
    answer.sentences = [
      Words.sentence(
        "\(people) are \(Numbers.percent(a.share ?? 0)) of \(tallies[0].name) and \(Numbers.percent(b.share ?? 0)) of \(tallies[1].name): \(ratio) times."
      )
    ]
    answer.steps = [
      "share of \(tallies[0].name) = \(Words.grouped(a.yes)) ÷ \(Words.grouped(a.known)) = \(Numbers.decimal(a.share ?? 0, 4))",
      "share of \(tallies[1].name) = \(Words.grouped(b.yes)) ÷ \(Words.grouped(b.known)) = \(Numbers.decimal(b.share ?? 0, 4))",
      "ratio = the first ÷ the second = \(ratio); interval: \(used.card?.name ?? "")",
    ]
  }
}

/// `ratio 162 of 200 vs …`, with no data open.
enum RatioOfFigures {
  static func answer(
    _ figures: GivenFigures, _ versus: BoundOpponent, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let (x, n) = try Given.counts(figures)
    let tally = Tally(group: [], yes: Double(x), no: Double(n - x), unknown: 0, known: Double(n))
    var answer = try inquiry.begin(
      question, words: "\(Formatter.text(of: figures)), divided by what it is compared with")
    answer.counted = Counted(unit: "case", n: Double(n), kind: "figures given")
    let people = question.conditions.first?.wording.with ?? "these"
    switch versus {
    case .share(let share, let written):
      let benchmark = Benchmark(
        name: written, share: share, people: nil, margins: nil, population: nil)
      try against(benchmark, tally, x, n, people, question, inquiry, &answer)
    case .population(let population):
      guard let condition = question.conditions.first else {
        _ = try inquiry.condition(0, of: question, Ratio.signature)
        return answer
      }
      let benchmark = try inquiry.benchmark(population, condition, question, at: question.ask.span)
      answer.sources.append(try inquiry.source(population))
      try against(benchmark, tally, x, n, people, question, inquiry, &answer)
    case .figures(let other):
      let (y, m) = try Given.counts(other)
      let second = Tally(group: [], yes: Double(y), no: Double(m - y), unknown: 0, known: Double(m))
      let method = try inquiry.method(question, RiskRatio.defaultMethod)
      TwoShares(
        tally, name: "the first \(n)", second, other: "the second \(m)", question.level, method
      ).write(people, &answer)
    default:
      throw VerbMessages.sharesOnly("this comparison", at: question.ask.span)
    }
    inquiry.cautionSmall(share: tally, of: "the share", &answer)
    return answer
  }

  private static func against(
    _ benchmark: Benchmark, _ tally: Tally, _ x: Int, _ n: Int, _ people: String,
    _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let method = try inquiry.method(question, PopulationShare.defaultMethod)
    let lines = IndexLines(
      tally, benchmark, cohort: "\(x) of \(n)", unit: "case", level: question.level, method: method)
    lines.write(
      &answer, remark: "\(Words.grouped(x)) of \(Words.count(Double(n), "case"))")
    answer.sentences = [
      "\(x) of \(n) is \(Numbers.percent(tally.share ?? 0)), against \(Numbers.percent(benchmark.share))"
        + (benchmark.population.map { " of \($0.name)" } ?? "")
        + ": \(Numbers.ratio(lines.index ?? 0)) times."
    ]
  }
}
