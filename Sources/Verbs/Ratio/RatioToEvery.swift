import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// `vs every population`: one line for each, so that the choice of a population is seen.
enum RatioToEvery {
  static func answer(
    _ condition: BoundCondition, _ populations: [Population], _ question: Question,
    _ inquiry: Inquiry, at span: Span
  ) throws -> Answer {
    guard question.within.isEmpty else {
      throw VerbMessages.sharesOnly(
        "`within`", help: ["name one population: its strata are what is compared inside"],
        at: question.span(of: .within) ?? span)
    }
    let cohort = try inquiry.cohort(of: question)
    var answer = try inquiry.begin(
      question,
      words:
        "the share of \(cohort.name) \(condition.wording.clause), divided by its share of each population"
    )
    let tally = try inquiry.tallies(
      question, event: condition.predicate, among: question.rows, by: [])[0]
    let unit = inquiry.unit(of: question)
    guard tally.total > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    guard tally.known > 0 else {
      throw VerbMessages.allUnknown(
        Words.list(condition.fields.map(\.name)), Words.count(tally.total, unit),
        at: condition.node.span)
    }
    answer.counted = try inquiry.counted(question, n: tally.total, fields: condition.fields)
    let method = try inquiry.method(question, PopulationShare.defaultMethod)
    let share = ShareInterval(
      tally, sample: question.sample, level: question.level, method: .wilson)
    answer.figures.append(share.figure("share", "share of \(cohort.name)"))
    answer.blocks.append(
      .figures([
        FigureLine(
          answer.figures[0],
          remark: tally.parts(unit, condition))
      ]))
    try lines(tally, condition, populations, method, question, inquiry, &answer, at: span)
    answer.remarks.append(
      "Which population fits depends on who could have been counted: the same place, ages and time. See: limits"
    )
    inquiry.cautionBounds(tally, condition, question, &answer)
    inquiry.cautionSmall(share: tally, of: "the share", &answer)
    try inquiry.cautionUnknown(condition, question, tally.total, &answer)
    return answer
  }

  private static func lines(
    _ tally: Tally, _ condition: BoundCondition, _ populations: [Population],
    _ method: PopulationShare.Method, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer, at span: Span
  ) throws {
    var rows: [[Cell]] = []
    var indexes: [String] = []
    var left: [String] = []
    for population in populations {
      guard let benchmark = try? inquiry.benchmark(population, condition, question, at: span) else {
        left.append(population.name)
        continue
      }
      let group = [GroupLabel(key: "population", value: .text(population.name))]
      let lines = IndexLines(
        tally, benchmark, cohort: answer.sources.first?.name ?? "", unit: "",
        level: question.level, method: method, group: group, sample: question.sample)
      answer.figures.append(
        Figure(
          "benchmark", "share of \(population.name)", benchmark.share, group: group,
          form: .percent))
      answer.figures += lines.groupFigures.dropFirst()
      answer.figures.append(
        Figure(
          "ceiling", "highest index with this population", 1 / benchmark.share, group: group,
          form: .ratio))
      answer.sources.append(try inquiry.source(population))
      try PopulationYears(population, question, inquiry)?.say(
        population, { "its share is that of \($0)" }, &answer)
      let card = population.card
      rows.append(
        [
          .value(.text(population.name)), .value(.text(card.place ?? "")),
          .value(.text(card.year ?? "")), .number(benchmark.share, .percent),
        ] + lines.cells[3...4] + [.number(1 / benchmark.share, .ratio), lines.cells[5]])
      indexes.append("\(Numbers.ratio(lines.index ?? 0)) (\(population.name))")
      for caution in try inquiry.cardCautions(question, population, at: span, stops: false)
      where caution.id != "ages-differ" {
        answer.cautions.append(Caution(caution.id, caution.text, severity: .caution))
      }
    }
    guard !rows.isEmpty else {
      throw VerbMessages.populationLacks("no population", condition.wording.with, at: span)
    }
    answer.cite(method)
    answer.cite(Proportion.Method.wilson)
    let table = AnswerTable(
      columns: [
        .init("population", .category), .init("place", .text), .init("year", .category),
        .init("share", .percent), .init("index", .number),
        .init("\(Numbers.level(question.level)) interval", .interval), .init("at most", .number),
        .init("against others", .number),
      ], rows: rows)
    answer.table = table
    answer.blocks.append(.table(table))
    answer.sentences = [sentence(tally, condition, indexes, answer.sources[0].name)]
    if !left.isEmpty {
      answer.cautions.append(
        Caution(
          "population-lacks",
          "\(Words.list(left)) can't say how many people have \(condition.wording.with), and \(left.count == 1 ? "is" : "are") left out."
        ))
    }
    answer.steps = [
      "index = share of the cohort ÷ share of the population, once for each population"
    ]
  }

  private static func sentence(
    _ tally: Tally, _ condition: BoundCondition, _ indexes: [String], _ cohort: String
  ) -> String {
    Words.sentence(
      "\(condition.wording.people) are \(Numbers.percent(tally.share ?? 0)) of "
        + cohort + (tally.unknown > 0 ? " \(condition.knownClause)" : "")
        + ": \(Words.list(indexes, last: "or")) times their share, "
        + "by the population\(tally.rest(condition)).")
  }
}
