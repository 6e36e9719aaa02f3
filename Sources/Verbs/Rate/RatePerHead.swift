import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// Events per so many people, with exact intervals; standardised where asked.
enum RatePerHead {
  static func answer(
    _ scale: Double, _ population: Population, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let span = question.span(of: .per) ?? question.ask.span
    let condition = question.conditions.first
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    var answer = try inquiry.begin(
      question, words: "\(what) per \(Words.grouped(scale)) of \(population.name)")
    answer.sources.append(try inquiry.source(population))
    answer.cautions += try inquiry.cardCautions(question, population, at: span)
      .filter { $0.id != "ages-differ" || question.standard == nil }
    let rows = question.rows.and(condition?.predicate ?? .constant(true))
    let method = try inquiry.method(question, PoissonRate.defaultMethod)
    let n = try inquiry.count(question, rows: rows)
    answer.counted = try inquiry.counted(
      question, n: n, fields: (condition?.fields ?? []) + question.by.map(\.field))
    let exposure = try Exposure(population, keys: question.by, question, inquiry, at: span)
    guard exposure.total > 0 else {
      throw VerbMessages.noPeopleThen(population.name, question.whom, at: span)
    }
    let table = try inquiry.tabulate(
      question, rows: rows, keys: question.by.map { .field($0.field) })
    var page = RateTable(question, scale, method, inquiry.unit(of: question))
    let counted = table.rows.map { (keys: $0.keys, n: $0.measures[0].double ?? 0) }
    for (keys, n) in try withEmpty(counted, exposure, question, inquiry, &answer) {
      page.add(keys, n, exposure.people(in: keys), &answer)
    }
    answer.cite(method)
    if let standard = question.standard {
      try page.standardize(standard, rows, population, inquiry, &answer, at: span)
    }
    page.finish(&answer, population.name, what, exposure)
    if question.by.isEmpty { exposure.caution(population.name, &answer) }
    RatePerHead.remarkTime(question, exposure, &answer)
    page.caution(inquiry, &answer)
    let unknownKeys = zip(question.by, exposure.isKnown).filter { !$0.1 }.map(\.0.name)
    if !unknownKeys.isEmpty {
      answer.cautions.append(
        Caution(
          "whole-population",
          "\(population.name) has no \(Words.list(unknownKeys)): each group is counted per head of everyone."
        ))
    }
    return answer
  }

  /// Groups in which there are people and no events have a rate of 0.
  private static func withEmpty(
    _ counted: [(keys: [Value], n: Double)], _ exposure: Exposure, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer
  ) throws -> [(keys: [Value], n: Double)] {
    let filled = try inquiry.withEmptyPeriods(
      counted, question, &answer, keys: \.keys, empty: { (keys: $0, n: 0) })
    guard exposure.isKnown.allSatisfy(\.self), !question.by.isEmpty else { return filled }
    let known = Set(filled.map { $0.keys.map(Exposure.text) })
    let empty = question.picked(exposure.groups.map(\.values), of: question.by)
      .filter { !known.contains($0.map(Exposure.text)) }
    guard !empty.isEmpty else { return filled }
    return (filled + empty.map { (keys: $0, n: 0) })
      .sorted { $0.keys.lexicographicallyPrecedes($1.keys) }
  }

  /// A population without years is the same for any time: the rate is then that of the whole time.
  private static func remarkTime(
    _ question: Question, _ exposure: Exposure, _ answer: inout Answer
  ) {
    let hasTime = question.by.contains { $0.field.calendar != nil }
    guard !exposure.hasYears, !hasTime, let period = answer.counted?.period,
      period.first != period.last
    else { return }
    answer.remarks.append(
      "These are the cases of \(period.first) to \(period.last) together, and no rate a year.")
  }
}

