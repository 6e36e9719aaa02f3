import Engine
import Syntax

/// What a rate is divided by: the stage that `of` or `per` names, or the one just before.
struct StageDenominator {
  let predicate: Predicate
  /// Nothing where the denominator is the whole cohort.
  let name: String

  init(_ event: BoundCondition, _ question: Question, _ cohort: Cohort) {
    if let of = question.of {
      predicate = of.predicate
      name = of.text
      return
    }
    if case .stage(let stage)? = question.per {
      predicate = stage.predicate
      name = stage.text
      return
    }
    let stages = cohort.dataset.stages
    if case .named(let written) = event.node,
      let index = stages.firstIndex(where: { Name.key(of: $0.name) == written.key }), index > 0
    {
      predicate = stages[index - 1].reached
      name = stages[index - 1].name
    } else {
      predicate = .constant(true)
      name = ""
    }
  }
}
