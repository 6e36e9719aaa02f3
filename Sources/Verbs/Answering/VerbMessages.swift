import Diagnostics
import Engine
import Syntax

/// Every sentence with which a verb stops a question, in alphabetical order of its id.
enum VerbMessages {
  static func allUnknown(_ what: String, _ n: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "all-unknown", "\(what) is unknown in all \(n), so no share can be given", at: span,
      help: ["`missing` counts the unknown values of a field"])
  }

  static func codingDiffers(
    _ cohort: String, _ coding: String, _ population: String, _ other: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "coding-differs",
      "\(cohort) codes race as \(coding), \(population) as \(other): the groups are not the same people",
      at: span,
      help: ["choose a population with the same coding, or end the question in `anyway`"])
  }

  static func emptySample(at span: Span) -> Diagnostic {
    Diagnostic("empty-sample", "a sample has at least one row", at: span)
  }

  static func needsCohort(_ verb: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "needs-cohort", "`\(verb)` asks about a dataset or cohort", at: span,
      help: ["`datasets` lists what there is"])
  }

  static func needsOwnPeriod(_ question: Question, at span: Span) -> Diagnostic {
    var ask = question.ask
    ask.clauses.removeAll { $0.word == .versus }
    let versus = question.ask.clauses.filter { $0.word == .versus }.map(Formatter.text(of:))
    return Diagnostic(
      "needs-period", "the number of which time is compared?", at: span,
      help: ["say: \(Formatter.text(of: ask)) in PERIOD \(versus.joined(separator: " "))"])
  }

  static func needsPeriod(_ verb: String, _ example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "needs-period", "`\(verb)` runs over time, so it needs `by month`, `by quarter` or `by year`",
      at: span, help: [example])
  }

  static func needsStages(_ verb: String, _ what: String, help: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic("needs-stages", "`\(verb)` \(what)", at: span, help: help)
  }

  static func noKnownValue(_ field: String, _ n: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "all-unknown", "\(field) is unknown in all \(n)", at: span,
      help: ["`missing` counts the unknown values of a field"])
  }

  static func noPeople(_ population: String, _ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "no-people", "\(population) has no people with \(what), so it can't be compared with",
      at: span)
  }

  static func noPeopleThen(_ population: String, _ whom: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "no-people", "\(population) has no number of people for the time of \(whom)", at: span,
      help: ["`source \(population)` shows its years"])
  }

  static func noStrata(_ names: String, at span: Span) -> Diagnostic {
    Diagnostic("no-strata", "no stratum of \(names) has both groups in it", at: span)
  }

  static func nothingCounted(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic("nothing-counted", "there is nothing to divide by: no rows of \(what)", at: span)
  }

  static func onlyUnknownWords(
    _ field: String, _ word: String, _ n: String, _ remedy: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "only-unknown-words", "\(field) is \(word) in all \(n) rows, so nothing is known to count",
      at: span,
      help: ["if that means missing, say: \(remedy)", "or end the question in `anyway`"])
  }

  static func otherVerb(_ verb: String, _ other: String, _ form: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "other-verb", "`\(verb)` does not compare groups; `\(other)` does", at: span,
      help: ["the form is: \(form)"])
  }

  static func placeDiffers(
    _ cohort: String, _ place: String, _ population: String, _ other: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "place-differs", "\(cohort) is about \(place), \(population) about \(other)", at: span,
      help: [
        "choose a population of the same place, say `vs every population` to see them side by side, or end the question in `anyway`"
      ])
  }

  static func populationLacks(_ population: String, _ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "population-lacks", "\(population) can't say how many people have \(what)", at: span,
      help: ["`source \(population)` shows its groups"])
  }

  static func populationLacksKey(
    _ population: String, _ key: String, _ what: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "population-lacks",
      "\(population) has no \(key), so it can't say how many people of each have \(what)",
      at: span,
      help: ["`within` needs a population whose rows tell both apart: one row per \(key) and group"]
    )
  }

  static func severalValues(
    _ field: String, _ units: String, _ remedies: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "several-values",
      "some \(units) have several values of \(field), and no one value of their own",
      at: span,
      help: remedies.map { "one row of each: \($0)" } + ["or leave `unit` out to count rows"])
  }

  static func sharesNotPeople(_ population: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "shares-not-people", "\(population) gives shares, and a rate needs numbers of people",
      at: span,
      help: ["read it with weight=FIELD, where a field has the numbers of people"])
  }

  static func sharesOnly(_ clause: String, help: [String] = [], at span: Span) -> Diagnostic {
    Diagnostic(
      "unused-here", "\(clause) can't be used in this form of the question", at: span, help: help)
  }

  static func stageWithoutDate(_ stage: String, _ dataset: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "stage-without-date",
      "\(stage) is a condition and has no date, so no time can be counted to it", at: span,
      help: ["in `stages of \(dataset)` a stage with a date is written: \(stage) on DATE"])
  }

  static func tooManyGroups(_ n: Int, limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "too-many-groups",
      "that makes \(Words.grouped(n)) groups, and an answer shows at most \(limit)", at: span,
      help: ["say `top 20` for the largest, or group by fewer or broader keys"])
  }

  static func unitDiffers(
    _ cohort: String, _ unit: String, _ other: String, _ otherUnit: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "unit-differs",
      "one row of \(cohort) is a \(unit), one of \(other) a \(otherUnit): their shares are of different things",
      at: span,
      help: ["compare datasets that count the same, or say in their cards what one row is"])
  }

  static func unknownMethod(_ name: String, _ known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown-method", "no method for this question is named \(name)", at: span,
      help: ["methods here: " + known.joined(separator: ", ")])
  }
}
