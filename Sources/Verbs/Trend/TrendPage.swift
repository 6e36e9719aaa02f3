import Columns
import Engine
import Glibc
import Statistics
import Syntax

/// The series of a trend as figures, chart and table, with the fit of each.
struct TrendPage {
  private let what: String
  private let axis: TrendAxis
  private let series: [TrendSeries]
  /// Series by series the interval of each point.
  private let intervals: [[Interval]]
  private let fits: [TrendFit]
  private let isShare: Bool
  private let question: Question
  private let rateMethod: PoissonRate.Method
  private let shareMethod: Proportion.Method
  private let unit: String

  /// With fewer periods than this nobody can say how much counts vary.
  private static let fewest = 6

  /// A table of more rows than this is not read at the prompt; data formats hold it whole.
  private static let rowsShown = 40

  init(
    what: String, axis: TrendAxis, series: [TrendSeries], isShare: Bool, _ question: Question,
    _ inquiry: Inquiry
  ) throws {
    self.what = what
    self.axis = axis
    self.series = series
    self.isShare = isShare
    self.question = question
    fits = series.map { TrendFit($0, isShare: isShare, level: question.level) }
    let rateMethod =
      isShare ? PoissonRate.defaultMethod : try inquiry.method(question, PoissonRate.defaultMethod)
    let shareMethod =
      isShare ? try inquiry.method(question, Proportion.defaultMethod) : Proportion.defaultMethod
    intervals = series.map { entry in
      entry.points.map { point in
        isShare
          ? Proportion.interval(
            point.events, of: point.trials, level: question.level, method: shareMethod)
          : PoissonRate.interval(
            point.events, exposure: 1, per: 1, level: question.level, method: rateMethod)
      }
    }
    self.rateMethod = rateMethod
    self.shareMethod = shareMethod
    unit = inquiry.unit(of: question)
  }

  func write(_ answer: inout Answer) {
    for (entry, intervals) in zip(series, intervals) { answer.figures += figures(entry, intervals) }
    let table = table
    answer.table = table
    var lines: [FigureLine] = []
    for (entry, fit) in zip(series, fits) {
      lines += self.lines(entry, fit)
      answer.figures += fitFigures(entry, fit)
      let marks = marks(entry)
      answer.figures += marks.map(\.figure)
      lines += marks
    }
    answer.blocks = [.figures(lines), .chart(chart)]
    if table.rows.count <= TrendPage.rowsShown {
      answer.blocks.append(.table(table))
    } else {
      answer.remarks.append(
        "The \(Words.count(Double(table.rows.count), "line")) behind the chart stand in csv, tsv and json."
      )
    }
    answer.sentences = [sentence]
    answer.steps = steps
    cite(&answer)
  }

  private func cite(_ answer: inout Answer) {
    answer.cite(isShare ? shareMethod.card : rateMethod.card)
    answer.cite(isShare ? MethodCatalogue.logisticTrend : MethodCatalogue.poissonTrend)
    if isShare { answer.cite(MethodCatalogue.cochranArmitage) }
    guard !axis.marks(question.marks).isEmpty else { return }
    answer.cite(
      isShare ? ProportionDifference.defaultMethod.card : RateRatio.defaultMethod.card)
  }

  // MARK: - Periods

  private func labels(_ entry: TrendSeries) -> [GroupLabel] {
    Inquiry.labels(axis.groupKeys, entry.group)
  }

  /// A count or a share for each period.
  private func figures(_ entry: TrendSeries, _ intervals: [Interval]) -> [Figure] {
    zip(entry.points, intervals).map { point, interval in
      let group = labels(entry) + [GroupLabel(key: axis.key.name, value: point.place.value)]
      return Figure(
        isShare ? "share" : "count", isShare ? "share" : "count of \(what)",
        isShare ? point.share : point.n, n: point.n, of: point.of, group: group,
        reason: isShare && point.share == nil ? "nothing to divide by" : nil,
        form: isShare ? .percent : .count
      ).with(
        interval, level: question.level,
        method: isShare ? shareMethod.rawValue : rateMethod.rawValue)
    }
  }

