import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// How many times over: a share against a share.
package struct Ratio: Verb {
  package static let signature = Signature(
    "ratio", summary: "how many times over a group is there, against a population or another group",
    subjects: [.cohort, .figures], slots: [.condition("GROUP", isRequired: false)],
    clauses: [
      .versus, .per, .where, .by, .within, .in, .since, .before, .top, .unit, .level, .using,
      .anyway,
    ],
    examples: [
      .init("ratio buybust race=Black vs population", "a share against the population that fits"),
      .init("ratio buybust race=Black vs every population", "one line for each population"),
      .init("ratio buybust race=Black vs race=White per population", "the relative rate index"),
      .init("ratio drug race=Black vs population by method", "the same inside each group"),
      .init("ratio drug race=Black vs everyone else by year", "any comparison, for each value"),
      .init("ratio drug race=Black in 2020 vs 2019", "the share in another period"),
      .init("ratio drug in 2020 vs 2019", "the number of one period over that of another"),
      .init("ratio 162 of 200 vs 39%", "figures of one's own"),
    ],
    figures: [
      ("share", "the group's part of the cohort"), ("benchmark", "the part it is compared with"),
      ("index", "share ÷ benchmark"), ("ceiling", "the highest index this benchmark allows"),
      ("rate-ratio", "the group's rate against everyone else's"),
      ("index-bound-low", "the index if every unknown is not of the group"),
      ("index-bound-high", "the index if every unknown is"),
      ("gap", "share − benchmark"), ("excess", "people more than a proportional draw"),
      ("rri", "relative rate index: rate of one group ÷ rate of the other"),
      ("rate", "with `per`: each group's rate per 1,000 of its people"),
      ("count", "without `per`: each group's or period's number"),
      ("bound-low", "the share if every unknown is not of the group"),
      ("bound-high", "the share if every unknown is"),
      ("crude-index", "with `within`: the index in all strata taken together"),
      ("adjusted-index", "with `within`: the index inside the strata"),
      ("crude-rate-ratio", "with `within`: the rate ratio in all strata taken together"),
      ("adjusted-rate-ratio", "with `within`: the rate ratio inside the strata, Mantel-Haenszel"),
    ])

  package static let families: [MethodFamily] = [
    .populationShare, .groupAgainstRest, .rateRatio, .riskRatio, .relativeRateIndex,
  ]

  package static let mainFigures = ["rri", "index"]

  /// A share against a known one has a table of its own, where the same one fits every group.
  package static func isAskedOfEach(_ question: Question) -> Bool {
    switch question.versus {
    case .share?: !question.within.isEmpty
    case .population(let population)?:
      !question.within.isEmpty
        || question.by.contains {
          population.tells($0) || ($0.field.calendar != nil && population.hasYears)
        }
    case nil: false
    default: true
    }
  }

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    guard let versus = question.versus else {
      throw BindingMessages.needsComparison(
        inquiry.catalogue.populations.map(\.name), at: question.ask.span)
    }
    if case .figures(let figures) = question.about {
      return try RatioOfFigures.answer(figures, versus, question, inquiry)
    }
    if question.conditions.isEmpty, case .period(let coverage, let period) = versus {
      return try RatioOfPeriods.answer(coverage, period, question, inquiry)
    }
    let condition = try inquiry.condition(0, of: question, signature)
    let span = question.span(of: .versus) ?? question.ask.span
    switch versus {
    case .share(let share, let written):
      let benchmark = Benchmark(
        name: written, share: share, people: nil, margins: nil, population: nil)
      return try RatioToShare.answer(condition, benchmark, question, inquiry, at: span)
    case .population(let population):
      let benchmark = try inquiry.benchmark(population, condition, question, at: span)
      return try RatioToShare.answer(condition, benchmark, question, inquiry, at: span)
    case .everyPopulation(let populations):
      return try RatioToEvery.answer(condition, populations, question, inquiry, at: span)
    case .condition, .everyoneElse:
      return try RatioOfGroups.answer(condition, versus, question, inquiry, at: span)
    case .cohort, .period, .figures:
      return try RatioOfShares.answer(condition, versus, question, inquiry, at: span)
    }
  }
}
