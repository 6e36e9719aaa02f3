import Columns
import Diagnostics
import Engine
import Syntax

/// How many people a rate is counted in, by group: a population's numbers matched to a question's keys.
///
/// A population with a number for each of several years gives person-years: each year's people times the part of it that the
/// question covers.
struct Exposure {
  /// By the texts of the keys that the population knows, in the order of `keys`.
  private let people: [[String]: Double]
  /// For each key of the question whether the population tells its groups apart.
  let isKnown: [Bool]
  /// Whether people are multiplied by time, and the time is not just one year.
  let isPersonYears: Bool
  /// Years that the question covers and the population has no number for.
  let yearsWithout: [Int]
  /// Whether the population has one number for each year.
  let hasYears: Bool

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

  /// Reads the population's numbers for the keys.
  init(
    _ population: Population, keys: [BoundKey], _ question: Question, _ inquiry: Inquiry,
    at span: Span
  ) throws {
    guard case .rows(let dataset, let rows, let people, _) = population.content else {
      throw VerbMessages.populationLacks(population.registeredName, "a number by group", at: span)
    }
    let run = inquiry.runner.monitor
    let year = try dataset.column(named: "year").map { try dataset.field($0, run: run) }
    let columns = try keys.map { key in
      try dataset.column(named: key.name).map { try dataset.field($0, run: run) }
    }
    let table = try inquiry.runner.tabulate(
      Tabulation(
        dataset: dataset.name, rows: rows,
        keys: (columns.compactMap(\.self) + [year].compactMap(\.self)).map(Key.field),
        measures: [.sum(people)]), of: dataset)
    let known = Set(
      table.rows.compactMap { year == nil ? nil : $0.keys.last?.double.map { Int($0) } })
    // One year alone is when the people were counted, and no series.
    let time = known.count > 1 ? try PersonTime(question, inquiry) : nil
    // A month has its year's people, for as long as it lasts.
    let calendar = keys.indices.first { index in
      keys[index].field.calendar != nil && columns[index] == nil && time != nil
    }
    var found: [(values: [Value], names: [String], people: Double)] = []
    var places: [[String]: Int] = [:]
    func add(_ values: [Value], _ people: Double) {
      let names = values.map(Exposure.text)
      if let place = places[names] {
        found[place].people += people
      } else {
        places[names] = found.count
        found.append((values, names, people))
      }
    }
    for row in table.rows {
      let number = row.measures[0].double ?? 0
      var values = row.keys
      guard let time else {
        add(year == nil ? values : Array(values.dropLast()), number)
        continue
      }
      guard let year = values.removeLast().double.map({ Int($0) }) else { continue }
      if let calendar, let unit = keys[calendar].field.calendar?.unit {
        let place = columns[..<calendar].compactMap(\.self).count
        for period in Exposure.periods(unit, of: year) {
          let part = time.part(of: year, in: period)
          guard part > 0, time.isKnown(period, known) else { continue }
          add(
            Array(values[..<place]) + [Value.period(period)] + Array(values[place...]),
            number * part)
        }
      } else if let part = time.years[year], part > 0 {
        add(values, number * part)
      }
    }
    yearsWithout =
      time.map { time in
        time.years.filter { $0.value > 0 && !known.contains($0.key) }.keys.sorted()
      } ?? []
    groups = found
    self.people = Dictionary(found.map { ($0.names, $0.people) }, uniquingKeysWith: +)
    isKnown = columns.enumerated().map { $0.element != nil || $0.offset == calendar }
    hasYears = time != nil
    isPersonYears = time.map { calendar != nil || abs($0.total - 1) > 1e-9 } ?? false
  }

  /// The quarters, months, weeks or days that a year has a part of.
  private static func periods(_ unit: PeriodUnit, of year: Int) -> [Period] {
    guard let start = Day(year: year, month: 1, day: 1) else { return [] }
    var periods = [Period(unit, of: start)]
    while let next = periods.last?.next, next.first.year == year { periods.append(next) }
    return periods
  }

  /// Cases of years without a number of people make a rate too high.
  func caution(_ population: String, _ answer: inout Answer) {
    guard let first = yearsWithout.first else { return }
    let years =
      yearsWithout.count == 1 ? "\(first)" : "\(first) and \(yearsWithout.count - 1) other years"
    answer.cautions.append(
      Caution(
        "no-people-known",
        "\(population) has no number of people for \(years), whose cases are counted all the same: "
          + "the rate over all is too high.", severity: .stop))
  }
}