  private var table: AnswerTable {
    let hasPartial = !axis.partial.isEmpty
    var columns: [AnswerTable.Column] =
      axis.groupKeys.map { .init($0.name, .category) }
      + [.init(axis.key.name, .category), .init(isShare ? "n" : Words.plural(unit), .integer)]
    if isShare { columns += [.init("of", .integer), .init("share", .percent)] }
    columns.append(.init("\(Numbers.level(question.level)) interval", .interval))
    if hasPartial { columns.append(.init("covered", .text)) }
    let rows = zip(series, intervals).flatMap { entry, intervals in
      zip(entry.points, intervals).map { point, interval -> [Cell] in
        var cells: [Cell] = entry.group.map(Cell.value)
        cells += [.value(point.place.value), .number(point.n, .count)]
        if let of = point.of {
          cells += [
            .number(of, .count),
            point.share.map { .number($0, .percent) }
              ?? .none(point.n + of > 0 ? "nothing known" : "no cases"),
          ]
        }
        cells.append(
          .interval(interval.lower, interval.upper, isShare ? .percent : .number(decimals: 1)))
        if hasPartial {
          cells.append(.value(.text(point.place.isPartial ? "in part" : "whole")))
        }
        return cells
      }
    }
    return AnswerTable(columns: columns, rows: rows)
  }

  private var chart: Chart {
    Chart(
      .line, title: "\(what), by \(axis.key.name)", form: isShare ? .percent : .count,
      series: zip(series, intervals).map { entry, intervals in
        Chart.Series(
          entry.group.isEmpty ? what : entry.group.label,
          zip(entry.points, intervals).map { point, interval in
            Chart.Point(
              point.place.value.description, isShare ? point.share : point.n,
              low: interval.lower, high: interval.upper)
          })
      }, marks: axis.marks(question.marks).map(\.label))
  }

  // MARK: - The fit

  private func fitFigures(_ entry: TrendSeries, _ fit: TrendFit) -> [Figure] {
    let group = labels(entry)
    let card = isShare ? MethodCatalogue.logisticTrend : MethodCatalogue.poissonTrend
    var figures = [
      Figure(
        "change", isShare ? "change of the odds \(axis.perStep)" : "change \(axis.perStep)",
        fit.change.estimate, group: group, reason: fit.reason, form: .percent
      ).with(fit.change, level: question.level, method: card.id),
      Figure(
        "p", "p of the trend", fit.p,
        method: isShare ? MethodCatalogue.cochranArmitage.id : card.id, group: group,
        reason: fit.p == nil ? fit.reason ?? "nothing that changes" : nil, form: .probability),
    ]
    if let z = fit.z {
      figures.append(
        Figure(
          "z", "Cochran-Armitage z", z, method: MethodCatalogue.cochranArmitage.id, group: group,
          form: .number(decimals: 2)))
    }
    if let dispersion = fit.dispersion {
      figures.append(
        Figure("dispersion", "dispersion", dispersion, group: group, form: .number(decimals: 2)))
    }
    return figures
  }

  private func lines(_ entry: TrendSeries, _ fit: TrendFit) -> [FigureLine] {
    let figures = fitFigures(entry, fit)
    let p = fit.p.map { "p \(Numbers.probability($0))" } ?? ""
    let over = "over \(Words.count(Double(fit.periods), axis.unit))"
    return [
      FigureLine(figures[0], remark: [p, over].filter { !$0.isEmpty }.joined(separator: ", "))
    ]
  }

  /// Before and after each mark that falls into the data.
  private func marks(_ entry: TrendSeries) -> [FigureLine] {
    let marks = axis.marks(question.marks)
    return marks.indices.flatMap { index -> [FigureLine] in
      let comparison = MarkComparison(
        entry, from: index > 0 ? marks[index - 1].day : nil, mark: marks[index],
        to: index + 1 < marks.count ? marks[index + 1].day : nil, unit: axis.unit)
      return comparison.lines(isShare: isShare, level: question.level, group: labels(entry))
    }
  }

  // MARK: - Words

  private var sentence: String {
    let step = axis.unit
    func change(_ fit: TrendFit) -> String {
      guard let change = fit.change.estimate else { return fit.reason ?? "no change can be fitted" }
      let interval =
        fit.change.lower.flatMap { low in
          fit.change.upper.map {
            " (\(Numbers.level(question.level)) interval \(Numbers.percent(low)) to \(Numbers.percent($0)))"
          }
        } ?? ""
      let way = change < 0 ? "falls" : "rises"
      return (isShare ? "its odds \(change < 0 ? "fall" : "rise") by " : "\(way) by ")
        + Numbers.percent(change.magnitude) + " \(axis.perStep)" + interval
    }
    guard series.count == 1, let entry = series.first, let fit = fits.first else {
      return Words.sentence("\(what) by \(Words.list(question.by.map(\.name))).")
    }
    let points = entry.complete
    guard !points.isEmpty else {
      return Words.sentence("\(what): the data cover no whole \(step), so no change can be fitted.")
    }
    if isShare {
      let n = points.reduce(0) { $0 + $1.n }
      let of = points.reduce(0) { $0 + ($1.of ?? 0) }
      let share = of > 0 ? Numbers.percent(n / of) : "unknown"
      return Words.sentence("\(what) is \(share) over all; \(change(fit)).")
    }
    let mean = points.reduce(0) { $0 + $1.n } / Double(points.count)
    return Words.sentence("\(what): \(Words.grouped(mean)) a \(step) on average; \(change(fit)).")
  }

