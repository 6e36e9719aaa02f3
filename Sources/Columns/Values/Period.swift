/// A part of the calendar that a date falls into.
package enum PeriodUnit: String, CaseIterable, Hashable, Sendable {
  case year, quarter, month, week, day

  /// The longer, the lower.
  fileprivate var rank: Int { PeriodUnit.allCases.firstIndex(of: self) ?? 0 }
}

/// One year, quarter, month, ISO week or day, counted from the one that holds 1970-01-01.
package struct Period: Hashable, Comparable, Sendable {
  package let unit: PeriodUnit
  package let ordinal: Int

  package init(unit: PeriodUnit, ordinal: Int) {
    self.unit = unit
    self.ordinal = ordinal
  }

  /// The period of this unit that holds the day.
  package init(_ unit: PeriodUnit, of day: Day) {
    let (year, month, _) = day.civil
    self.unit = unit
    switch unit {
    case .year: ordinal = year - 1970
    case .quarter: ordinal = (year - 1970) * 4 + (month - 1) / 3
    case .month: ordinal = (year - 1970) * 12 + month - 1
    case .week: ordinal = Period.floored(day.number + 3, by: 7)
    case .day: ordinal = day.number
    }
  }

  package var first: Day {
    switch unit {
    case .year: Day(year: 1970 + ordinal, month: 1, day: 1) ?? Day(number: 0)
    case .quarter: Period(unit: .month, ordinal: ordinal * 3).first
    case .month:
      Day(
        year: 1970 + Period.floored(ordinal, by: 12),
        month: ordinal - Period.floored(ordinal, by: 12) * 12 + 1, day: 1) ?? Day(number: 0)
    case .week: Day(number: ordinal * 7 - 3)
    case .day: Day(number: ordinal)
    }
  }

  package var last: Day { Day(number: next.first.number - 1) }

  package var next: Period { Period(unit: unit, ordinal: ordinal + 1) }

  /// By the first day; of two that begin on one day the longer unit comes first.
  package static func < (left: Period, right: Period) -> Bool {
    if left.unit == right.unit { return left.ordinal < right.ordinal }
    let (a, b) = (left.first, right.first)
    return a == b ? left.unit.rank < right.unit.rank : a < b
  }

  private static func floored(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

extension Period: CustomStringConvertible {
  /// `2021`, `2021-Q2`, `2021-04`, `2021-W05`, `2021-04-01`.
  package var description: String {
    switch unit {
    case .year: return String(1970 + ordinal)
    case .quarter: return "\(first.year)-Q\((first.civil.month - 1) / 3 + 1)"
    case .month: return String(first.description.prefix(7))
    case .week:
      // ISO 8601: a week belongs to the year of its Thursday.
      let thursday = Day(number: first.number + 3)
      let start = Day(year: thursday.year, month: 1, day: 1) ?? thursday
      return "\(thursday.year)-W" + Day.padded((thursday.number - start.number) / 7 + 1, 2)
    case .day: return first.description
    }
  }
}
