import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// A cohort's share against a known share: the disparity index and what belongs beside it.
enum RatioToShare {
  static func answer(
    _ condition: BoundCondition, _ benchmark: Benchmark, _ question: Question,
    _ inquiry: Inquiry, at span: Span
  ) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let adjective =
      condition.wording.adjective.map { "\($0) share" } ?? "share \(condition.wording.clause)"
    var answer = try inquiry.begin(
      question,
      words:
        "the share of \(cohort.name) \(condition.wording.clause), divided by the \(adjective) of \(benchmark.name)"
    )
    let tallies = try inquiry.tallies(
      question, event: condition.predicate, among: question.rows, by: question.by)
    let n = tallies.reduce(0) { $0 + $1.total }
    answer.counted = try inquiry.counted(
      question, n: n, fields: condition.fields + question.by.map(\.field))
    if let population = benchmark.population {
      answer.sources.append(try inquiry.source(population))
      answer.cautions += try inquiry.cardCautions(question, population, at: span)
      try PopulationYears(population, question, inquiry)?.say(
        population, { "its share is that of \($0)" }, &answer)
    }
    let method = try inquiry.method(question, PopulationShare.defaultMethod)
    if question.by.isEmpty {
      try single(tallies[0], condition, benchmark, method, question, inquiry, &answer)
      try within(condition, benchmark, question, inquiry, &answer, at: span)
    } else {
      let tallies = try inquiry.withEmptyPeriods(tallies, question, &answer)
      try grouped(tallies, condition, benchmark, method, question, inquiry, &answer)
    }
    try inquiry.cautionUnknown(condition, question, n, &answer)
    if benchmark.population != nil {
      answer.remarks.append(
        "Residents are not everyone at risk of arrest; this does not say why. See: limits")
    }
    return answer
  }

  /// The same inside each stratum of the population, beside it.
  private static func within(
    _ condition: BoundCondition, _ benchmark: Benchmark, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer, at span: Span
  ) throws {
    guard !question.within.isEmpty else { return }
    guard let population = benchmark.population else {
      throw VerbMessages.sharesOnly(
        "`within` without a population",
        help: ["a share given says nothing of its strata; compare `vs` a population that has them"],
        at: question.span(of: .within) ?? span)
    }
    let strata = try StratifiedRates(condition, nil, population, question, inquiry, at: span)
    strata.write(condition.wording.people, "others", withIndex: true, &answer)
  }

  private static func single(
    _ tally: Tally, _ condition: BoundCondition, _ benchmark: Benchmark,
    _ method: PopulationShare.Method, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws {
    let cohort = try inquiry.cohort(of: question)
    let unit = inquiry.unit(of: question)
    guard tally.total > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    guard tally.known > 0 else {
      guard question.isAnyway else {
        throw VerbMessages.allUnknown(
          condition.unknownName, Words.count(tally.total, unit),
          at: condition.node.span)
      }
      return allUnknown(tally, condition, benchmark, cohort.name, unit, &answer)
    }
    let lines = IndexLines(
      tally, benchmark, cohort: cohort.name, unit: unit, level: question.level, method: method,
      sample: question.sample)
    lines.write(&answer, remark: tally.parts(unit, condition))
    let share = Numbers.percent(tally.share ?? 0)
    answer.sentences = [
      Words.sentence(
        "\(condition.wording.people) are \(share) of \(cohort.name)"
          + (tally.unknown > 0 ? " \(condition.knownClause)" : "")
          + (benchmark.population == nil
            ? ", against \(benchmark.name): \(Numbers.ratio(lines.index ?? 0)) times"
            : " and \(Numbers.percent(benchmark.share)) of \(benchmark.name): "
              + "\(Numbers.ratio(lines.index ?? 0)) times their share")
          + tally.rest(condition) + ".")
    ]
    let test = BinomialTest.exact(tally.events, of: tally.trials, against: benchmark.share)
    answer.tests = test.p.map { [$0] } ?? []
    inquiry.cautionBounds(tally, condition, question, &answer)
    if tally.unknown > 0 { answer.figures += bounds(tally, benchmark) }
    inquiry.cautionSmall(share: tally, of: "the share", &answer)
  }

  /// The index if every unknown were not of the group, and if every one were.
  private static func bounds(_ tally: Tally, _ benchmark: Benchmark) -> [Figure] {
    let interval = MissingBounds.shareRatio(tally.bounded, populationShare: benchmark.share)
    return [
      Figure("index-bound-low", "index if every unknown is not so", interval.lower, form: .ratio),
      Figure("index-bound-high", "index if every unknown is so", interval.upper, form: .ratio),
    ]
  }

  /// Past the stop of a group that is known nowhere: no share, only what it may lie between.
  private static func allUnknown(
    _ tally: Tally, _ condition: BoundCondition, _ benchmark: Benchmark, _ cohort: String,
    _ unit: String, _ answer: inout Answer
  ) {
    let reason = "\(condition.unknownName) is unknown in all \(Words.count(tally.total, unit))"
    let share = Figure(
      "share", "share of \(cohort)", nil, n: 0, of: 0, reason: reason, form: .percent)
    let index = Figure("index", "disparity index", nil, reason: reason, form: .ratio)
    let limits = bounds(tally, benchmark)
    answer.figures = [
      share, Figure("benchmark", benchmark.label, benchmark.share, form: .percent), index,
    ]
    answer.figures += limits
    answer.blocks = [.figures(answer.figures.map { FigureLine($0) })]
    let words = limits.map { $0.value.map { Numbers.ratio($0) } ?? "?" }
    answer.sentences = [
      Words.sentence("\(reason): the index may be anything from \(words[0]) to \(words[1]).")
    ]
    answer.cautions.append(
      Caution("unknown-values", Words.sentence(reason) + ".", severity: .stop, isPassed: true))
  }

  private static func grouped(
    _ all: [Tally], _ condition: BoundCondition, _ benchmark: Benchmark,
    _ method: PopulationShare.Method, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws {
    let cohort = try inquiry.cohort(of: question)
    let (tallies, hidden) = question.shown(all)
    let hasUnknown = tallies.contains { $0.unknown > 0 }
    var rows: [[Cell]] = []
    var tests: [Double?] = []
    answer.figures.append(
      Figure("benchmark", benchmark.label, benchmark.share, form: .percent))
    for tally in tallies {
      let lines = IndexLines(
        tally, benchmark, cohort: cohort.name, unit: "", level: question.level, method: method,
        group: Inquiry.labels(question.by, tally.group), sample: question.sample)
      answer.figures += lines.groupFigures
      tests.append(
        BinomialTest.exact(tally.events, of: tally.trials, against: benchmark.share).p)
      rows.append(
        tally.group.map(Cell.value) + lines.cells
          + (hasUnknown ? [.number(tally.unknown, .count)] : []))
    }
    answer.cite(method)
    let columns =
      question.by.map { AnswerTable.Column($0.name, .category) } + [
        .init("n", .integer), .init("of", .integer), .init("share", .percent),
        .init("index", .number), .init("\(Numbers.level(question.level)) interval", .interval),
        .init("against others", .number),
      ] + (hasUnknown ? [.init("unknown", .integer)] : [])
    let table = AnswerTable(columns: columns, rows: rows, hidden: hidden)
    answer.table = table
    answer.blocks = [.table(table)]
    let names = Words.list(question.by.map(\.name))
    answer.sentences = [
      Words.sentence(
        benchmark.population == nil
          ? "the share of \(cohort.name) \(condition.wording.clause), divided by \(benchmark.name), by \(names)."
          : "\(condition.wording.people) are \(Numbers.percent(benchmark.share)) of \(benchmark.name); "
            + "their share of \(cohort.name) by \(names), divided by that.")
    ]
    answer.steps = ["index = share of the group ÷ \(Numbers.percent(benchmark.share))"]
    inquiry.cautionMany(tests, &answer)
    ShareTable(question, "").cautionSmall(tallies, inquiry, &answer)
    inquiry.cautionBounds(all, condition, question, inLines: false, &answer)
  }
}

/// The figures of one share against one benchmark.
struct IndexLines {
  private let tally: Tally
  private let benchmark: Benchmark
  private let cohort: String
  private let unit: String
  private let level: Double
  private let group: [GroupLabel]
  private let share: Interval
  private let indexInterval: Interval
  private let rateRatio: Interval
  private let cards: [MethodCard?]

  init(
    _ tally: Tally, _ benchmark: Benchmark, cohort: String, unit: String, level: Double,
    method: PopulationShare.Method, group: [GroupLabel] = [], sample: SampleSize? = nil
  ) {
    self.tally = tally
    self.benchmark = benchmark
    self.cohort = cohort
    self.unit = unit
    self.level = level
    self.group = group
    let (x, n) = (tally.events, tally.trials)
    let isExact = method == .fixedClopperPearson
    let counted = ShareInterval(
      tally, sample: sample, level: level, method: isExact ? .clopperPearson : .wilson)
    share = counted.interval
    let surveyed = IndexLines.surveyed(x, n, benchmark, level)
    let p = benchmark.share
    let fixed = PopulationShare.comparison(
      x, of: n, populationShare: p, level: level, isExact: isExact)
    let rest = GroupAgainstRest.rateRatio(
      x, of: n, populationShare: p, level: level,
      method: isExact ? .fixedClopperPearson : .fixedWilson)
    // The limits of a sample's share go through the same functions as those of a full count's.
    indexInterval = surveyed ?? (sample == nil ? fixed.ratio : share.map { $0 / p })
    rateRatio =
      sample == nil || rest.estimate == nil
      ? rest : share.map { $0 == 1 ? .infinity : $0 / (1 - $0) / (p / (1 - p)) }
    cards = [
      counted.card,
      surveyed == nil ? method.card : MethodCatalogue.shareRatioAcs,
      (isExact ? GroupAgainstRest.Method.fixedClopperPearson : .fixedWilson).card,
    ]
  }

  /// A survey's own error counts where it is more than 5% of the share.
  private static func surveyed(_ x: Int, _ n: Int, _ benchmark: Benchmark, _ level: Double)
    -> Interval?
  {
    guard let margins = benchmark.margins, let people = benchmark.people else { return nil }
    let group = PopulationShare.SurveyEstimate(people.group, marginOfError: margins.group)
    let total = PopulationShare.SurveyEstimate(people.total, marginOfError: margins.total)
    guard let error = PopulationShare.shareError(group, of: total),
      error.standardError > 0.05 * error.share
    else { return nil }
    return PopulationShare.acsMarginOfError(x, of: n, group: group, total: total, level: level)
      .ratio
  }

  var index: Double? { indexInterval.estimate }

  private func figure(
    _ id: String, _ label: String, _ interval: Interval, _ form: NumberForm, _ card: MethodCard?
  )
    -> Figure
  {
    Figure(
      id, label, interval.estimate, low: interval.lower, high: interval.upper, level: level,
      method: card?.id, group: group, reason: interval.estimate == nil ? reason : nil, form: form)
  }

  /// Why there is no figure, where there is none.
  private var reason: String {
    tally.total == 0
      ? "no cases"
      : tally.known == 0 ? "nothing is known to divide by" : "the population holds nobody else"
  }

  private var shareFigure: Figure {
    var figure = figure("share", "share of \(cohort)", share, .percent, cards[0])
    figure.n = tally.yes
    figure.of = tally.known
    return figure
  }

  private var indexFigure: Figure {
    figure("index", "disparity index", indexInterval, .ratio, cards[1])
  }

  private var rateRatioFigure: Figure {
    figure("rate-ratio", "rate, against others", rateRatio, .ratio, cards[2])
  }

  /// The figures of one group of a `by`.
  var groupFigures: [Figure] { [shareFigure, indexFigure, rateRatioFigure] }

  /// n, of, share, index, interval, against others.
  var cells: [Cell] {
    [
      .number(tally.yes, .count), .number(tally.known, .count),
      share.estimate.map { .number($0, .percent) } ?? .none(tally.reason),
      indexInterval.estimate.map { .number($0, .ratio) } ?? .none(""),
      .interval(indexInterval.lower, indexInterval.upper, .ratio),
      rateRatio.estimate.map { .number($0, .ratio) } ?? .none(tally.known > 0 ? "all" : ""),
    ]
  }

  /// Figures, the lines of the page, methods and steps of a single comparison.
  func write(_ answer: inout Answer, remark: String) {
    let p = benchmark.share
    let part = tally.share ?? 0
    let ceiling = Figure(
      "ceiling", "highest index with this population", 1 / p, group: group, form: .ratio)
    let gap = Figure("gap", "gap", part - p, group: group, form: .points)
    let excess = Figure(
      "excess", "more than a proportional draw", tally.yes - tally.known * p, group: group,
      form: .count)
    let reference = Figure(
      "benchmark", benchmark.label, p, n: benchmark.people?.group,
      of: benchmark.people?.total, group: group, form: .percent)
    answer.figures = [
      shareFigure, reference, indexFigure, ceiling, rateRatioFigure, gap, excess,
    ]
    for card in cards { answer.cite(card) }
    let more = tally.yes - tally.known * p
    let people = Words.count(more.magnitude.rounded(), "person")
    answer.blocks = [
      .figures([
        FigureLine(
          shareFigure, remark: remark),
        FigureLine(reference),
        FigureLine(
          indexFigure,
          remark:
            "at most \(Numbers.ratio(1 / p)) with this \(benchmark.population == nil ? "share" : "population")"
        ),
        FigureLine(rateRatioFigure, remark: "times everyone else's"),
        FigureLine(
          gap, remark: "\(people) \(more < 0 ? "fewer" : "more") than a proportional draw"),
      ])
    ]
    answer.steps = steps
  }

  private var steps: [String] {
    let p = benchmark.share
    let part = tally.share ?? 0
    let odds = part < 1 ? Numbers.decimal(part / (1 - part), 3) : "∞"
    return [
      "share = \(Words.grouped(tally.yes)) ÷ \(Words.grouped(tally.known)) = \(Numbers.decimal(part, 4))",
      "benchmark = "
        + (benchmark.people.map { "\(Words.grouped($0.group)) ÷ \(Words.grouped($0.total)) = " }
          ?? "")
        + Numbers.decimal(p, 4),
      "disparity index = \(Numbers.decimal(part, 4)) ÷ \(Numbers.decimal(p, 4)) = \(Numbers.decimal(part / p, 4))",
      "ceiling = 1 ÷ \(Numbers.decimal(p, 4)) = \(Numbers.decimal(1 / p, 4))",
      "rate, against others = odds of the share ÷ odds of the benchmark = \(odds) ÷ \(Numbers.decimal(p / (1 - p), 3)) = "
        + (rateRatio.estimate.map { Numbers.decimal($0, 4) } ?? "not to be had"),
      "expected = \(Words.grouped(tally.known)) × \(Numbers.decimal(p, 4)) = \(Numbers.decimal(tally.known * p, 1)); "
        + "excess = \(Words.grouped(tally.yes)) − \(Numbers.decimal(tally.known * p, 1)) = "
        + Numbers.decimal(tally.yes - tally.known * p, 1),
      "intervals: " + cards.compactMap { $0?.name }.joined(separator: "; "),
    ]
  }
}
