import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// The share that a cohort's share is compared with.
struct Benchmark {
  /// What the sentence calls it: a population's name, or the percentage as written.
  let name: String
  let share: Double
  /// People of the group and of everyone, where the population gives numbers.
  let people: (group: Double, total: Double)?
  /// A survey's margins of error, where the population has them.
  let margins: (group: Double, total: Double)?
  let population: Population?

  /// What its figure is called.
  var label: String { population == nil ? "share given" : "share of \(name)" }
}

extension Inquiry {
  /// The part of a population that a condition holds for.
  func benchmark(
    _ population: Population, _ condition: BoundCondition, _ question: Question, at span: Span
  ) throws -> Benchmark {
    let (group, total, margins) = try people(population, condition, question, at: span)
    guard total > 0, group > 0 else {
      throw VerbMessages.noPeople(population.name, condition.wording.with, at: span)
    }
    return Benchmark(
      name: population.name, share: group / total, people: (group, total), margins: margins,
      population: population)
  }

  private func people(
    _ population: Population, _ condition: BoundCondition, _ question: Question, at span: Span
  ) throws -> (group: Double, total: Double, margins: (group: Double, total: Double)?) {
    switch population.content {
    case .rows(let dataset, let rows, let people, _):
      let scope = Scope(dataset: dataset, cohort: population.name)
      let predicate: Predicate
      do {
        predicate = try binder.condition(condition.node, in: scope).predicate
      } catch let problem as Diagnostic where problem.id != "source" {
        throw VerbMessages.populationLacks(
          population.registeredName, condition.wording.with, at: span)
      }
      let years = try PopulationYears(population, question, self)
      let table = try runner.tabulate(
        Tabulation(
          dataset: dataset.name, rows: rows,
          keys: [.test(predicate)] + (years.map { [.field($0.field)] } ?? []),
          measures: [.sum(people)]), of: dataset)
      func sum(_ rows: [SmallTable.Row]) -> Double {
        rows.reduce(0) { sum, row in
          sum + (row.measures[0].double ?? 0) * (years?.part(row.keys.last) ?? 1)
        }
      }
      return (sum(table.rows.filter { $0.keys[0] == .truth(true) }), sum(table.rows), nil)
    case .across(let field, let groups, let total):
      let found = try across(field, groups, condition, population.registeredName, at: span)
      let people = found.reduce(0) { $0 + $1.people.double }
      let margins = Inquiry.margin(of: found).flatMap { margin in
        total.marginOfError.map { (group: margin, total: $0.double) }
          ?? (group: margin, total: 0)
      }
      return (people, total.people.double, margins)
    }
  }

  /// The people of two groups in each stratum of a population, by the texts of the strata; without
  /// a second condition that is everyone else.
  func people(
    _ population: Population, _ condition: BoundCondition, _ other: BoundCondition?,
    by keys: [BoundKey], _ question: Question, at span: Span, asked: Span
  ) throws -> [[String]: (group: [Value], first: Double, second: Double)] {
    guard case .rows(let dataset, let rows, let people, _) = population.content else {
      throw VerbMessages.populationLacks(
        population.registeredName, "one \(Words.list(keys.map(\.name), last: "or")) or another",
        at: asked)
    }
    let fields = try keys.map { key -> Field in
      guard let column = dataset.column(named: key.name) else {
        throw VerbMessages.populationLacksKey(
          population.name, key.name, condition.wording.with, at: asked)
      }
      return try dataset.field(column, run: runner.monitor)
    }
    let years = try PopulationYears(population, question, self)
    var groups: [[String]: [Value]] = [:]
    func count(_ predicate: Predicate) throws -> [[String]: Double] {
      let table = try runner.tabulate(
        Tabulation(
          dataset: dataset.name, rows: rows.and(predicate),
          keys: (fields + [years?.field].compactMap(\.self)).map(Key.field),
          measures: [.sum(people)]), of: dataset)
      return Dictionary(
        table.rows.map { row in
          let group = Array(row.keys.prefix(fields.count))
          groups[group.map(Exposure.text)] = group
          let part = years.map { $0.part(row.keys.last) } ?? 1
          return (group.map(Exposure.text), (row.measures[0].double ?? 0) * part)
        }, uniquingKeysWith: +)
    }
    func predicate(_ condition: BoundCondition) throws -> Predicate {
      let scope = Scope(dataset: dataset, cohort: population.name)
      do {
        return try binder.condition(condition.node, in: scope).predicate
      } catch let problem as Diagnostic where problem.id != "source" {
        throw VerbMessages.populationLacks(
          population.registeredName, condition.wording.with, at: span)
      }
    }
    let first = try count(try predicate(condition))
    let second = try other.map { try count(try predicate($0)) }
    let all = try count(.constant(true))
    return Dictionary(
      uniqueKeysWithValues: all.map { key, people in
        let members = first[key] ?? 0
        return (
          key, (groups[key] ?? [], members, second.map { $0[key] ?? 0 } ?? people - members)
        )
      })
  }

