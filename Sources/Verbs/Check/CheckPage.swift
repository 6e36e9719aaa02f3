import Columns
import Engine
import Statistics
import Syntax

/// Verdicts as figures, tables and a chart.
struct CheckPage {
  private let verdicts: Verdicts
  private let rules: GuidelineInForce
  private let charged: String
  private let question: Question
  private let method: Proportion.Method
  private let unit: String

  init(
    _ verdicts: Verdicts, _ rules: GuidelineInForce, charged: String, _ question: Question,
    _ method: Proportion.Method, unit: String
  ) {
    self.verdicts = verdicts
    self.rules = rules
    self.charged = charged
    self.question = question
    self.method = method
    self.unit = unit
  }

  func write(_ answer: inout Answer) {
    answer.cite(method)
    let all = figures(verdicts.all, [])
    answer.figures = all
    answer.blocks = [.figures(all.map { FigureLine($0, remark: remark($0)) })]
    beforeAndAfter(&answer)
    if !verdicts.unclear.isEmpty {
      answer.blocks.append(.table(unclearTable))
    }
    if question.isByReason { byReason(&answer) }
    if !question.by.isEmpty { byGroup(&answer) }
    answer.sentences = [sentence]
    answer.steps =
      rules.rules.enumerated().map { index, rule in
        "rule \(index + 1): \(rule.allows ? "allow" : "decline"), \(rule.reason), when \(rule.condition.text)"
      } + [
        "otherwise: \(otherwise); the first rule that is true decides",
        "a rule whose fields are missing may be true: the case is unclear unless every rule that may decide says the same",
        "charged means \(charged); follows = charged and allowed, or not charged and declined",
      ] + (all.first.map { Worked.lines($0, $0.label) } ?? [])
  }

  /// What holds where no rule does.
  private var otherwise: String {
    switch rules.otherwise {
    case .allow: "allow"
    case .decline: "decline"
    case .undecided: "unclear"
    }
  }

  private func figures(_ count: Verdicts.Count, _ group: [GroupLabel]) -> [Figure] {
    let entries: [(String, String, Double)] = [
      ("follows", "follows", count.follows), ("does-not", "does not", count.doesNot),
      ("charged-though-declined", "charged though declined", count.chargedThoughDeclined),
      ("not-charged-though-allowed", "not charged though allowed", count.notChargedThoughAllowed),
      ("unclear", "can't be told", count.unclear),
    ]
    return entries.map { id, label, n in
      let interval = interval(n, count)
      return Figure(
        id, label, interval.estimate, n: n, of: count.total, group: group,
        reason: count.total > 0 ? nil : "no cases", form: .percent
      ).with(interval, level: question.level, method: method.rawValue)
    }
  }

  private func interval(_ n: Double, _ count: Verdicts.Count) -> Interval {
    Proportion.interval(
      Int(n.rounded()), of: Int(count.total.rounded()), level: question.level, method: method)
  }

  private func remark(_ figure: Figure) -> String {
    "\(Words.grouped(figure.n ?? 0)) of \(Words.count(figure.of ?? 0, unit))"
  }

  /// The share that follows before the guideline's date and from it on, where the question holds both.
  private func beforeAndAfter(_ answer: inout Answer) {
    guard let since = rules.since, let before = verdicts.inTime[.truth(false)],
      let after = verdicts.inTime[.truth(true)]
    else { return }
    var lines: [FigureLine] = []
    for (name, count) in [("before \(since)", before), ("from \(since) on", after)] {
      let group = [GroupLabel(key: "time", value: .text(name))]
      let figures = figures(count, group)
      answer.figures += figures
      lines += figures.filter { ["follows", "does-not", "unclear"].contains($0.id) }
        .map { FigureLine($0, remark: remark($0)) }
    }
    answer.blocks.append(.figures(lines))
  }

  private var unclearTable: AnswerTable {
    AnswerTable(
      title: "why it can't be told",
      columns: [.init("because", .text), .init(Words.plural(unit), .integer)],
      rows: verdicts.unclear.map { [.value(.text($0.reason)), .number($0.n, .count)] })
  }

  private func byReason(_ answer: inout Answer) {
    let decided = verdicts.reasons.filter { $0.count.total > 0 }
    for entry in decided {
      answer.figures += figures(
        entry.count, [GroupLabel(key: "reason", value: .text(entry.reason))])
    }
    let rows = decided.map { entry -> [Cell] in
      let rule = rules.rules.first { $0.reason == entry.reason }
      let says =
        rule.map { $0.allows ? "allow" : "decline" }
        ?? (entry.reason == "otherwise" ? otherwise : "")
      return [.value(.text(entry.reason)), .value(.text(says))] + cells(entry.count)
    }
    let table = AnswerTable(
      columns: [.init("reason", .category), .init("says", .category)] + columns, rows: rows)
    answer.table = table
    answer.blocks.append(.table(table))
  }

  private func byGroup(_ answer: inout Answer) {
    var rows: [[Cell]] = []
    for (keys, count) in verdicts.groups {
      answer.figures += figures(count, Inquiry.labels(question.by, keys))
      rows.append(keys.map(Cell.value) + cells(count))
    }
    let table = AnswerTable(
      columns: question.by.map { .init($0.name, .category) } + columns, rows: rows,
      hidden: verdicts.hidden)
    answer.table = table
    if let chart { answer.blocks.append(.chart(chart)) }
    answer.blocks.append(.table(table))
  }

  private var columns: [AnswerTable.Column] {
    [
      .init(Words.plural(unit), .integer), .init("follows", .integer),
      .init("does not", .integer), .init("unclear", .integer), .init("share follows", .percent),
      .init("\(Numbers.level(question.level)) interval", .interval),
    ]
  }

  private func cells(_ count: Verdicts.Count) -> [Cell] {
    let interval = interval(count.follows, count)
    return [
      .number(count.total, .count), .number(count.follows, .count), .number(count.doesNot, .count),
      .number(count.unclear, .count),
      interval.estimate.map { .number($0, .percent) } ?? .none("no cases"),
      .interval(interval.lower, interval.upper, .percent),
    ]
  }

  /// The share that follows, over time, with the guideline's date marked.
  private var chart: Chart? {
    guard question.by.count == 1, let (unit, _) = question.by[0].field.calendar else { return nil }
    let points = verdicts.groups.filter { $0.keys != [.missing] }.map { keys, count in
      let interval = interval(count.follows, count)
      return Chart.Point(
        keys[0].description, interval.estimate, low: interval.lower, high: interval.upper)
    }
    let mark = rules.since.map { Period(unit, of: $0).description }
    return Chart(
      .line, title: "share that follows \(rules.name), by \(unit.rawValue)", form: .percent,
      series: [Chart.Series("follows", points)],
      marks: mark.map { mark in points.contains { $0.label == mark } ? [mark] : [] } ?? [])
  }

  private var sentence: String {
    let all = verdicts.all
    func part(_ n: Double) -> String { "\(Words.grouped(n)) (\(Numbers.percent(n / all.total)))" }
    return Words.sentence(
      "of \(Words.count(all.total, unit)) of \(question.cohort?.name ?? ""), \(part(all.follows)) follow \(rules.name), "
        + "\(part(all.doesNot)) do not, and of \(part(all.unclear)) it can't be told.")
  }
}
