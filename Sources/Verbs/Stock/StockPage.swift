import Columns
import Engine

/// The stock on each date as figures, chart and table.
struct StockPage {
  private let stays: StayCounts
  private let dates: [Day]
  private let question: Question
  private let unit: String
  private let period: PeriodUnit
  private let keys: [BoundKey]

  /// A table of more rows than this is not read at the prompt; data formats hold it whole.
  private static let rowsShown = 40

  init(
    _ stays: StayCounts, _ dates: [Day], _ question: Question, unit: String, of period: PeriodUnit
  ) {
    self.stays = stays
    self.dates = dates
    self.question = question
    self.unit = unit
    self.period = period
    keys = question.by.filter { $0.field.calendar == nil }
  }

  func write(_ answer: inout Answer) {
    var lines: [FigureLine] = []
    var rows: [[Cell]] = []
    var series: [Chart.Series] = []
    for group in stays.groups {
      let stock = dates.map { (day: $0, n: stays.inside(group, on: $0)) }
      let labels = Inquiry.labels(keys, group)
      answer.figures += stock.map { entry in
        Figure(
          "stock", "inside", entry.n,
          group: labels + [GroupLabel(key: period.rawValue, value: .date(entry.day))], form: .count)
      }
      let summary = summary(stock, labels)
      answer.figures += summary.map(\.figure)
      lines += summary
      rows += stock.map { group.map(Cell.value) + [.value(.date($0.day)), .number($0.n, .count)] }
      series.append(
        Chart.Series(
          group.isEmpty ? "inside" : group.label,
          stock.map { Chart.Point(Period(period, of: $0.day).description, $0.n) }))
    }
    let table = AnswerTable(
      columns: keys.map { .init($0.name, .category) } + [
        .init("date", .date), .init("inside", .integer),
      ],
      rows: rows)
    answer.table = table
    let title = "\(Words.plural(unit)) inside at the beginning of each \(period.rawValue)"
    answer.blocks = [.figures(lines)]
    if dates.count > 1 {
      answer.blocks.append(.chart(Chart(.line, title: title, form: .count, series: series)))
    }
    if rows.count <= StockPage.rowsShown {
      answer.blocks.append(.table(table))
    } else {
      answer.remarks.append(
        "The \(Words.count(Double(rows.count), "line")) behind the chart stand in csv, tsv and json."
      )
    }
    answer.sentences = [sentence]
    answer.steps =
      [
        "inside on a date = those who came on it or before − those who had left before it",
        "who left on the date itself was inside when it began; who has no date of leaving is still inside",
      ] + worked
  }

  /// The last date with its numbers, for the first group.
  private var worked: [String] {
    guard let group = stays.groups.first, let day = dates.last else { return [] }
    let (came, left) = stays.through(group, on: day)
    let name = group.isEmpty ? "" : "\(group.label), "
    return [
      "\(name)\(day): \(Words.grouped(came)) had come − \(Words.grouped(left)) had left = "
        + Words.grouped(came - left)
    ]
  }

  private func summary(_ stock: [(day: Day, n: Double)], _ labels: [GroupLabel]) -> [FigureLine] {
    guard let least = stock.min(by: { $0.n < $1.n }), let most = stock.max(by: { $0.n < $1.n })
    else {
      return []
    }
    let mean = stock.reduce(0) { $0 + $1.n } / Double(stock.count)
    return [
      FigureLine(
        Figure("average", "average", mean, group: labels, form: .number(decimals: 1)),
        remark: "over \(Words.count(Double(stock.count), "date"))"),
      FigureLine(
        Figure("least", "fewest", least.n, group: labels, form: .count), remark: "on \(least.day)"),
      FigureLine(
        Figure("greatest", "most", most.n, group: labels, form: .count), remark: "on \(most.day)"),
    ]
  }

  private var sentence: String {
    func inside(_ day: Day) -> Double {
      stays.groups.reduce(0) { $0 + stays.inside($1, on: day) }
    }
    let cohort = question.cohort?.name ?? ""
    guard let first = dates.first, let last = dates.last else { return "" }
    let opening = "\(Words.count(inside(first), unit)) of \(cohort) were inside on \(first)"
    return first == last
      ? "\(opening)." : "\(opening), \(Words.grouped(inside(last))) on \(last)."
  }
}