  /// Margins of groups that are added up: the root of the sum of their squares (ACS handbook, chapter 8).
  private static func margin(of groups: [Population.Group]) -> Double? {
    let margins = groups.compactMap { $0.marginOfError?.double }
    guard margins.count == groups.count, !margins.isEmpty else { return nil }
    return margins.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// The groups of a wide population that `field=value|value` names.
  private func across(
    _ field: String, _ groups: [Population.Group], _ condition: BoundCondition, _ name: String,
    at span: Span
  ) throws -> [Population.Group] {
    guard case .test(.name(let tested), .equal, let values) = condition.node,
      Name.key(of: tested.text) == Name.key(of: field)
    else { throw VerbMessages.populationLacks(name, condition.wording.with, at: span) }
    return try values.map { value in
      guard let group = groups.first(where: { $0.name.lowercased() == value.text.lowercased() })
      else { throw VerbMessages.populationLacks(name, condition.wording.with, at: span) }
      return group
    }
  }

  /// What the population's card and the cohort's card disagree about: stops unless `anyway`, and cautions.
  func cardCautions(
    _ question: Question, _ population: Population, at span: Span, stops: Bool = true
  ) throws -> [Caution] {
    guard let cohort = question.cohort else { return [] }
    let card = cohort.dataset.card
    let other = population.card
    var cautions: [Caution] = []
    let canPass = question.isAnyway || !stops
    if let place = card.place, let otherPlace = other.place,
      Name.key(of: place) != Name.key(of: otherPlace)
    {
      guard canPass else {
        throw VerbMessages.placeDiffers(cohort.name, place, population.name, otherPlace, at: span)
      }
      cautions.append(
        Caution(
          "place-differs",
          "\(cohort.name) is about \(place); \(population.name) is about \(otherPlace).",
          severity: .stop, isPassed: true))
    }
    if let coding = card.coding, let otherCoding = other.coding, coding != otherCoding {
      guard canPass else {
        throw VerbMessages.codingDiffers(
          cohort.name, coding, population.name, otherCoding, at: span)
      }
      cautions.append(
        Caution(
          "coding-differs",
          "\(cohort.name) codes race as \(coding); \(population.name) as \(otherCoding).",
          severity: .stop, isPassed: true))
    }
    cautions += yearCaution(question, cohort, population).map { [$0] } ?? []
    if let ages = card.ages, let otherAges = other.ages, ages != otherAges {
      cautions.append(
        Caution(
          "ages-differ",
          "\(cohort.name) is \(ages.words); \(population.name) is \(otherAges.words)."
            + (question.has(.versus) ? " See: \(everyPopulation(question))" : "")))
    }
    return cautions
  }

  /// Years more than two apart.
  private func yearCaution(_ question: Question, _ cohort: Cohort, _ population: Population)
    -> Caution?
  {
    guard let period = question.period ?? cohort.period ?? cohort.dataset.card.period,
      let year = population.card.period
    else { return nil }
    let years = period.years
    let distance = max(
      years.lowerBound - year.years.upperBound, year.years.lowerBound - years.upperBound)
    guard distance > 2 else { return nil }
    let covered =
      years.count == 1 ? "\(years.lowerBound)" : "\(years.lowerBound)–\(years.upperBound)"
    return Caution(
      "years-differ",
      "\(cohort.name) covers \(covered); \(population.name) is of \(population.card.year ?? ""), \(distance) years apart."
    )
  }

  /// The same question against every population.
  private func everyPopulation(_ question: Question) -> String {
    var ask = question.ask
    ask.clauses = ask.clauses.filter { ![.per, .within].contains($0.word) }.map { clause in
      guard case .versus = clause.kind else { return clause }
      return Clause(.versus(.everyPopulation(clause.span)), at: clause.span)
    }
    return Formatter.text(of: ask)
  }
}
