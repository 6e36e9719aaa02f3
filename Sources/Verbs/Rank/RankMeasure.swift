import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// A group that is ranked: its number, what it is ranked by, and the interval of that.
struct RankedGroup {
  let group: [Value]
  let n: Double
  /// What the number is divided by: all, people, or those who reached a stage.
  let of: Double
  /// The quantity that decides, with its interval.
  let interval: Interval
}

/// What groups are ranked by: their number, their rate per head, or their share of a stage.
enum RankMeasure {
  case number(Proportion.Method)
  case perHead(Double, Population, Exposure, PoissonRate.Method)
  case ofStage(BoundCondition, Proportion.Method)

  init(_ question: Question, _ inquiry: Inquiry) throws {
    switch question.per {
    case nil: self = .number(try inquiry.method(question, Proportion.defaultMethod))
    case .people(let scale, let population):
      let span = question.span(of: .per) ?? question.ask.span
      let exposure = try Exposure(population, keys: question.by, question, inquiry, at: span)
      self = .perHead(
        scale, population, exposure,
        try inquiry.method(question, PoissonRate.defaultMethod))
    case .stage(let stage):
      _ = try inquiry.condition(0, of: question, Rank.signature)
      self = .ofStage(stage, try inquiry.method(question, Proportion.defaultMethod))
    }
  }

  /// ` per 1,000 of residents`, for sentences.
  var words: String {
    switch self {
    case .number: ""
    case .perHead(let scale, let population, let exposure, _):
      " per \(Words.grouped(scale)) of \(population.name)"
        + (exposure.isPersonYears ? " a year" : "")
    case .ofStage(let stage, _): " per \(stage.wording.with)"
    }
  }

  var card: MethodCard? {
    switch self {
    case .number(let method), .ofStage(_, let method): method.card
    case .perHead(_, _, _, let method): method.card
    }
  }

  var form: NumberForm {
    if case .perHead = self { .number(decimals: 2) } else { .percent }
  }

  /// The id of the figure that decides, and its column.
  var figure: (id: String, label: String) {
    switch self {
    case .number: ("share-of-all", "share of all")
    case .perHead(let scale, _, _, _): ("rate", "rate per \(Words.grouped(scale))")
    case .ofStage(let stage, _): ("rate", "share of \(stage.wording.with)")
    }
  }

  /// The column of what the number is divided by; nothing where it is the same for all.
  var base: String? {
    switch self {
    case .number: nil
    case .perHead(_, _, let exposure, _): exposure.isPersonYears ? "person-years" : "people"
    case .ofStage(let stage, _): stage.wording.with
    }
  }

  /// The groups, highest first; equal ones in the order of their keys.
  func groups(_ question: Question, _ inquiry: Inquiry, _ answer: inout Answer) throws
    -> [RankedGroup]
  {
    let found: [RankedGroup]
    switch self {
    case .number(let method): found = try counted(method, question, inquiry, &answer)
    case .perHead(let scale, let population, let exposure, let method):
      found = try perHead(scale, population, exposure, method, question, inquiry, &answer)
    case .ofStage(let stage, let method):
      found = try ofStage(stage, method, question, inquiry, &answer)
    }
    let estimates = found.map { $0.interval.estimate ?? -1 }
    let isStopped = { inquiry.runner.monitor.isCancelled }
    let order = Array(found.indices).sorted(
      unless: isStopped,
      by: { estimates[$0] != estimates[$1] ? estimates[$0] > estimates[$1] : $0 < $1 })
    try inquiry.runner.goOn()
    return order.map { found[$0] }
  }

  private func counted(
    _ method: Proportion.Method, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws -> [RankedGroup] {
    let table = try inquiry.tabulate(
      question, rows: rows(question), keys: question.by.map { .field($0.field) })
    let all = try inquiry.count(question, rows: rows(question))
    try setApart(table, question, inquiry, &answer)
    var ranked: [RankedGroup] = []
    try inquiry.runner.each(table.rows) { row in
      guard !row.keys.contains(.missing) else { return }
      let n = row.measures[0].double ?? 0
      let interval = Proportion.interval(
        Int(n.rounded()), of: Int(all.rounded()), level: question.level, method: method)
      ranked.append(RankedGroup(group: row.keys, n: n, of: all, interval: interval))
    }
    return ranked
  }

  private func rows(_ question: Question) -> Predicate {
    question.rows.and(question.conditions.first?.predicate ?? .constant(true))
  }

  /// Rows whose group is not known have no rank.
  private func setApart(
    _ table: SmallTable, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    var unknown = 0.0
    try inquiry.runner.each(table.rows) { row in
      if row.keys.contains(.missing) { unknown += row.measures[0].double ?? 0 }
    }
    guard unknown > 0 else { return }
    answer.remarks.append(
      "\(Words.count(unknown, inquiry.unit(of: question))) of unknown "
        + "\(Words.list(question.by.map(\.name), last: "or")) have no rank.")
  }

  private func perHead(
    _ scale: Double, _ population: Population, _ exposure: Exposure,
    _ method: PoissonRate.Method, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws -> [RankedGroup] {
    let span = question.span(of: .per) ?? question.ask.span
    guard exposure.isKnown.allSatisfy(\.self) else {
      let names = zip(question.by, exposure.isKnown).filter { !$0.1 }.map(\.0.name)
      throw VerbMessages.populationLacks(population.registeredName, Words.list(names), at: span)
    }
    answer.sources.append(try inquiry.source(population))
    answer.cautions += try inquiry.cardCautions(question, population, at: span)
    let table = try inquiry.tabulate(
      question, rows: rows(question), keys: question.by.map { .field($0.field) })
    try setApart(table, question, inquiry, &answer)
    var ranked: [RankedGroup] = []
    var without: [String] = []
    for row in table.rows where !row.keys.contains(.missing) {
      guard let people = exposure.people(in: row.keys), people > 0 else {
        without.append(row.keys.label)
        continue
      }
      ranked.append(rate(row.keys, row.measures[0].double ?? 0, people, scale, question, method))
    }
    let seen = Set(table.rows.map { $0.keys.map(Exposure.text) })
    for group in exposure.groups where !seen.contains(group.names) && group.people > 0 {
      ranked.append(rate(group.values, 0, group.people, scale, question, method))
    }
    if !without.isEmpty {
      let more = without.count > 6 ? " and \(without.count - 6) more" : ""
      answer.cautions.append(
        Caution(
          "no-people-known",
          "\(population.name) has no people in \(Words.list(Array(without.prefix(6))))\(more): "
            + "no rate and no rank."))
    }
    return ranked
  }

  private func rate(
    _ group: [Value], _ n: Double, _ people: Double, _ scale: Double, _ question: Question,
    _ method: PoissonRate.Method
  ) -> RankedGroup {
    RankedGroup(
      group: group, n: n, of: people,
      interval: PoissonRate.interval(
        Int(n.rounded()), exposure: people, per: scale, level: question.level, method: method))
  }

  private func ofStage(
    _ stage: BoundCondition, _ method: Proportion.Method, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer
  ) throws -> [RankedGroup] {
    let event = try inquiry.condition(0, of: question, Rank.signature)
    let tallies = try inquiry.tallies(
      question, event: event.predicate, among: question.rows.and(stage.predicate),
      by: question.by)
    return tallies.filter { $0.known > 0 && !$0.group.contains(.missing) }.map { tally in
      let share = ShareInterval(
        tally, sample: question.sample, level: question.level, method: method)
      return RankedGroup(
        group: tally.group, n: tally.yes, of: tally.known, interval: share.interval)
    }
  }
}
