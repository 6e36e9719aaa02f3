import Columns
import Engine
import Statistics
import Syntax

/// Unknown values as figures and as a table.
struct MissingPage {
  private let question: Question
  private let inquiry: Inquiry
  private let unit: String

  init(_ question: Question, _ inquiry: Inquiry) {
    self.question = question
    self.inquiry = inquiry
    unit = inquiry.unit(of: question)
  }

  private func figure(_ label: String, _ n: Double, _ of: Double, _ group: [GroupLabel]) -> Figure {
    Figure("unknown", label, n, n: n, of: of, group: group, form: .count)
  }

  /// One field: how many, what part, and which texts are read as missing.
  func writeOne(_ field: Field, _ answer: inout Answer) throws {
    let tally = try inquiry.tallies(
      question, event: .missing(field), among: question.rows, by: [])[0]
    let figure = figure("\(field.name) unknown", tally.yes, tally.known, [])
    answer.figures = [figure]
    let part = Numbers.percent(tally.share ?? 0)
    let remark = "of \(Words.count(tally.known, unit)), \(part)"
    answer.blocks = [.figures([FigureLine(figure, remark: remark)])]
    answer.sentences = [
      Words.sentence(
        "\(field.name) is unknown for \(Words.grouped(tally.yes)) of "
          + "\(Words.count(tally.known, unit)): \(part).")
    ]
    let codes = MissingPage.codes(of: field)
    answer.steps = [
      "unknown = empty" + (codes.isEmpty ? "" : ", or \(codes)"),
      "share = \(Words.grouped(tally.yes)) ÷ \(Words.grouped(tally.known)) = \(part)",
    ]
    if !codes.isEmpty { answer.remarks.append("Read as unknown: empty, \(codes).") }
  }

  /// Every field with its part, those with most unknown first.
  func writeAll(_ fields: [Field], _ answer: inout Answer) throws {
    var found: [(field: Field, tally: Tally)] = []
    for field in fields {
      let tally = try inquiry.tallies(
        question, event: .missing(field), among: question.rows, by: [])[0]
      found.append((field, tally))
    }
    let sorted = found.enumerated().sorted {
      ($1.element.tally.yes, $0.offset) < ($0.element.tally.yes, $1.offset)
    }.map(\.element)
    let shown = sorted.prefix(question.top ?? .max)
    for entry in shown {
      answer.figures.append(
        figure(
          "\(entry.field.name) unknown", entry.tally.yes, entry.tally.known,
          [GroupLabel(key: "field", value: .text(entry.field.name))]))
    }
    let table = AnswerTable(
      columns: [
        .init("field", .text), .init("unknown", .integer), .init("of", .integer),
        .init("share", .percent), .init("read as unknown", .text),
      ],
      rows: shown.map { entry in
        [
          .value(.text(entry.field.name)), .number(entry.tally.yes, .count),
          .number(entry.tally.known, .count), .number(entry.tally.share ?? 0, .percent),
          .value(.text(MissingPage.codes(of: entry.field))),
        ]
      }, hidden: sorted.count - shown.count)
    answer.table = table
    answer.blocks = [.table(table)]
    let some = found.filter { $0.tally.yes > 0 }.count
    answer.sentences = [
      some == 0
        ? "No value is unknown in \(Words.count(Double(fields.count), "field"))."
        : "\(Words.grouped(some)) of \(Words.count(Double(fields.count), "field")) "
          + "\(some == 1 ? "has" : "have") unknown values; most in \(sorted[0].field.name) "
          + "(\(Numbers.percent(sorted[0].tally.share ?? 0)))."
    ]
    answer.steps = ["unknown = empty, or a text that the card or the data's habit calls missing"]
  }

  /// One field in each group, as shares with intervals.
  func writeGroups(_ field: Field, _ answer: inout Answer) throws {
    let counted = try inquiry.tallies(
      question, event: .missing(field), among: question.rows, by: question.by)
    let all = try inquiry.withEmptyPeriods(counted, question, &answer)
    let (tallies, hidden) = question.shown(all)
    guard question.top != nil || tallies.count <= inquiry.settings.groupLimit else {
      throw VerbMessages.tooManyGroups(
        tallies.count, limit: inquiry.settings.groupLimit,
        at: question.span(of: .by) ?? question.ask.span)
    }
    let method = Proportion.defaultMethod
    answer.cite(method)
    var rows: [[Cell]] = []
    for tally in tallies {
      let share = Proportion.interval(
        tally.events, of: tally.trials, level: question.level, method: method)
      let labels = Inquiry.labels(question.by, tally.group)
      answer.figures.append(figure("\(field.name) unknown", tally.yes, tally.known, labels))
      rows.append(
        tally.group.map(Cell.value) + [
          .number(tally.yes, .count), .number(tally.known, .count),
          tally.share.map { .number($0, .percent) } ?? .none(tally.reason),
          .interval(share.lower, share.upper, .percent),
        ])
    }
    let table = AnswerTable(
      columns: question.by.map { .init($0.name, .category) } + [
        .init("unknown", .integer), .init("of", .integer), .init("share", .percent),
        .init("\(Numbers.level(question.level)) interval", .interval),
      ], rows: rows, hidden: hidden)
    answer.table = table
    answer.blocks = [.table(table)]
    let unknown = all.reduce(0) { $0 + $1.yes }
    answer.sentences = [
      Words.sentence(
        "\(field.name) is unknown for \(Words.grouped(unknown)) of "
          + "\(Words.count(answer.counted?.n ?? 0, unit)), by "
          + "\(Words.list(question.by.map(\.name))).")
    ]
    answer.steps = ["each share = unknown ÷ all of the group"]
  }

  /// The texts that stand for no value: `U, Unknown`.
  private static func codes(of field: Field) -> String {
    switch field {
    case .column(_, let meaning):
      meaning.missing.filter { !$0.isEmpty }.sorted().map(Formatter.word).joined(separator: ", ")
    case .linked(_, let value): codes(of: value)
    case .computed, .period, .weekday, .picked: ""
    }
  }

  /// Says so where a word such as `Unknown` counts as a value.
  func cautionWords(_ field: Field, _ answer: inout Answer) throws {
    let node = ConditionNode.missing(question.ask.span)
    let condition = BoundCondition(
      predicate: .missing(field), node: node, text: field.name, fields: [field],
      wording: Wording(people: field.name, adjective: nil, with: field.name))
    try inquiry.cautionUnknown(condition, question, answer.counted?.n ?? 0, &answer)
  }
}
