import Columns
import Engine
import Statistics
import Syntax

/// Kaplan-Meier curves of the groups as figures, table and chart.
struct CurveLines {
  private let question: Question
  private let span: SpanOfTime
  private let limits: KaplanMeier.Limits
  private let unit: String
  private var groups: [(group: Durations.Group, curve: KaplanMeier)] = []
  /// The groups in the order of their lines, with those in which nothing is counted.
  var order: [[Value]] = []
  /// Groups that `top` leaves out.
  var hidden = 0

  init(
    _ question: Question, _ span: SpanOfTime, _ limits: KaplanMeier.Limits, unit: String
  ) {
    self.question = question
    self.span = span
    self.limits = limits
    self.unit = unit
  }

  mutating func add(_ group: Durations.Group) {
    groups.append((group, KaplanMeier(group.tallies)))
  }

  func write(_ answer: inout Answer) {
    answer.cite(limits.card)
    if limits == .logLog { answer.cite(MethodCatalogue.kaplanMeierMedianLogLog) }
    var lines: [FigureLine] = []
    for (group, curve) in groups {
      let figures = figures(group, curve)
      answer.figures += figures
      if question.by.isEmpty {
        lines += figures.map { FigureLine($0.ungrouped, remark: remark($0, group)) }
      }
    }
    if !question.by.isEmpty {
      answer.table = table
      answer.blocks.append(.table(table))
      let test = logRank()
      answer.figures += test.map(\.figure)
      lines += test
      if !test.isEmpty { answer.cite(MethodCatalogue.logRank) }
    }
    if !lines.isEmpty { answer.blocks.append(.figures(lines)) }
    answer.blocks.append(.chart(chart))
    answer.sentences = [sentence]
    answer.steps = steps
  }

  private func figures(_ group: Durations.Group, _ curve: KaplanMeier) -> [Figure] {
    let labels = Inquiry.labels(question.by, group.keys)
    let quantiles = [
      ("median", "median", 0.5), ("quartile-1", "a quarter within", 0.25),
      ("quartile-3", "three quarters within", 0.75),
    ].map { id, label, p in
      let interval = curve.quantile(p, level: question.level, limits: limits)
      return Figure(
        id, label, interval.estimate, n: Double(group.events), of: Double(curve.count),
        group: labels,
        reason: interval.estimate == nil
          ? "fewer than \(Numbers.level(p)) had got there when last seen" : nil,
        form: span.form
      ).with(interval, level: question.level, method: limits.rawValue)
    }
    let open = Figure(
      "open", "still open", Double(group.open), n: Double(group.open), of: Double(curve.count),
      group: labels, form: .count)
    return quantiles + [open] + question.times.map { still(at: $0, curve, labels) }
  }

  /// The part that has not got there by a time.
  private func still(at time: Double, _ curve: KaplanMeier, _ labels: [GroupLabel]) -> Figure {
    let interval = curve.survival(at: time, level: question.level, limits: limits)
    let isSeen = (curve.steps.last?.time ?? 0) >= time
    let written = Numbers.text(time, span.form)
    return Figure(
      "still", "not yet after \(span.form == .days ? written : "\(span.unit) \(written)")",
      isSeen ? interval.estimate : nil, n: Double(curve.atRisk(at: time)),
      of: Double(curve.count),
      group: labels + [GroupLabel(key: "at", value: .real(time).whole)],
      reason: isSeen ? nil : "nobody was seen for that long", form: .percent
    ).with(
      isSeen ? interval : .undefined, level: question.level, method: limits.rawValue)
  }

  private func remark(_ figure: Figure, _ group: Durations.Group) -> String {
    switch figure.id {
    case "median":
      "\(Words.grouped(group.events)) of \(Words.count(Double(group.events + group.open), unit)) got to \(span.goal)"
    case "open": span.end.map { "on \($0), the end of the data" } ?? "when last seen"
    default: ""
    }
  }

