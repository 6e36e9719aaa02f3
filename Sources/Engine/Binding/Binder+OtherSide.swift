import Columns
import Diagnostics
import Syntax

extension Binder {
  /// A question as it is asked of a cohort of another dataset, the other side of a comparison.
  ///
  /// Its condition and its `where` are read by that dataset's fields, its time by the date there. What that
  /// dataset has no field for, or no data of the time, does not narrow it: `unheld` has these clauses.
  package func moved(_ question: Question, to cohort: Cohort) throws -> (
    question: Question, unheld: [String]
  ) {
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    var moved = question
    var unheld: [String] = []
    moved.about = .cohort(cohort)
    moved.versus = nil
    moved.conditions = try question.conditions.map { try condition($0.node, in: scope) }
    moved.where = nil
    if let filter = question.where {
      do {
        moved.where = try condition(filter.node, in: scope)
      } catch let problem as Diagnostic where problem.id == "unknown-field" {
        unheld.append("`where \(filter.text)`")
      }
    }
    moved.periodCondition = .constant(true)
    if let period = question.period {
      if let date = try? date(of: scope, at: question.ask.span), covers(cohort.dataset, period) {
        moved.periodCondition = Binder.condition(on: date, period)
      } else {
        unheld.append("`\(question.periodWords)`")
        moved.period = nil
      }
    }
    return (moved, unheld)
  }

  /// Whether a dataset may have rows of a time, as far as its card says.
  private func covers(_ dataset: Dataset, _ period: Coverage) -> Bool {
    guard let covered = dataset.card.period else { return true }
    return period.first <= covered.last && period.last >= covered.first
  }
}
