import Columns
package import Diagnostics
package import Engine
package import Syntax

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

  /// The question asked of the one cohort that is defined alike, of rows that their card calls the same, and
  /// whose data cover the whole time asked about; nothing where those of the question's cohort cover any of it.
  ///
  /// A comparison with another time or cohort stays as it is: its other side is of the cohort that was named.
  package func ofThatTime(_ question: Question) -> (ask: Ask, caution: Caution)? {
    guard let cohort = question.cohort, let asked = question.period,
      case .cohort(let name) = question.ask.subject, let covered = cohort.dataset.card.period,
      asked.last < covered.first || asked.first > covered.last
    else { return nil }
    switch question.versus {
    case .period?, .cohort?: return nil
    default: break
    }
    let meaning = Self.meaning(of: cohort)
    let others = catalogue.cohorts.filter { other in
      guard other.dataset !== cohort.dataset, Self.meaning(of: other) == meaning,
        let time = other.dataset.card.period
      else { return false }
      let isOpen = asked.last.number >= 3_000_000
      return asked.first >= time.first && (isOpen ? asked.first : asked.last) <= time.last
        && other.dataset.card.countsAlike(cohort.dataset.card)
    }
    guard others.count == 1, let other = others.first else { return nil }
    var ask = question.ask
    ask.subject = .cohort(Name(other.name, at: name.span, isQuoted: name.isQuoted))
    return (
      ask,
      Caution(
        "other-cohort",
        "The data of \(cohort.name) cover \(cohort.dataset.card.year ?? ""), and nothing of what was asked for. "
          + "\(other.name) is the same of \(other.dataset.card.year ?? ""), and this is about it.")
    )
  }

  /// What a definition says beside the dataset that it begins with.
  private static func meaning(of cohort: Cohort) -> Substring {
    let name = cohort.dataset.name
    return cohort.definition.hasPrefix(name)
      ? cohort.definition.dropFirst(name.count) : cohort.definition[...]
  }

  /// A problem of a question about a time that another cohort's data cover: it names the line to ask.
  package func withOtherTime(_ problem: Diagnostic, _ question: Question) -> Diagnostic {
    // The other side of a comparison of times lies in the data that were named.
    if case .period? = question.versus { return problem }
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

extension Card {
  /// Whether two cards say that a row is the same thing, of the same place, coded alike.
  fileprivate func countsAlike(_ other: Card) -> Bool {
    unit == other.unit && place == other.place && coding == other.coding && ages == other.ages
      && weight == nil && other.weight == nil && sample == nil && other.sample == nil
  }
}
