import Columns
import Engine
import Statistics
import Syntax

/// The middle of a number field, which `average` and `median` ask for in one form.
struct Middle {
  /// The verb's word, and the id of its figure.
  let word: String
  let card: MethodCard
  /// The middle of some values with its interval.
  let interval: (ValueCounts, Double) -> Interval
  /// The comparison of two groups: its figures, and what the sentence says of them.
  let compare: (Measured, Measured, Double) -> Comparison
  /// How it is worked out, in words with the numbers of one group.
  let steps: (Measured, MeasuredField) -> [String]
  let hasQuartiles: Bool

  /// Two groups compared.
  struct Comparison {
    let figures: [(figure: Figure, remark: String)]
    let card: MethodCard
    let p: Double?
  }

  func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let (field, groups, unit) = try inquiry.measured(question)
    let condition = question.conditions.first
    let what = cohort.name + (condition.map { " \($0.wording.clause)" } ?? "")
    var answer = try inquiry.begin(question, words: "the \(word) \(field.name) of \(what)")
    answer.counted = try inquiry.counted(
      question, n: groups.reduce(0) { $0 + $1.n + $1.unknown },
      fields: (condition?.fields ?? []) + question.by.map(\.field))
    answer.counted?.unit = unit
    let unknown = groups.reduce(0) { $0 + $1.unknown }
    if answer.counted?.unknown.contains(where: { $0.field == field.name }) == false {
      answer.counted?.unknown.append((field.name, unknown))
    }
    answer.cite(card)
    if question.by.isEmpty {
      writeOne(groups[0], field, what, unit, question.level, &answer)
    } else {
      let groups = try inquiry.withEmptyPeriods(
        groups, question, &answer, keys: \.group, empty: { Measured($0, [], unknown: 0) })
      try writeGroups(groups, field, what, question, inquiry, &answer)
    }
    inquiry.cautionLeftOut(field, groups.map(\.sums), question, &answer)
    inquiry.cautionNegative(field, groups, unit, &answer)
    if unit == "row" {
      try inquiry.cautionRepeatedIds(
        "this is the \(word) of the rows, and not of one value for each", question, &answer)
    }
    return answer
  }

  /// The middle, quartiles, spread and extremes of one group.
  private func figures(
    _ group: Measured, _ field: MeasuredField, _ level: Double, _ labels: [GroupLabel] = []
  ) -> [Figure] {
    let interval = interval(group.values, level)
    let form = field.form(of: [interval.estimate, interval.lower, interval.upper])
    var middle = Figure(
      word, "\(word) \(field.name)", interval.estimate, n: group.n, group: labels,
      reason: group.n > 0 ? nil : group.unknown > 0 ? "no value is known" : "no cases", form: form)
    if interval.lower != nil || interval.upper != nil {
      middle = middle.with(interval, level: level, method: card.id)
    }
    func plain(_ id: String, _ label: String, _ value: Double?, _ form: NumberForm) -> Figure {
      Figure(
        id, label, value, group: labels, reason: value == nil ? "too few values" : nil, form: form)
    }
    let quartiles = group.quartiles
    let ends = [quartiles?.lowerBound, quartiles?.upperBound]
    var figures = [middle]
    if hasQuartiles {
      figures += [
        plain("quartile-1", "a quarter at or below", ends[0], field.form(of: ends)),
        plain("quartile-3", "a quarter at or above", ends[1], field.form(of: ends)),
      ]
    }
    return figures + [
      plain("sd", "standard deviation", group.sums.standardDeviation, field.between),
      plain("least", "least", group.least, field.form),
      plain("greatest", "greatest", group.greatest, field.form),
    ]
  }

  private func writeOne(
    _ group: Measured, _ field: MeasuredField, _ what: String, _ unit: String, _ level: Double,
    _ answer: inout Answer
  ) {
    let figures = figures(group, field, level)
    answer.figures = figures
    let remark =
      Words.count(group.n, unit)
      + (group.unknown > 0 ? ", \(Words.grouped(group.unknown)) unknown left out" : "")
    answer.blocks = [
      .figures(figures.map { FigureLine($0, remark: $0.id == word ? remark : "") })
    ]
    let value = figures[0].value.map { Numbers.text($0, figures[0].form) } ?? "none"
    answer.sentences = [
      Words.sentence("the \(word) \(field.name) of \(what) is \(value): \(remark).")
    ]
    if figures[0].low == nil {
      answer.remarks.append("\(Words.count(group.n, "value")) are too few for an interval.")
    }
    if let histogram = Histogram(group.values) {
      answer.blocks.append(
        .chart(histogram.chart("\(Words.plural(unit)) by \(field.name)", field)))
      if let box = boxes([(name: field.name, group: group)], field) {
        answer.blocks.append(.chart(box))
      }
    }
    answer.steps = steps(group, field)
  }

  private func writeGroups(
    _ all: [Measured], _ field: MeasuredField, _ what: String, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let limit = question.top ?? inquiry.settings.groupLimit
    guard question.top != nil || all.count <= limit else {
      throw VerbMessages.tooManyGroups(
        all.count, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    let groups = question.top.map { all.largest($0, by: \.n) } ?? all
    var rows: [[Cell]] = []
    for group in groups {
      let figures = figures(
        group, field, question.level, Inquiry.labels(question.by, group.group))
      answer.figures += figures
      rows.append(cells(group, figures))
    }
    let table = AnswerTable(
      columns: question.by.map { .init($0.name, .category) } + columns(question.level), rows: rows,
      hidden: all.count - groups.count)
    answer.table = table
    answer.blocks = [.table(table)]
    let known = groups.filter { $0.n > 0 && !$0.group.contains(.missing) }
    if known.count <= Middle.mostDrawn, known.count > 1 {
      let named = known.map { (name: $0.group.label, group: $0) }
      answer.blocks.append(
        .chart(
          hasQuartiles
            ? boxes(named, field) ?? means(named, field, question)
            : means(named, field, question)))
    }
    let names = Words.list(question.by.map(\.name))
    answer.sentences = [
      Words.sentence(
        "the \(word) \(field.name) of \(what), by \(names)\(range(known, field, question.level)).")
    ]
    answer.steps = known.first.map { steps($0, field) } ?? []
    if known.count == 2 {
      writeComparison(known[0], known[1], question.level, &answer)
    }
    cautionSmall(known, inquiry, &answer)
  }

  /// More groups than this make a picture that nobody reads.
  private static let mostDrawn = 30

  private func columns(_ level: Double) -> [AnswerTable.Column] {
    let quartiles: [AnswerTable.Column] =
      hasQuartiles ? [.init("quartiles", .interval)] : []
    return [
      .init("n", .integer), .init(word, .number),
      .init("\(Numbers.level(level)) interval", .interval),
    ] + quartiles + [
      .init("sd", .number), .init("least", .number), .init("greatest", .number),
      .init("unknown", .integer),
    ]
  }

  private func cells(_ group: Measured, _ figures: [Figure]) -> [Cell] {
    func cell(_ id: String) -> Cell {
      figures.first { $0.id == id }.flatMap { figure in
        figure.value.map { .number($0, figure.form) }
      } ?? .none("")
    }
    let quartiles: [Cell] =
      hasQuartiles
      ? [.interval(group.quartiles?.lowerBound, group.quartiles?.upperBound, figures[1].form)] : []
    let middle =
      group.n > 0 ? cell(word) : .none(group.unknown > 0 ? "nothing known" : "no cases")
    return group.group.map(Cell.value) + [
      .number(group.n, .count), middle,
      .interval(figures[0].low, figures[0].high, figures[0].form),
    ] + quartiles + [
      cell("sd"), cell("least"), cell("greatest"), .number(group.unknown, .count),
    ]
  }

  private func boxes(_ groups: [(name: String, group: Measured)], _ field: MeasuredField) -> Chart?
  {
    let points = groups.compactMap { entry -> Chart.Point? in
      guard let box = entry.group.quartiles, let whiskers = entry.group.whiskers else { return nil }
      return Chart.Point(
        entry.name, Quantile.type7(entry.group.values, at: 0.5), low: whiskers.lowerBound,
        high: whiskers.upperBound, quartiles: box)
    }
    guard !points.isEmpty else { return nil }
    let beyond = groups.contains { entry in
      guard let whiskers = entry.group.whiskers else { return false }
      return entry.group.least ?? 0 < whiskers.lowerBound
        || entry.group.greatest ?? 0 > whiskers.upperBound
    }
    return Chart(
      .box,
      title: "\(field.name): median in the box of quartiles"
        + (beyond ? "; values beyond 1.5 box lengths are not drawn" : ""),
      form: field.form(
        of: points.flatMap { [$0.value, $0.quartiles?.lowerBound, $0.quartiles?.upperBound] }),
      series: [.init("", points)])
  }

  private func means(
    _ groups: [(name: String, group: Measured)], _ field: MeasuredField, _ question: Question
  ) -> Chart {
    Chart(
      .interval, title: "\(word) \(field.name)", form: field.between,
      series: [
        .init(
          "",
          groups.map { entry in
            let interval = interval(entry.group.values, question.level)
            return Chart.Point(
              entry.name, interval.estimate, low: interval.lower, high: interval.upper)
          })
      ])
  }

  /// `: from 28 (Black) to 35 (Native American)`.
  private func range(_ groups: [Measured], _ field: MeasuredField, _ level: Double) -> String {
    let values = groups.compactMap { group in
      interval(group.values, level).estimate.map { (value: $0, label: group.group.label) }
    }
    guard let least = values.min(by: { $0.value < $1.value }),
      let greatest = values.max(by: { $0.value < $1.value }), least.label != greatest.label
    else { return "" }
    let form = field.form(of: [least.value, greatest.value])
    return ": from \(Numbers.text(least.value, form)) (\(least.label)) to "
      + "\(Numbers.text(greatest.value, form)) (\(greatest.label))"
  }

  private func writeComparison(
    _ first: Measured, _ second: Measured, _ level: Double, _ answer: inout Answer
  ) {
    let comparison = compare(first, second, level)
    answer.figures += comparison.figures.map(\.figure)
    answer.tests = comparison.p.map { [$0] } ?? []
    answer.blocks.append(
      .figures(comparison.figures.map { FigureLine($0.figure, remark: $0.remark) }))
    answer.cite(comparison.card)
    answer.steps.append(
      "\(first.group.label) against \(second.group.label): \(comparison.card.name)")
  }

  /// Groups of fewer than ten say little about where their middle lies.
  private func cautionSmall(_ groups: [Measured], _ inquiry: Inquiry, _ answer: inout Answer) {
    let small = groups.filter { $0.n < 10 }
    guard inquiry.settings.rules == "nchs", !small.isEmpty else { return }
    let names = small.prefix(6).map { $0.group.label }
    let more = small.count > 6 ? " and \(small.count - 6) more" : ""
    answer.cautions.append(
      Caution(
        "small-numbers",
        "Small numbers in \(Words.list(Array(names)))\(more): fewer than 10 known values."))
  }
}
