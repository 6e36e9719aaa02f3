import Columns
import Engine

/// The days that the data of a question cover.
struct CoveredDays {
  let first: Day
  let last: Day
  /// The same where a card says so and no long silence speaks against it: days without a row are
  /// then 0 up to there.
  let begins: Day?
  let ends: Day?

  /// The period asked about inside that of the cohort or card. An end that nobody wrote down, or before
  /// which the data stop, is the first or last day seen where so long a silence can't be chance.
  init(_ seen: ObservedDays, _ question: Question) {
    let cohort = question.cohort
    let isWritten = cohort?.dataset.card.period != nil || cohort?.period != nil
    var lows: [Day] = []
    var highs: [Day] = []
    for coverage in [cohort?.dataset.card.period, cohort?.period, question.period] {
      guard let coverage else { continue }
      if coverage.first.number > -1_000_000 { lows.append(coverage.first) }
      if coverage.last.number < 3_000_000 { highs.append(coverage.last) }
    }
    let low = lows.max()
    let high = highs.min()
    let daily = seen.n / Double(seen.last.number - seen.first.number + 1)
    func isSilent(_ days: Int) -> Bool { days >= 4 && Double(days) * daily > 7 }
    if let low, seen.first <= low || !isSilent(seen.first.number - low.number) {
      first = low
      begins = isWritten ? low : nil
    } else {
      begins = nil
      first = CoveredDays.open(seen.first, isStart: true, isSilent)
    }
    if let high, seen.last >= high || !isSilent(high.number - seen.last.number) {
      last = high
      ends = isWritten ? high : nil
    } else {
      ends = nil
      last = CoveredDays.open(seen.last, isStart: false, isSilent)
    }
  }

  /// The end of the year, quarter or month that the last day seen falls into, if the silence up to it may
  /// be chance; else that day.
  private static func open(_ day: Day, isStart: Bool, _ isSilent: (Int) -> Bool) -> Day {
    for unit in [PeriodUnit.year, .quarter, .month] {
      let period = Period(unit, of: day)
      let end = isStart ? period.first : period.last
      if !isSilent(abs(end.number - day.number)) { return end }
    }
    return day
  }

  /// How many days that is, both ends counted.
  var count: Int { max(0, last.number - first.number + 1) }

  func cuts(_ period: Period) -> Bool { period.first < first || period.last > last }
}
