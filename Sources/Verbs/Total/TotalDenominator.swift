import Columns
import Diagnostics
import Engine
import Syntax

/// What a total is divided by: the cases of a stage, or people of a population.
struct TotalDenominator {
  /// `convicted`, `100,000 of residents`.
  let name: String
  /// How often the quotient is taken: 1 for a stage.
  let scale: Double
  let population: Population?
  private let numbers: [[Value]: Double]
  private let exposure: Exposure?

  /// Nothing without `per`.
  init?(_ question: Question, _ inquiry: Inquiry) throws {
    switch question.per {
    case nil: return nil
    case .stage(let stage):
      let table = try inquiry.tabulate(
        question, rows: question.rows.and(stage.predicate),
        keys: question.by.map { .field($0.field) })
      numbers = Dictionary(
        table.rows.map { ($0.keys, $0.measures[0].double ?? 0) }, uniquingKeysWith: +)
      (name, scale, population, exposure) = (stage.text, 1, nil, nil)
    case .people(let scale, let population):
      exposure = try Exposure(
        population, keys: question.by, question, inquiry,
        at: question.span(of: .per) ?? question.ask.span)
      self.scale = scale
      self.population = population
      name = "\(Words.grouped(scale)) of \(population.name)"
      numbers = [:]
    }
  }

  /// How many stand below the line for a group.
  func count(of group: [Value]) -> Double {
    if let exposure { return exposure.people(in: group) ?? 0 }
    return numbers[group] ?? 0
  }

  /// A group's total ÷ its number.
  func quotient(_ total: Double, _ group: [Value]) -> Double? {
    let count = count(of: group)
    return count > 0 ? total / count * scale : nil
  }
}