  private var table: AnswerTable {
    let name = Numbers.level(question.level) + " interval"
    let columns: [AnswerTable.Column] =
      question.by.map { .init($0.name, .category) } + [
        .init("n", .integer), .init(span.goal, .integer), .init("open", .integer),
        .init("quartile 1", .number), .init("median", .number), .init(name, .interval),
        .init("quartile 3", .number),
      ]
      + question.times.map { time in
        .init("not yet after \(Numbers.text(time, .count))", .percent)
      }
    let found = Dictionary(groups.map { ($0.group.keys, $0) }, uniquingKeysWith: { a, _ in a })
    let rows = order.map { keys -> [Cell] in
      guard let (group, curve) = found[keys] else {
        return keys.map(Cell.value)
          + [.number(0, .count), .number(0, .count), .number(0, .count), .none("no cases")]
          + columns.dropFirst(keys.count + 4).map { _ in .none("") }
      }
      let figures = figures(group, curve)
      func cell(_ id: String) -> Cell {
        let figure = figures.first { $0.id == id }
        return figure?.value.map { .number($0, span.form) } ?? .none("not reached")
      }
      let median = figures[0]
      return group.keys.map(Cell.value) + [
        .number(Double(curve.count), .count), .number(Double(group.events), .count),
        .number(Double(group.open), .count), cell("quartile-1"), cell("median"),
        .interval(median.low, median.high, span.form), cell("quartile-3"),
      ]
        + figures.filter { $0.id == "still" }.map { figure in
          figure.value.map { .number($0, .percent) } ?? .none("not seen")
        }
    }
    return AnswerTable(columns: columns, rows: rows, hidden: hidden)
  }

  /// The test between all groups whose key is known.
  private func logRank() -> [FigureLine] {
    let known = groups.filter { !$0.group.keys.contains(.missing) }
    guard known.count > 1 else { return [] }
    let test = LogRank.test(known.map(\.group.tallies)).test
    let reason = test.statistic == nil ? "the groups can't be compared" : nil
    let df = test.df.map { ", df \(Words.grouped($0))" } ?? ""
    return [
      FigureLine(
        Figure(
          "log-rank", "log-rank chi-square", test.statistic, method: MethodCatalogue.logRank.id,
          reason: reason, form: .number(decimals: 2)),
        remark: "\(known.count) groups\(df)"),
      FigureLine(
        Figure(
          "p", "p", test.p, method: MethodCatalogue.logRank.id, reason: reason,
          form: .probability)),
    ]
  }

  /// Each curve from time 0, with a point wherever it falls; a tail in which nothing happens is cut.
  private var chart: Chart {
    let series = groups.map { group, curve -> Chart.Series in
      var points = [Chart.Point("0", curve.survival(at: 0).estimate)]
      for step in curve.steps where step.events > 0 && step.time > 0 {
        let interval = curve.survival(at: step.time, level: question.level, limits: limits)
        points.append(
          Chart.Point(
            Value.real(step.time).whole.description, step.survival, low: interval.lower,
            high: interval.upper))
      }
      let name = group.keys.isEmpty ? "not yet \(span.goal)" : group.keys.label
      return Chart.Series(name, points)
    }
    return Chart(
      .steps, title: "not yet \(span.goal), by \(span.form == .days ? "days" : span.unit)",
      form: .percent,
      series: series)
  }

  private var sentence: String {
    func written(_ figure: Figure) -> String {
      figure.value.map { Numbers.text($0, span.form) } ?? "not reached"
    }
    let cohort = question.cohort?.name ?? ""
    guard question.by.isEmpty, let (group, curve) = groups.first else {
      let medians = groups.map {
        (label: $0.group.keys.label, value: $0.curve.quantile(0.5).estimate)
      }
      let known = medians.compactMap { entry in entry.value.map { (entry.label, $0) } }
      guard let least = known.min(by: { $0.1 < $1.1 }), let most = known.max(by: { $0.1 < $1.1 }),
        least.0 != most.0
      else { return Words.sentence("\(span.words) of \(cohort), by \(names)\(stillRange).") }
      return Words.sentence(
        "\(span.words) of \(cohort), by \(names): the median goes from "
          + "\(Numbers.text(least.1, span.form)) (\(least.0)) to \(Numbers.text(most.1, span.form)) (\(most.0))."
      )
    }
    let figures = figures(group, curve)
    let half =
      figures[0].value == nil
      ? "fewer than half of \(cohort) had got to \(span.goal) when last seen"
      : "half of \(cohort) get to \(span.goal) within \(written(figures[0]))"
    return Words.sentence(
      "\(half); \(Words.grouped(group.open)) of \(Words.count(Double(curve.count), unit)) were still open."
    )
  }

