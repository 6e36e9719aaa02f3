import Columns
import Diagnostics
import Engine
import Syntax

/// The periods of a trend in order, those without a row included, or the steps of a number field.
struct TrendAxis {
  /// One place along the axis.
  struct Place {
    let value: Value
    /// Nothing where the axis is no calendar.
    let period: Period?
    /// Where the fit puts it: in years, or as the number stands.
    let time: Double
    /// Whether the data cover only a part of it; it is then left out of the fit.
    let isPartial: Bool
  }

  let places: [Place]
  let key: BoundKey
  /// The keys beside time: one line for each group.
  let groupKeys: [BoundKey]
  /// `month`; of a number field its name.
  let unit: String
  /// The step that a change is given for: `a year`, or `a step of decile_score`.
  let perStep: String

  /// More periods than this are no trend that can be read.
  private static let most = 1000

  init(_ question: Question, _ inquiry: Inquiry) throws {
    guard let key = question.by.first(where: { TrendAxis.isTime($0.field) }) else {
      throw VerbMessages.needsPeriod(
        "trend", "trend \(question.cohort?.name ?? "COHORT") by month",
        at: question.span(of: .by) ?? question.ask.span)
    }
    self.key = key
    groupKeys = question.by.filter { $0.field != key.field }
    if let (unit, date) = key.field.calendar {
      self.unit = unit.rawValue
      perStep = "a year"
      places = try TrendAxis.calendar(unit, date, question, inquiry)
    } else {
      let isYear = Name.key(of: key.name) == "year"
      unit = isYear ? "year" : "step"
      perStep = isYear ? "a year" : "a step of \(key.name)"
      places = try TrendAxis.steps(key.field, isYear: isYear, question, inquiry)
    }
    guard places.count <= TrendAxis.most else {
      throw VerbMessages.tooManyGroups(
        places.count, limit: TrendAxis.most, at: question.span(of: .by) ?? question.ask.span)
    }
  }

  private static func isTime(_ field: Field) -> Bool {
    field.calendar != nil || field.type?.isNumber == true
  }

  var partial: [Place] { places.filter(\.isPartial) }

  // MARK: - The calendar

  private static func calendar(
    _ unit: PeriodUnit, _ date: Field, _ question: Question, _ inquiry: Inquiry
  ) throws -> [Place] {
    guard let seen = try inquiry.observedDays(of: date, question) else { return [] }
    let covered = CoveredDays(seen, question)
    let first = Period(unit, of: covered.begins ?? max(covered.first, seen.first))
    let last = Period(
      unit, of: covered.ends ?? max(covered.first, min(covered.last, seen.last)))
    guard first <= last, last.ordinal - first.ordinal < most * 2 else { return [] }
    return (first.ordinal...last.ordinal).map { ordinal in
      let period = Period(unit: unit, ordinal: ordinal)
      return Place(
        value: .period(period), period: period,
        time: Double(ordinal - first.ordinal) / unit.perYear, isPartial: covered.cuts(period))
    }
  }

  // MARK: - A number field

  /// Whole numbers without gaps; other numbers as they occur.
  private static func steps(
    _ field: Field, isYear: Bool, _ question: Question, _ inquiry: Inquiry
  ) throws -> [Place] {
    let values = try inquiry.tabulate(question, rows: question.rows, keys: [.field(field)]).rows
      .map { $0.keys[0] }.filter { !$0.isMissing }
    let whole = values.compactMap { value -> Int? in
      if case .number(let number) = value { number.integer } else { nil }
    }
    guard whole.count == values.count, let least = whole.min(), let greatest = whole.max(),
      greatest - least < most * 2
    else {
      return values.compactMap { value in
        value.double.map { Place(value: value, period: nil, time: $0, isPartial: false) }
      }
    }
    let covered = question.cohort?.dataset.card.period
    return (least...greatest).map { number in
      let period = isYear ? Period(unit: .year, ordinal: number - 1970) : nil
      let isCut = period.map { period in
        covered.map { period.first < $0.first || period.last > $0.last } ?? false
      }
      return Place(
        value: .number(Decimal(number)), period: period, time: Double(number),
        isPartial: isCut ?? false)
    }
  }
}

extension PeriodUnit {
  /// How many make a year, on average.
  var perYear: Double {
    switch self {
    case .year: 1
    case .quarter: 4
    case .month: 12
    case .week: 365.25 / 7
    case .day: 365.25
    }
  }
}
