import Columns
import Diagnostics
package import Engine
import Syntax

extension Inquiry {
  /// The question with `where` narrowing the populations that it names too, as far as they have the fields.
  ///
  /// Cases of one neighborhood are then divided by the people of that neighborhood, not of the city.
  package func narrowed(_ question: Question) throws -> Question {
    var question = question
    question.inner = try question.inner.map(narrowed)
    return try narrowed(question, by: question.where)
  }

  /// The question with a condition narrowing the populations that it names.
  func narrowed(_ question: Question, by condition: BoundCondition?) throws -> Question {
    var question = question
    guard let condition else { return question }
    switch question.versus {
    case .population(let population)?:
      question.versus = .population(try narrowed(population, by: condition))
    case .everyPopulation(let populations)?:
      question.versus = .everyPopulation(try populations.map { try narrowed($0, by: condition) })
    default: break
    }
    if case .people(let scale, let population)? = question.per {
      question.per = .people(scale, try narrowed(population, by: condition))
    }
    return question
  }

  private func narrowed(_ population: Population, by condition: BoundCondition) throws
    -> Population
  {
    guard case .rows(let dataset, let rows, let people, let margin) = population.content else {
      return population
    }
    let parts = if case .all(let parts) = condition.node { parts } else { [condition.node] }
    let scope = Scope(dataset: dataset, cohort: population.name)
    var narrower = rows
    var words: [String] = []
    for part in parts {
      guard hasFields(of: part, dataset), try !isOfOneYear(part, population) else { continue }
      do {
        let bound = try binder.condition(part, in: scope)
        narrower = narrower.and(bound.predicate)
        words.append(bound.wording.with)
      } catch let problem as Diagnostic where problem.id == "unknown-value" {
        throw VerbMessages.noPeople(population.name, Formatter.text(of: part), at: part.span)
      }
    }
    guard !words.isEmpty else { return population }
    return population.narrowed(
      to: .rows(dataset, narrower, people: people, marginOfError: margin),
      words: "with \(Words.list(words))")
  }

  /// Whether a condition is about the year, of which the people have one: that is when they were counted, and does not
  /// leave any of them out.
  private func isOfOneYear(_ condition: ConditionNode, _ population: Population) throws -> Bool {
    let names = NamesInTree.fieldNames(in: condition).map { Name.key(of: $0) }
    guard names.contains("year"), let (_, years) = try years(of: population) else { return false }
    return years.count < 2
  }

  /// Whether a condition is about fields alone, and the dataset has all of them.
  private func hasFields(of condition: ConditionNode, _ dataset: Dataset) -> Bool {
    switch condition {
    // Nobody among the people is unknown: that is a matter of the cases alone.
    case .test(.name(let name), _, let values):
      dataset.column(named: name.text) != nil && !values.contains { $0.kind == .unknown }
    case .not(let inner, _): hasFields(of: inner, dataset)
    case .all(let parts), .any(let parts): parts.allSatisfy { hasFields(of: $0, dataset) }
    case .test, .compare, .named, .missing: false
    }
  }
}
