import Columns
import Engine
import Statistics
import Syntax

/// Sums as figures and as a table.
struct TotalPage {
  private let question: Question
  private let field: MeasuredField
  private let denominator: TotalDenominator?
  private let unit: String
  private let what: String

  init(
    _ question: Question, _ field: MeasuredField, _ denominator: TotalDenominator?,
    _ unit: String, _ what: String
  ) {
    self.question = question
    self.field = field
    self.denominator = denominator
    self.unit = unit
    self.what = what
  }

  /// Two decimals for money, at least two for quotients of other numbers.
  private var quotientForm: NumberForm {
    field.form == .money ? .money : .number(decimals: 2)
  }

  private func figures(_ group: MeasuredSums) -> [Figure] {
    let labels = Inquiry.labels(question.by, group.group)
    let total = group.total.double
    var figures = [
      Figure("total", "total \(field.name)", total, n: group.n, group: labels, form: field.form)
    ]
    if let denominator {
      let quotient = total.flatMap { denominator.quotient($0, group.group) }
      figures.append(
        Figure(
          "per", "per \(denominator.name)", quotient, of: denominator.count(of: group.group),
          group: labels, reason: quotient == nil ? "there are none to divide by" : nil,
          form: quotientForm))
    }
    func plain(_ id: String, _ label: String, _ value: Double?, _ form: NumberForm) -> Figure {
      Figure(
        id, label, value, group: labels, reason: value == nil ? "too few values" : nil, form: form)
    }
    return figures + [
      plain("sd", "standard deviation", group.standardDeviation, field.between),
      plain("least", "least", group.least, field.form),
      plain("greatest", "greatest", group.greatest, field.form),
    ]
  }

  /// The sum as it is, to the last digit.
  private func written(_ group: MeasuredSums) -> String {
    guard case .number(let exact) = group.total else {
      return Numbers.text(group.total.double ?? 0, field.form)
    }
    switch field.form {
    case .money:
      let digits = DecimalExpansion(exact).text(decimals: max(2, exact.scale))
      return digits.hasPrefix("-") ? "-$" + digits.dropFirst() : "$" + digits
    case .days: return DecimalExpansion(exact).text(decimals: exact.scale) + " days"
    default: return DecimalExpansion(exact).text(decimals: exact.scale)
    }
  }

  func write(_ group: MeasuredSums, _ answer: inout Answer) {
    let figures = figures(group)
    answer.figures = figures
    let remark =
      Words.count(group.n, unit)
      + (group.unknown > 0 ? ", \(Words.grouped(group.unknown)) unknown left out" : "")
    var sentence = "the \(field.name) of \(what) adds up to \(written(group)): \(remark)"
    answer.steps = ["total = the sum of \(Words.count(group.n, "known value")) = \(written(group))"]
    var parts = ["total": remark]
    if let denominator, let per = figures.first(where: { $0.id == "per" }) {
      let count = Words.grouped(denominator.count(of: []))
      parts["per"] = "÷ \(count)"
      if let value = per.value {
        sentence += "; that is \(Numbers.text(value, per.form)) per \(denominator.name) (\(count))"
        answer.steps.append(
          "per \(denominator.name) = \(written(group)) ÷ \(count)"
            + (denominator.scale == 1 ? "" : " × \(Words.grouped(denominator.scale))")
            + " = \(Numbers.text(value, per.form))")
      }
    }
    answer.blocks = [.figures(figures.map { FigureLine($0, remark: parts[$0.id] ?? "") })]
    answer.sentences = [Words.sentence(sentence + ".")]
  }

  /// The sum of each group and its part of all.
  func write(_ all: [MeasuredSums], limit: Int, _ answer: inout Answer) throws {
    guard question.top != nil || all.count <= limit else {
      throw VerbMessages.tooManyGroups(
        all.count, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    let groups = question.top.map { all.largest($0) { $0.total.double ?? 0 } } ?? all
    let sum = all.reduce(Value.number(.zero)) { Evaluation.calculate(.add, $0, $1.total) }
    let whole = sum.double ?? 0
    // A part of a sum means something only where nothing is below zero.
    let hasParts = whole > 0 && all.allSatisfy { $0.least ?? 0 >= 0 }
    var rows: [[Cell]] = []
    for group in groups {
      let figures = figures(group)
      answer.figures += figures
      let total = figures[0].value
      var cells: [Cell] = group.group.map(Cell.value) + [.number(group.n, .count)]
      cells.append(total.map { .number($0, field.form) } ?? .none(""))
      if hasParts { cells.append(total.map { .number($0 / whole, .percent) } ?? .none("")) }
      if let denominator {
        cells.append(.number(denominator.count(of: group.group), .count))
        cells.append(figures[1].value.map { .number($0, quotientForm) } ?? .none("none"))
      }
      rows.append(cells + [.number(group.unknown, .count)])
    }
    var columns: [AnswerTable.Column] = question.by.map { .init($0.name, .category) }
    columns += [.init("n", .integer), .init("total \(field.name)", .number)]
    if hasParts { columns.append(.init("share of all", .percent)) }
    if let denominator {
      columns += [.init(denominator.name, .integer), .init("per \(denominator.name)", .number)]
    }
    let table = AnswerTable(
      columns: columns + [.init("unknown", .integer)], rows: rows,
      hidden: all.count - groups.count)
    answer.table = table
    answer.blocks = [.table(table)]
    let names = Words.list(question.by.map(\.name))
    answer.sentences = [
      Words.sentence(
        "the \(field.name) of \(what) adds up to \(Numbers.text(whole, field.form)), by \(names).")
    ]
    answer.steps = ["each total = the sum of the known values of the group"]
  }
}
