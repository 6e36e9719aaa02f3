import Engine
import Syntax

/// Cases of some people beside the whole of a population that can't tell those people apart.
enum WholePopulation {
  /// Parts of the names of fields that say of people who they are or where they live.
  private static let words: Set<String> = [
    "sex", "gender", "age", "agegroup", "race", "ethnicity", "neighborhood", "neighbourhood", "zip",
    "city", "county", "ward", "precinct", "district", "beat",
  ]

  static func look(_ question: Question, _ answer: inout Answer) {
    guard let condition = question.where,
      !answer.cautions.contains(where: { $0.id == "whole-population" })
    else { return }
    let names = condition.fields.map(\.name).filter { name in
      let key = Name.key(of: name)
      return words.contains(key)
        || key.split(separator: "_").contains { words.contains(String($0)) }
    }
    for population in populations(of: question) {
      guard let dataset = population.dataset else { continue }
      var missing: [String] = []
      for name in names where dataset.column(named: name) == nil && !missing.contains(name) {
        missing.append(name)
      }
      guard !missing.isEmpty else { continue }
      answer.cautions.append(
        Caution(
          "whole-population",
          "\(population.name) has no \(Words.list(missing)): the cases are of some people only, "
            + "and stand beside everyone in it."))
    }
  }

  private static func populations(of question: Question) -> [Population] {
    if case .people(_, let population)? = question.per { return [population] }
    switch question.versus {
    case .population(let population)?: return [population]
    case .everyPopulation(let populations)?: return populations
    default: return []
    }
  }
}