  private var steps: [String] {
    let time = axis.key.field.calendar == nil ? axis.key.name : "time in years"
    return [
      "each \(axis.unit): \(isShare ? "share = n ÷ of" : "a count"), interval: \((isShare ? shareMethod.card : rateMethod.card)?.name ?? "")",
      isShare
        ? "fit: ln odds = b0 + b1 × \(time), by maximum likelihood; change = exp(b1) − 1; p and z: Cochran-Armitage"
        : "fit: ln count = b0 + b1 × \(time), by maximum likelihood; change = exp(b1) − 1; limits × √dispersion where it is above 1",
    ] + worked + (axis.partial.isEmpty ? [] : ["left out of the fit: \(partialNames)"])
  }

  /// The fit of the first series with its numbers.
  private var worked: [String] {
    guard let entry = series.first, let fit = fits.first, let change = fit.change.estimate,
      change > -1
    else { return [] }
    let name = series.count > 1 ? "\(entry.group.label): " : ""
    let slope = Numbers.decimal(log1p(change), 4)
    var line =
      "\(name)\(Words.count(Double(fit.periods), axis.unit)) fitted, b1 = \(slope), so change = "
      + "exp(\(slope)) − 1 = \(Numbers.decimal(change * 100, 2))%"
    if let low = fit.change.lower, let high = fit.change.upper {
      line += ", limits \(Numbers.decimal(low * 100, 2))% to \(Numbers.decimal(high * 100, 2))%"
    }
    if let dispersion = fit.dispersion {
      line += "; dispersion = chi-square ÷ (periods − 2) = \(Numbers.decimal(dispersion, 4))"
    }
    return [line]
  }

  private var partialNames: String { Words.list(axis.partial.map { $0.value.description }) }

  // MARK: - Cautions

  func caution(_ inquiry: Inquiry, _ answer: inout Answer) throws {
    if !axis.partial.isEmpty {
      let isOne = axis.partial.count == 1
      answer.cautions.append(
        Caution(
          "partial-period",
          "The data cover only a part of \(partialNames), so \(isOne ? "it is" : "they are") left out of "
            + "the fit\(question.marks.isEmpty ? "" : " and of before and after")."))
    }
    for mark in question.marks where !axis.marks([mark]).contains(where: { $0.day == mark }) {
      answer.cautions.append(
        Caution(
          "mark-outside",
          "The mark \(mark) lies outside the data, which go from \(axis.places.first?.value.description ?? "?") "
            + "to \(axis.places.last?.value.description ?? "?"): there is no before and after."))
    }
    if let dispersion = fits.filter({ $0.periods >= TrendPage.fewest }).compactMap(\.dispersion)
      .max(),
      dispersion > 2,
      !axis.marks(question.marks).isEmpty
    {
      answer.cautions.append(
        Caution(
          "overdispersed",
          "Counts vary \(Numbers.decimal(dispersion, 1)) times as much as by chance alone: the limits of "
            + "before and after are too narrow."))
    }
    cautionSmall(inquiry, &answer)
    inquiry.cautionMany(series.count > 1 ? fits.map(\.p) : [], &answer)
  }

  /// Groups with few events in a typical period.
  private func cautionSmall(_ inquiry: Inquiry, _ answer: inout Answer) {
    guard inquiry.settings.rules == "nchs" else { return }
    let small = series.filter { entry in
      let points = entry.complete
      return entry.total > 0
        && points.reduce(0) { $0 + (isShare ? $1.of ?? 0 : $1.n) } < 10 * Double(points.count)
    }
    guard !small.isEmpty else { return }
    let names = small.prefix(6).map { $0.group.label }.filter { !$0.isEmpty }
    let more = small.count > 6 ? " and \(small.count - 6) more" : ""
    let inGroups = names.isEmpty ? "" : " in \(Words.list(names))\(more)"
    answer.cautions.append(
      Caution(
        "small-numbers",
        "Fewer than 10 \(Words.plural(unit)) a \(axis.unit) on average\(inGroups): a single \(axis.unit) says little."
      ))
  }
}
