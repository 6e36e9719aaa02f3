import Columns
import Engine
import Syntax

/// Periods inside the time covered in which nothing was counted: 0, and not left out.
struct EmptyPeriods {
  /// Where the calendar stands among the keys.
  private let place: Int
  private let unit: PeriodUnit
  /// The first and last period that the data cover; nothing where only what was counted says so.
  private let covered: ClosedRange<Int>?

  /// Nothing where no key is a part of the calendar, or several are.
  init?(_ question: Question, _ inquiry: Inquiry) throws {
    let calendars = question.by.indices.filter { question.by[$0].field.calendar != nil }
    guard calendars.count == 1, question.top == nil,
      let (unit, date) = question.by[calendars[0]].field.calendar
    else { return nil }
    place = calendars[0]
    self.unit = unit
    covered = try EmptyPeriods.covered(unit, date, question, inquiry)
  }

  /// The time that the card, the cohort and the question give for the card's date, as far as there
  /// are rows at all; another date may lie on both sides of it.
  private static func covered(
    _ unit: PeriodUnit, _ date: Field, _ question: Question, _ inquiry: Inquiry
  ) throws -> ClosedRange<Int>? {
    guard let cohort = question.cohort, let name = cohort.dataset.card.date ?? question.periodDate,
      date.columns == [cohort.dataset.column(named: name) ?? name],
      let seen = try inquiry.observedDays(of: date, question)
    else { return nil }
    let times = [cohort.dataset.card.period, cohort.period, question.period].compactMap(\.self)
    let first = times.map(\.first).reduce(seen.first, max)
    let last = times.map(\.last).reduce(seen.last, min)
    guard first <= last else { return nil }
    return Period(unit, of: first).ordinal...Period(unit, of: last).ordinal
  }

  /// The groups that are not among those counted: each period, for each group of the other keys.
  ///
  /// Nothing where there would be more than `limit` groups in all.
  func groups(beside counted: [[Value]], limit: Int) -> [[Value]]? {
    var range = covered
    for case .period(let period) in counted.map({ $0[place] }) where period.unit == unit {
      let all = range ?? period.ordinal...period.ordinal
      range = min(all.lowerBound, period.ordinal)...max(all.upperBound, period.ordinal)
    }
    guard let range else { return [] }
    var seen = Set<[Value]>()
    let others = counted.map(without).filter { seen.insert($0).inserted }
    guard range.count <= limit, others.count <= limit,
      range.count * max(1, others.count) <= limit
    else { return nil }
    let known = Set(counted)
    return others.flatMap { other in
      range.compactMap { ordinal -> [Value]? in
        let period = Value.period(Period(unit: unit, ordinal: ordinal))
        let group = Array(other[..<place]) + [period] + Array(other[place...])
        return known.contains(group) ? nil : group
      }
    }
  }

  private func without(_ group: [Value]) -> [Value] {
    Array(group[..<place]) + Array(group[(place + 1)...])
  }

  /// `Months without a row are not shown.`, where there are too many to show.
  var remark: String { Words.sentence("\(unit.rawValue)s without a row are not shown.") }
}

extension Inquiry {
  /// Tallies with those of the periods in which there was nothing: no share, and no 0%.
  func withEmptyPeriods(
    _ tallies: [Tally], _ question: Question, _ answer: inout Answer
  ) throws -> [Tally] {
    try withEmptyPeriods(tallies, question, &answer, keys: \.group, empty: Tally.none)
  }

  /// What was counted in each group, with 0 for the periods in which there was nothing; in key order.
  func withEmptyPeriods<Group>(
    _ groups: [Group], _ question: Question, _ answer: inout Answer, keys: (Group) -> [Value],
    empty: ([Value]) -> Group
  ) throws -> [Group] {
    guard let periods = try EmptyPeriods(question, self) else { return groups }
    guard let added = periods.groups(beside: groups.map(keys), limit: settings.groupLimit) else {
      if groups.count <= settings.groupLimit { answer.remarks.append(periods.remark) }
      return groups
    }
    guard !added.isEmpty else { return groups }
    return (groups + added.map(empty)).sorted { keys($0).lexicographicallyPrecedes(keys($1)) }
  }
}
