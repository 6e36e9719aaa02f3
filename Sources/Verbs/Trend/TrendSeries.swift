import Columns
import Engine
import Statistics
import Syntax

/// Counts, or events and totals, of one group along an axis.
struct TrendSeries {
  /// What was counted at one place.
  struct Point {
    let place: TrendAxis.Place
    /// The count, or the events of a share.
    let n: Double
    /// Those of whom it is known whether the event holds; of counts nothing.
    let of: Double?

    var events: Int { Int(n.rounded()) }
    var trials: Int { Int((of ?? 0).rounded()) }
    var share: Double? { of.flatMap { $0 > 0 ? n / $0 : nil } }
  }

  let group: [Value]
  let points: [Point]

  var total: Double { points.reduce(0) { $0 + ($1.of ?? $1.n) } }

  /// The periods that the data cover whole.
  var complete: [Point] { points.filter { !$0.place.isPartial } }

  /// One series for each group, in group order; a period in which a group has no row is 0.
  static func all(
    _ event: Predicate?, rows: Predicate, axis: TrendAxis, _ question: Question,
    _ inquiry: Inquiry
  ) throws -> [TrendSeries] {
    let keys = axis.groupKeys + [axis.key]
    var order: [[Value]] = []
    var counts: [[Value]: [Value: (n: Double, of: Double?)]] = [:]
    func add(_ key: [Value], _ n: Double, _ of: Double?) {
      let group = Array(key.dropLast())
      if counts[group] == nil { order.append(group) }
      counts[group, default: [:]][key[keys.count - 1]] = (n, of)
    }
    if let event {
      for tally in try inquiry.tallies(question, event: event, among: rows, by: keys) {
        add(tally.group, tally.yes, tally.known)
      }
    } else {
      let table = try inquiry.tabulate(question, rows: rows, keys: keys.map { .field($0.field) })
      for row in table.rows { add(row.keys, row.measures[0].double ?? 0, nil) }
    }
    return order.map { group in
      TrendSeries(
        group: group,
        points: axis.places.map { place in
          let found = counts[group]?[place.value]
          return Point(
            place: place, n: found?.n ?? 0, of: event == nil ? nil : (found?.of ?? 0))
        })
    }
  }
}

/// The change of a series for one step of time.
struct TrendFit {
  /// The relative change of the count, or of the odds of the share.
  let change: Interval
  let p: Double?
  /// Of a share: the Cochran-Armitage statistic.
  let z: Double?
  /// Of counts: Pearson's chi-square over its degrees of freedom.
  let dispersion: Double?
  let reason: String?
  let periods: Int

  init(_ series: TrendSeries, isShare: Bool, level: Double) {
    let points = series.complete.filter { !isShare || $0.trials > 0 }
    periods = points.count
    guard points.count > 2 else {
      (change, p, z, dispersion) = (.undefined, nil, nil, nil)
      reason = "fewer than three complete periods"
      return
    }
    let times = points.map(\.place.time)
    if isShare {
      let events = points.map(\.events)
      let totals = points.map(\.trials)
      let fit = LogisticTrend.fit(events: events, totals: totals, times: times, level: level)
      let test = CochranArmitage.test(cases: events, totals: totals, scores: times)
      change = fit.oddsRatio.map { $0 - 1 }
      (p, z, dispersion) = (test.p, test.statistic, nil)
    } else {
      let fit = PoissonTrend.fit(counts: points.map(\.events), times: times, level: level)
      let spread = max(1, fit.dispersion ?? 1)
      change = (spread > 1 ? fit.quasi : fit.ratio).map { $0 - 1 }
      p = Normal.twoSided(fit.test.statistic.map { $0 / spread.squareRoot() }).p
      (z, dispersion) = (nil, fit.dispersion)
    }
    reason = change.estimate == nil ? "nothing that changes" : nil
  }
}