  /// How far the groups are apart at the last time that was asked about.
  private var stillRange: String {
    guard let time = question.times.last else { return "" }
    let parts = groups.compactMap { group, curve in
      curve.survival(at: time).estimate.map { (label: group.keys.label, part: $0) }
    }
    guard let least = parts.min(by: { $0.part < $1.part }),
      let most = parts.max(by: { $0.part < $1.part }), parts.count > 1
    else { return "" }
    let after = Numbers.text(time, span.form)
    return ": after \(span.form == .days ? after : "\(span.unit) \(after)"), "
      + "\(Numbers.percent(least.part)) (\(least.label)) to \(Numbers.percent(most.part)) "
      + "(\(most.label)) are not there yet"
  }

  private var names: String { Words.list(question.by.map(\.name)) }

  private var steps: [String] {
    var steps = [
      span.end.map {
        "time = days from the first stage to \(span.goal), or to \($0), the end of the data, where it is still open"
      }
        ?? "time = \(span.unit); \(span.goal) says which rows got there, the others were open when last seen",
      "curve: at each time, what is left × (1 − those that got there ÷ those still waiting); \(limits.card?.name ?? "")",
      "median = the first time at which less than half are still waiting; quartiles likewise",
    ]
    if let (group, curve) = groups.first { steps += worked(group, curve) }
    let known = groups.filter { !$0.group.keys.contains(.missing) }
    guard !question.by.isEmpty, known.count > 1 else { return steps }
    let test = LogRank.test(known.map(\.group.tallies))
    let parts = zip(known, zip(test.observed, test.expected)).prefix(6).map { entry, numbers in
      "\(entry.group.keys.label) \(Words.grouped(numbers.0)) against "
        + Numbers.decimal(numbers.1, 2)
    }
    steps.append(
      "log-rank: those that got there against those expected if all groups had one curve: "
        + Words.list(parts) + (known.count > 6 ? " …" : ""))
    return steps
  }

  /// The first fall of a curve, and the one that takes it below one half.
  private func worked(_ group: Durations.Group, _ curve: KaplanMeier) -> [String] {
    let name = group.keys.isEmpty ? "" : "\(group.keys.label): "
    let falls = curve.steps.filter { $0.events > 0 }
    guard let first = falls.first else { return [] }
    var steps = [
      "\(name)first fall: at \(Numbers.text(first.time, span.form)) \(Words.grouped(Double(first.events))) of "
        + "\(Words.grouped(Double(first.atRisk))) still waiting got there, so "
        + "\(Numbers.decimal(first.survival, 4)) are left"
    ]
    if let half = falls.firstIndex(where: { $0.survival < 0.5 }), half > 0 {
      let (before, fall) = (falls[half - 1].survival, falls[half])
      steps.append(
        "\(name)below one half: at \(Numbers.text(fall.time, span.form)) \(Numbers.decimal(before, 4)) × "
          + "(1 − \(Words.grouped(Double(fall.events))) ÷ \(Words.grouped(Double(fall.atRisk)))) = "
          + Numbers.decimal(fall.survival, 4))
    }
    return steps
  }
}

extension Value {
  /// A whole number without decimals.
  var whole: Value {
    guard case .real(let number) = self, number.rounded() == number, number.magnitude < 1e15 else {
      return self
    }
    return .number(Decimal(Int(number)))
  }
}
