import Columns
import Engine

/// The days on which a date of a dataset was seen.
struct ObservedDays {
  let first: Day
  let last: Day
  /// Rows in which the date is known.
  let n: Double
}

extension Inquiry {
  /// First and last day of a date among all rows of the question's dataset; nothing where no row has one.
  func observedDays(of date: Field, _ question: Question) throws -> ObservedDays? {
    guard let dataset = question.cohort?.dataset else { return nil }
    let table = try runner.tabulate(
      Tabulation(
        dataset: dataset.name, rows: .not(.missing(date)),
        measures: [.rows, .least(date), .greatest(date)]), of: dataset)
    guard let measures = table.rows.first?.measures, let first = measures[1].day,
      let last = measures[2].day
    else { return nil }
    return ObservedDays(first: first, last: last, n: measures[0].double ?? 0)
  }

  /// The last day on which a dataset is known to have been kept: the end of its card's period, or a later
  /// date of one of its stages; `set today` where it is given.
  func lastDay(of question: Question, _ dates: [Field] = []) throws -> Day? {
    if let today = settings.today { return today }
    guard let dataset = question.cohort?.dataset else { return nil }
    var fields: [Field] = []
    for field in dates + dataset.stages.compactMap(\.date) where !fields.contains(field) {
      fields.append(field)
    }
    var last = dataset.card.period?.last
    for field in fields {
      guard let seen = try observedDays(of: field, question)?.last else { continue }
      last = last.map { max($0, seen) } ?? seen
    }
    return last
  }
}