/// Rates of several groups, as figures and as a table.
struct RateTable {
  private let question: Question
  private let scale: Double
  private let method: PoissonRate.Method
  private let unit: String
  private var rows: [(keys: [Value], n: Double, people: Double?, interval: Interval)] = []
  private var standardized: [[Value]: Interval] = [:]

  init(_ question: Question, _ scale: Double, _ method: PoissonRate.Method, _ unit: String) {
    self.question = question
    self.scale = scale
    self.method = method
    self.unit = unit
  }

  mutating func add(_ keys: [Value], _ n: Double, _ people: Double?, _ answer: inout Answer) {
    let interval = people.map {
      PoissonRate.interval(
        Int(n.rounded()), exposure: $0, per: scale, level: question.level, method: method)
    }
    rows.append((keys, n, people, interval ?? .undefined))
    var figure = Figure(
      "rate", "rate per \(Words.grouped(scale))", interval?.estimate, n: n, of: people,
      group: Inquiry.labels(question.by, keys),
      reason: people == nil ? "the population has no such group" : nil,
      form: .number(decimals: 2))
    if let interval {
      figure = figure.with(interval, level: question.level, method: method.rawValue)
    }
    answer.figures.append(figure)
  }

  /// Directly standardised rates beside the crude ones (Fay and Feuer 1997).
  mutating func standardize(
    _ standard: Standard, _ events: Predicate, _ population: Population, _ inquiry: Inquiry,
    _ answer: inout Answer, at span: Span
  ) throws {
    let keys = question.by + standard.keys
    let exposure = try Exposure(population, keys: keys, question, inquiry, at: span)
    let weights = try Exposure(
      standard.population, keys: standard.keys, question, inquiry, at: span)
    guard exposure.isKnown.suffix(standard.keys.count).allSatisfy({ $0 }),
      weights.isKnown.allSatisfy({ $0 })
    else {
      throw VerbMessages.populationLacks(
        population.registeredName, Words.list(standard.keys.map(\.name)), at: span)
    }
    let table = try inquiry.tabulate(
      question, rows: events, keys: keys.map { .field($0.field) })
    var left = table.rows.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    for row in rows {
      let strata = table.rows.filter { Array($0.keys.prefix(question.by.count)) == row.keys }
      var groupStrata: [DirectStandardisation.Stratum] = []
      let groups = try inquiry.standardGroups(standard, question)
      for group in groups {
        guard let weight = weights.people(in: group),
          let exposed = exposure.people(in: row.keys + group)
        else { continue }
        let n =
          strata.first {
            $0.keys.suffix(group.count).map(Exposure.text) == group.map(Exposure.text)
          }?.measures[0].double ?? 0
        left -= n
        groupStrata.append(
          .init(count: Int(n.rounded()), population: exposed, standard: weight))
      }
      let result = DirectStandardisation.fayFeuer(
        groupStrata, per: scale, level: question.level)
      standardized[row.keys] = result.adjusted
      let figure = Figure(
        "standardized", "rate standardised to \(standard.population.name)",
        result.adjusted.estimate, group: Inquiry.labels(question.by, row.keys),
        form: .number(decimals: 2)
      ).with(result.adjusted, level: question.level, method: MethodCatalogue.fayFeuer.id)
      answer.figures.append(figure)
    }
    answer.cite(MethodCatalogue.fayFeuer)
    guard left >= 1 else { return }
    let names = Words.list(standard.keys.map(\.name), last: "or")
    answer.cautions.append(
      Caution(
        "outside-strata",
        "\(Words.count(left, unit)) are in no \(names) that both \(population.name) and "
          + "\(standard.population.name) have: the standardised rate leaves them out."))
  }

