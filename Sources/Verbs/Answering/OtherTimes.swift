package import Diagnostics
package import Engine
import Syntax

extension Inquiry {
  /// A cohort of another dataset that is defined alike and whose data cover the time asked about, where
  /// those of the question's cohort do not.
  func cohortOfThatTime(_ question: Question) -> Cohort? {
    guard let cohort = question.cohort, let asked = question.period,
      let covered = cohort.dataset.card.period,
      asked.last < covered.first || asked.first > covered.last
    else { return nil }
    let meaning = Self.meaning(of: cohort)
    return catalogue.cohorts.first { other in
      guard other.dataset !== cohort.dataset, Self.meaning(of: other) == meaning,
        let time = other.dataset.card.period
      else { return false }
      return asked.first <= time.last && asked.last >= time.first
    }
  }

  /// What a definition says beside the dataset that it begins with.
  private static func meaning(of cohort: Cohort) -> Substring {
    let name = cohort.dataset.name
    return cohort.definition.hasPrefix(name)
      ? cohort.definition.dropFirst(name.count) : cohort.definition[...]
  }

  /// A problem of a question about a time that another cohort's data cover: it names the line to ask.
  package func withOtherTime(_ problem: Diagnostic, _ question: Question) -> Diagnostic {
    guard problem.id == "nothing-counted", let other = cohortOfThatTime(question),
      case .cohort(let name) = question.ask.subject,
      let covered = question.cohort?.dataset.card.year, let time = other.dataset.card.year
    else { return problem }
    var problem = problem
    problem.message += ": the data of \(question.cohort?.dataset.name ?? "") cover \(covered)"
    problem.help.append("\(other.name) is the same of \(time): \(line(question, other))")
    problem.edits = [Edit(name.span, Formatter.name(other.name))]
    return problem
  }

  /// The question, asked of another cohort.
  func line(_ question: Question, _ other: Cohort) -> String {
    let verb = question.ask.verb.text
    let begin = "\(verb) \(Formatter.name(question.cohort?.name ?? ""))"
    guard question.text.lowercased().hasPrefix(begin.lowercased()) else { return other.name }
    return "\(verb) \(Formatter.name(other.name))" + question.text.dropFirst(begin.count)
  }
}
