import Syntax

extension Question {
  /// Whom the question is about beside its cohort, in plain English: `among cases with agency KCPD, in 2020`;
  /// nothing where it is about all of the cohort.
  package var scopeWords: String {
    var parts: [String] = []
    if let `where` {
      let unit = unitName ?? cohort?.dataset.card.unit ?? "case"
      parts.append("among \(Words.plural(unit)) \(`where`.wording.clause)")
    }
    // Against another period the sentence names both.
    if case .period? = versus {} else if !periodWords.isEmpty { parts.append(periodWords) }
    return parts.joined(separator: ", ")
  }

  /// The cohort with what it is narrowed to: `drug, among cases with agency KCPD, in 2020`.
  package var whom: String {
    let words = scopeWords
    return (cohort?.name ?? "the data") + (words.isEmpty ? "" : ", \(words)")
  }

  /// `in 2020`, `from 2017 to 2020`, `since 2019 and before 2021`; nothing where no period is asked for.
  package var periodWords: String {
    let words = ask.clauses.compactMap { clause -> String? in
      switch clause.kind {
      case .in(let period): Question.words(of: period)
      case .since(let period): "since \(Formatter.text(of: period))"
      case .before(let period): "before \(Formatter.text(of: period))"
      default: nil
      }
    }
    return Words.list(words)
  }

  private static func words(of period: PeriodNode) -> String {
    switch (period.first?.written, period.last?.written) {
    case (let first?, let last?) where first == last: "in \(first)"
    case (let first?, let last?): "from \(first) to \(last)"
    case (let first?, nil): "from \(first) on"
    case (nil, let last?): "up to \(last)"
    case (nil, nil): ""
    }
  }
}