  func finish(_ answer: inout Answer, _ population: String, _ what: String, _ exposure: Exposure) {
    let per =
      "per \(Words.grouped(scale)) of \(population)" + (exposure.isPersonYears ? " a year" : "")
    if question.by.isEmpty, let row = rows.first {
      let remark =
        "\(Words.count(row.n, unit)) in \(Words.grouped(row.people ?? 0)) "
        + (exposure.isPersonYears ? "person-years" : "people")
      answer.blocks = [
        .figures(answer.figures.map { FigureLine($0, remark: $0.id == "rate" ? remark : "") })
      ]
      answer.sentences = [
        Words.sentence("\(what): \(Numbers.decimal(row.interval.estimate ?? 0, 2)) \(per).")
      ]
    } else {
      let hasStandard = !standardized.isEmpty
      var columns: [AnswerTable.Column] = question.by.map { .init($0.name, .category) }
      columns += [
        .init("n", .integer),
        .init(exposure.isPersonYears ? "person-years" : "people", .integer), .init("rate", .number),
        .init("\(Numbers.level(question.level)) interval", .interval),
      ]
      if hasStandard {
        columns += [.init("standardised", .number), .init("interval of it", .interval)]
      }
      let form = NumberForm.number(decimals: 2)
      let lines = rows.map { row -> [Cell] in
        var cells =
          row.keys.map(Cell.value) + [
            .number(row.n, .count), row.people.map { .number($0, .count) } ?? .none("unknown"),
            row.interval.estimate.map { .number($0, form) } ?? .none("no people"),
            .interval(row.interval.lower, row.interval.upper, form),
          ]
        if hasStandard {
          let interval = standardized[row.keys] ?? .undefined
          cells += [
            interval.estimate.map { .number($0, form) } ?? .none(""),
            .interval(interval.lower, interval.upper, form),
          ]
        }
        return cells
      }
      let table = AnswerTable(columns: columns, rows: lines)
      answer.table = table
      answer.blocks = [.table(table)]
      answer.sentences = [
        Words.sentence("\(what) \(per), by \(Words.list(question.by.map(\.name)))\(range).")
      ]
    }
    answer.steps = ["rate = count ÷ people × \(Words.grouped(scale))"]
    if question.by.isEmpty, let figure = answer.figures.first(where: { $0.id == "rate" }) {
      answer.steps += Worked.lines(figure, "rate")
    }
  }

  /// `: from 47.17 (2019) to 55.13 (2020)`.
  private var range: String {
    let known = rows.filter { !$0.keys.contains(.missing) }.compactMap { row in
      row.interval.estimate.map { (rate: $0, label: row.keys.label) }
    }
    guard let least = known.min(by: { $0.rate < $1.rate }),
      let most = known.max(by: { $0.rate < $1.rate }), least.label != most.label
    else { return "" }
    return ": from \(Numbers.decimal(least.rate, 2)) (\(least.label)) to "
      + "\(Numbers.decimal(most.rate, 2)) (\(most.label))"
  }

  func caution(_ inquiry: Inquiry, _ answer: inout Answer) {
    let small = rows.filter { $0.people != nil && $0.n < 10 }
    guard !small.isEmpty, inquiry.settings.rules == "nchs" else { return }
    if question.by.isEmpty {
      inquiry.cautionSmall(count: Int(small[0].n), of: "the rate", &answer)
    } else {
      let names = small.prefix(6).map { $0.keys.label }
      let more = small.count > 6 ? " and \(small.count - 6) more" : ""
      answer.cautions.append(
        Caution(
          "small-numbers",
          "Fewer than 10 in \(Words.list(Array(names)))\(more): too few for the NCHS standard."))
    }
  }
}

extension Inquiry {
  /// The groups of a standard population, as values of the question's keys.
  func standardGroups(_ standard: Standard, _ question: Question) throws -> [[Value]] {
    guard case .rows(let dataset, let rows, _, _) = standard.population.content else { return [] }
    let fields = try standard.keys.compactMap { key in
      try dataset.column(named: key.name).map { try dataset.field($0, run: runner.monitor) }
    }
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, rows: rows, keys: fields.map(Key.field)), of: dataset)
    return table.rows.map(\.keys)
  }
}
