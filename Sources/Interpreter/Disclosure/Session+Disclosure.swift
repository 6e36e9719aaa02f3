import Engine
import Syntax

extension Session {
  /// The answer as it may be shown: small cells of restricted datasets are masked.
  func disclosed(_ answer: Answer, to question: Question) throws -> Answer {
    var answer = answer
    for question in [question] + question.inner {
      for (cohort, asked) in try restricted(in: question) {
        let family = try CountedFamily(asked, cohort, runner)
        let most = Double(catalogue.settings.maskBelow)
        let verdict = try disclosure.verdict(
          on: family, of: question.text, most: most,
          weight: try binder.weight(of: cohort.dataset), runner)
        var masking = Masking(verdict, of: family, most: most)
        answer = masking.masked(answer)
      }
    }
    return answer
  }

  /// The restricted datasets of a question, each with the question as it is about that one.
  private func restricted(in question: Question) throws -> [(Cohort, Question)] {
    var list: [(Cohort, Question)] = []
    if let cohort = question.cohort, cohort.dataset.card.isRestricted {
      list.append((cohort, question))
    }
    if case .cohort(let other)? = question.versus, other.dataset.card.isRestricted,
      other.dataset !== question.cohort?.dataset
    {
      let (moved, _) = try binder.moved(question, to: other)
      list.append((other, moved))
    }
    return list
  }
}
