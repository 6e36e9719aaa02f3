import Columns
import Engine
import Syntax

/// How much of each calendar year a question covers: what a population with one number a year is multiplied by.
struct PersonTime {
  /// The part of each year, in parts of 1.
  let years: [Int: Double]

  var total: Double { years.values.reduce(0, +) }

  private let first: Day
  private let last: Day

  /// The time asked about, as far as cohort and card cover it; ends that nobody says are those of the first and
  /// last year in which the card's date was seen. Nothing where there is no date to go by.
  init?(_ question: Question, _ inquiry: Inquiry) throws {
    guard let cohort = question.cohort else { return nil }
    var lows: [Day] = []
    var highs: [Day] = []
    for coverage in [question.period, cohort.period, cohort.dataset.card.period] {
      guard let coverage else { continue }
      if coverage.first.number > -1_000_000 { lows.append(coverage.first) }
      if coverage.last.number < 3_000_000 { highs.append(coverage.last) }
    }
    var low = lows.max()
    var high = highs.min()
    if cohort.dataset.card.period == nil, cohort.dataset.card.date ?? question.periodDate != nil {
      let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
      let date = try inquiry.binder.date(of: scope, at: question.ask.span)
      if let seen = try inquiry.observedDays(of: date, question) {
        let begin = Period(.year, of: seen.first).first
        let end = Period(.year, of: seen.last).last
        low = max(low ?? begin, begin)
        high = min(high ?? end, end)
      }
    }
    guard let low, let high, high.year - low.year < 1000 else { return nil }
    (first, last) = (low, high)
    guard low <= high else {
      years = [:]
      return
    }
    var years: [Int: Double] = [:]
    for year in low.year...high.year {
      years[year] = PersonTime.part(of: year, from: low, to: high)
    }
    self.years = years
  }

  /// The part of a year that lies in a period of the calendar and in the time covered.
  func part(of year: Int, in period: Period) -> Double {
    PersonTime.part(of: year, from: max(first, period.first), to: min(last, period.last))
  }

  /// Whether there is a number of people for each year that a period covers a part of: a week may
  /// lie in two.
  func isKnown(_ period: Period, _ years: Set<Int>) -> Bool {
    (period.first.year...period.last.year).allSatisfy {
      years.contains($0) || part(of: $0, in: period) == 0
    }
  }

  private static func part(of year: Int, from first: Day, to last: Day) -> Double {
    guard let start = Day(year: year, month: 1, day: 1),
      let next = Day(year: year + 1, month: 1, day: 1)
    else { return 0 }
    let from = max(first.number, start.number)
    let to = min(last.number, next.number - 1)
    return from > to ? 0 : Double(to - from + 1) / Double(next.number - start.number)
  }
}
