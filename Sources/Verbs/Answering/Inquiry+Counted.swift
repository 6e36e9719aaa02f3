import Columns
import Engine

extension Inquiry {
  /// What the answer rests on: units, rows left out because it is not known whether they belong, missing values.
  func counted(_ question: Question, n: Double, fields: [Field]) throws -> Counted {
    let cohort = try cohort(of: question)
    let card = cohort.dataset.card
    var counted = Counted(unit: unit(of: question), n: n, kind: card.kind)
    counted.period = period(of: question, cohort)
    let rows = question.rows
    if rows != .constant(true) {
      let table = try tabulate(question, rows: .constant(true), keys: [.test(rows)])
      counted.excluded =
        table.rows.first { $0.keys[0].isMissing }?.measures[0].double ?? 0
    }
    let unknown = try unknown(question, fields: fields)
    counted.unknown =
      unknown
      + (try notCounted(question).filter { apart in
        !unknown.contains { $0.field == apart.field && $0.n > 0 }
      })
    return counted
  }

  /// Rows that count for nothing: those that do not say of whom they are, where distinct units are
  /// counted, and those that do not say for how many they stand, where the card gives a weight.
  private func notCounted(_ question: Question) throws -> [(field: String, n: Double)] {
    guard
      let field = try unitField(of: question) ?? binder.weight(of: cohort(of: question).dataset)
    else { return [] }
    let dataset = try cohort(of: question).dataset
    if try runner.holdsAlways(field, of: dataset) { return [] }
    let n =
      try runner.tabulate(
        Tabulation(
          dataset: dataset.name, rows: question.rows.and(.missing(field)), measures: [.rows]),
        of: dataset
      ).rows.first?.measures[0].double ?? 0
    return n > 0 ? [(field.name, n)] : []
  }

  /// Rows of the question in which a field's value is missing, by field.
  func unknown(_ question: Question, fields: [Field]) throws -> [(field: String, n: Double)] {
    var distinct: [Field] = []
    for field in fields where !distinct.contains(field) { distinct.append(field) }
    guard !distinct.isEmpty else { return [] }
    let table = try tabulate(
      question, rows: question.rows, keys: distinct.map { .test(.missing($0)) })
    return distinct.enumerated().map { index, field in
      let n = table.rows.filter { $0.keys[index] == .truth(true) }
        .reduce(0) { $0 + ($1.measures[0].double ?? 0) }
      return (field.name, n)
    }
  }

  private func period(of question: Question, _ cohort: Cohort) -> (first: String, last: String)? {
    let period = question.period ?? cohort.period ?? cohort.dataset.card.period
    guard let period else { return nil }
    let first =
      period.firstWritten.isEmpty ? cohort.dataset.card.period?.firstWritten : period.firstWritten
    let last =
      period.lastWritten.isEmpty ? cohort.dataset.card.period?.lastWritten : period.lastWritten
    guard let first, let last else { return nil }
    return (first, last)
  }
}

extension Card {
  /// `full count`, or how many were drawn out of how many.
  var kind: String {
    sample.map { "sample of \(Words.grouped($0.drawn)) from \(Words.grouped($0.population))" }
      ?? "full count"
  }
}
