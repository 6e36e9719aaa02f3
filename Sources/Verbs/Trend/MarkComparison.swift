import Columns
import Engine
import Statistics

/// A date of change inside the data.
struct TrendMark {
  let day: Day
  /// The period that holds it, as the axis writes it.
  let label: String
  /// The date in the words of a person: the period itself where the mark is its first day.
  let written: String
}

extension TrendAxis {
  /// The marks that have a complete or partial period on both sides, in order.
  func marks(_ days: [Day]) -> [TrendMark] {
    days.sorted().compactMap { day in
      guard let first = places.first?.period, let last = places.last?.period,
        first.first < day, day <= last.last,
        let place = places.first(where: {
          $0.period.map { $0.first <= day && day <= $0.last } ?? false
        }),
        let period = place.period
      else { return nil }
      let label = place.value.description
      return TrendMark(
        day: day, label: label, written: period.first == day ? label : day.description)
    }
  }
}

/// The complete periods before and after a mark, up to the marks beside it.
struct MarkComparison {
  private let before: [TrendSeries.Point]
  private let after: [TrendSeries.Point]
  private let mark: TrendMark
  private let unit: String

  /// A period that a mark divides belongs to neither side.
  init(_ series: TrendSeries, from: Day?, mark: TrendMark, to: Day?, unit: String) {
    self.mark = mark
    self.unit = unit
    func points(_ holds: (Period) -> Bool) -> [TrendSeries.Point] {
      series.complete.filter { $0.place.period.map(holds) ?? false }
    }
    before = points { period in period.last < mark.day && (from.map { period.first >= $0 } ?? true)
    }
    after = points { period in period.first >= mark.day && (to.map { period.last < $0 } ?? true) }
  }

  func lines(isShare: Bool, level: Double, group: [GroupLabel]) -> [FigureLine] {
    let group = group + [GroupLabel(key: "mark", value: .text(mark.written))]
    return isShare ? shares(level, group) : rates(level, group)
  }

  private func events(_ points: [TrendSeries.Point]) -> Int { points.reduce(0) { $0 + $1.events } }
  private func trials(_ points: [TrendSeries.Point]) -> Int { points.reduce(0) { $0 + $1.trials } }

  private func rates(_ level: Double, _ group: [GroupLabel]) -> [FigureLine] {
    var lines = [("before", before), ("after", after)].map { id, points -> FigureLine in
      let n = events(points)
      let interval = PoissonRate.garwood(n, exposure: Double(points.count), level: level)
      return FigureLine(
        Figure(
          id, "a \(unit) \(id)", interval.estimate, n: Double(n), of: Double(points.count),
          group: group, reason: points.isEmpty ? "no complete \(unit)" : nil,
          form: .number(decimals: 1)
        ).with(interval, level: level, method: PoissonRate.Method.garwood.rawValue),
        remark: "\(Words.grouped(n)) in \(Words.count(Double(points.count), unit))")
    }
    let ratio = RateRatio.exact(
      events(after), exposure: Double(after.count), over: events(before),
      exposure: Double(before.count), level: level)
    lines.append(
      FigureLine(
        Figure(
          "rate-ratio", "after ÷ before", ratio.interval.estimate, group: group,
          reason: ratio.interval.estimate == nil
            ? "one side has no complete \(unit) or nothing in it" : nil,
          form: .ratio
        ).with(ratio.interval, level: level, method: RateRatio.Method.exact.rawValue),
        remark: ratio.test.p.map { "p \(Numbers.probability($0))" } ?? ""))
    return lines
  }

  private func shares(_ level: Double, _ group: [GroupLabel]) -> [FigureLine] {
    var lines = [("before", before), ("after", after)].map { id, points -> FigureLine in
      let (x, n) = (events(points), trials(points))
      let interval = Proportion.wilson(x, of: n, level: level)
      return FigureLine(
        Figure(
          id, id, interval.estimate, n: Double(x), of: Double(n), group: group,
          reason: n == 0 ? "no complete \(unit)" : nil, form: .percent
        ).with(interval, level: level, method: Proportion.Method.wilson.rawValue),
        remark: "\(Words.grouped(x)) of \(Words.grouped(n))")
    }
    let difference = ProportionDifference.newcombe(
      events(after), of: trials(after), minus: events(before), of: trials(before), level: level)
    let p = ContingencyTable([
      [events(after), trials(after) - events(after)],
      [events(before), trials(before) - events(before)],
    ])?.pearson().p
    lines.append(
      FigureLine(
        Figure(
          "difference", "after − before", difference.estimate, group: group,
          reason: difference.estimate == nil ? "one side has no complete \(unit)" : nil,
          form: .points
        ).with(
          difference, level: level, method: ProportionDifference.Method.newcombe.rawValue),
        remark: p.map { "p \(Numbers.probability($0)), chi-square" } ?? ""))
    return lines
  }
}
