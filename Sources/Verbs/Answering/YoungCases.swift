import Columns
import Engine
import Syntax

extension Inquiry {
  /// Says which periods are too young for a rate of a stage: half of those that reach it need longer than
  /// the data go on after the period's end.
  func cautionYoung(
    _ event: BoundCondition, from start: Field?, _ question: Question, _ answer: inout Answer
  ) throws {
    guard case .named(let name) = event.node, let cohort = question.cohort,
      let stage = cohort.dataset.stage(named: name.text), let reached = stage.date,
      let key = question.by.first(where: { $0.field.calendar != nil }),
      let date = key.field.calendar?.date
    else { return }
    let start = start ?? date
    guard start != reached, let median = try medianDays(from: start, to: reached, question),
      let end = try lastDay(of: question, [date])
    else { return }
    let periods = try tabulate(question, rows: question.rows, keys: [.field(key.field)]).rows
      .compactMap { row -> Period? in
        if case .period(let period) = row.keys[0] { period } else { nil }
      }
    let young = periods.filter { Double($0.last.number) + median > Double(end.number) }
    guard let first = young.first, let last = young.last else { return }
    let isOne = young.count == 1
    let names =
      isOne ? "\(first) has not had its time" : "\(first) to \(last) have not had their time"
    answer.cautions.append(
      Caution(
        "too-young",
        "\(names) yet: half of those that reach \(stage.name) need more than "
          + "\(Numbers.text(median, .days)), and the data end on \(end). "
          + "\(isOne ? "Its rate" : "Their rates") will still rise."))
  }

  /// The median number of days between two dates, of the rows that have both.
  private func medianDays(from start: Field, to end: Field, _ question: Question) throws -> Double?
  {
    let days = Field.computed(name: "days", .call(.days, [.field(start), .field(end)]))
    let rows = question.cohort?.rows ?? .constant(true)
    let table = try tabulate(question, rows: rows, keys: [.field(days)], measures: [.rows])
    let counts = table.rows.compactMap { row -> (days: Double, n: Double)? in
      guard let value = row.keys[0].double, value >= 0 else { return nil }
      return (value, row.measures[0].double ?? 0)
    }
    let half = counts.reduce(0) { $0 + $1.n } / 2
    var passed = 0.0
    for count in counts {
      passed += count.n
      if passed >= half { return count.days }
    }
    return nil
  }
}

extension Field {
  /// The unit and date of a part of the calendar.
  var calendar: (unit: PeriodUnit, date: Field)? {
    if case .period(let unit, let date) = self { (unit, date) } else { nil }
  }
}
