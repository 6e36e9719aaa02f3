import Columns
import Engine
import Syntax

/// The years of a population that a question is about, where it has numbers for several.
///
/// Who lives in a place for a year is a year of people: a share over several years is that of all years of people, each
/// year by the part of it that the question covers.
struct PopulationYears {
  /// The field of years, and the part of each that counts, in parts of 1.
  let field: Field
  let parts: [Int: Double]
  /// Years that the question covers and the population has no number for.
  let without: [Int]
  /// Whether the population has none of the years that the question covers, so that the nearest stands for them.
  let isNearest: Bool

  /// Nothing where the population has no field of years, or one year alone: that is when its people were counted.
  init?(_ population: Population, _ question: Question, _ inquiry: Inquiry) throws {
    guard case .rows(let dataset, let rows, _, _) = population.content,
      let (field, all) = try inquiry.years(of: population), all.count > 1
    else { return nil }
    let known = try inquiry.years(field, rows, of: dataset)
    guard let first = known.first, let last = known.last else { return nil }
    self.field = field
    let time = try PersonTime(question, inquiry)
    let covered = time?.years.filter { $0.value > 0 } ?? [:]
    let shared = covered.filter { known.contains($0.key) }
    if !shared.isEmpty {
      parts = shared
    } else if let begin = covered.keys.min() {
      parts = [begin > last ? last : known.min { abs($0 - begin) < abs($1 - begin) } ?? first: 1]
    } else {
      parts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: { a, _ in a })
    }
    isNearest = shared.isEmpty && !covered.isEmpty
    // Years that `where` leaves out are not missed.
    without = known == all ? covered.keys.filter { !known.contains($0) }.sorted() : []
    isAsked = parts.count == 1 && parts.keys.first == question.period.flatMap(\.onlyYear)
  }

  /// What a row of a year counts: the part of the year that is covered.
  func part(_ year: Value?) -> Double { year?.double.flatMap { parts[Int($0)] } ?? 0 }

  /// `2019`, `2017 to 2020`, `2017 and 2019`.
  private var names: String {
    let years = parts.keys.sorted()
    guard let first = years.first, let last = years.last, years.count > 2,
      last - first == years.count - 1
    else { return Words.list(years.map { "\($0)" }) }
    return "\(first) to \(last)"
  }

  /// Whether the people are those of the one year that the question names.
  private let isAsked: Bool

  /// Says whose people they are.
  ///
  /// - Parameter effect: what it does to the figures that cases of other years are counted, with the years there are.
  func say(_ population: Population, _ effect: (String) -> String, _ answer: inout Answer) {
    let name = population.name
    if isNearest {
      answer.remarks.append(
        "\(name) has no people of the time asked about: those of \(names) stand for them.")
    } else if parts.count > 1 {
      answer.remarks.append(
        "The people of \(name) are those of \(names), each year by the part of it that is covered.")
    } else if !isAsked {
      answer.remarks.append("The people of \(name) are those of \(names).")
    }
    guard !isNearest, let first = without.first else { return }
    let years = without.count == 1 ? "\(first)" : "\(first) and \(without.count - 1) other years"
    answer.cautions.append(
      Caution(
        "no-people-known",
        "\(name) has no number of people for \(years), whose cases are counted all the same: "
          + "\(effect(names))."))
  }
}

extension Coverage {
  /// The year that it lies in.
  fileprivate var onlyYear: Int? { first.year == last.year ? first.year : nil }
}

extension Inquiry {
  /// The field of a population's years, with those it has numbers for, whatever a question narrowed it to.
  func years(of population: Population) throws -> (field: Field, years: [Int])? {
    guard case .rows(let dataset, let rows, _, _) = population.registeredContent,
      let column = dataset.column(named: "year")
    else { return nil }
    let field = try dataset.field(column, run: runner.monitor)
    return (field, try years(field, rows, of: dataset))
  }

  func years(_ field: Field, _ rows: Predicate, of dataset: Dataset) throws -> [Int] {
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, rows: rows, keys: [.field(field)]), of: dataset)
    return table.rows.compactMap { $0.keys[0].double.map { Int($0) } }.sorted()
  }
}
