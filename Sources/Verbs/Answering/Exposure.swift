import Columns
import Diagnostics
import Engine
import Syntax

/// How many people a rate is counted in, by group: a population's numbers matched to a question's keys.
struct Exposure {
  /// By the texts of the keys that the population knows, in the order of `keys`.
  private let people: [[String]: Double]
  /// For each key of the question whether the population tells its groups apart.
  let isKnown: [Bool]
  /// Years added up, where the population has one number a year.
  let years: Int

  /// The people for a group of the question.
  func people(in group: [Value]) -> Double? {
    let known = zip(group, isKnown).filter(\.1).map { Exposure.text($0.0) }
    return people[known]
  }

  var total: Double { people.values.reduce(0, +) }

  /// A group's name as both sides write it: without regard to case and the kind of dash.
  static func text(_ value: Value) -> String {
    value.description.lowercased().replacing("–", with: "-")
  }

  /// The population's own groups, in their order.
  let groups: [(values: [Value], names: [String], people: Double)]

  /// Reads the population's numbers for the keys; a population with a number a year is confined to the years asked about.
  init(
    _ population: Population, keys: [BoundKey], _ question: Question, _ inquiry: Inquiry,
    at span: Span
  ) throws {
    guard case .rows(let dataset, var rows, let people, _) = population.content else {
      throw VerbMessages.populationLacks(population.name, "a number by group", at: span)
    }
    let run = inquiry.runner.monitor
    var fields: [Field] = []
    var isKnown: [Bool] = []
    for key in keys {
      let column = dataset.column(named: key.name)
      isKnown.append(column != nil)
      if let column { fields.append(try dataset.field(column, run: run)) }
    }
    var years = 1
    if let column = dataset.column(named: "year") {
      let field = try dataset.field(column, run: run)
      let period =
        question.period ?? question.cohort?.period ?? question.cohort?.dataset.card.period
      if let period {
        rows = rows.and(
          .test(
            field,
            .between(
              lower: .number(Decimal(period.years.lowerBound)),
              upper: .number(Decimal(period.years.upperBound)))))
      }
      let table = try inquiry.runner.tabulate(
        Tabulation(dataset: dataset.name, rows: rows, keys: [.field(field)]), of: dataset)
      years = max(1, table.rows.count)
    }
    let table = try inquiry.runner.tabulate(
      Tabulation(
        dataset: dataset.name, rows: rows, keys: fields.map(Key.field), measures: [.sum(people)]),
      of: dataset)
    groups = table.rows.map { row in
      (row.keys, row.keys.map(Exposure.text), row.measures[0].double ?? 0)
    }
    self.people = Dictionary(groups.map { ($0.names, $0.people) }, uniquingKeysWith: +)
    self.isKnown = isKnown
    self.years = years
  }
}
