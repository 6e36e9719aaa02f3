import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// Whether cases were decided as a guideline says.
package struct Check: Verb {
  package static let signature = Signature(
    "check", summary: "whether cases were decided as a guideline says",
    slots: [.condition("CHARGED", isRequired: false)],
    clauses: [.against, .by, .where, .in, .since, .before, .top, .level, .using],
    examples: [
      .init(
        "check recentdrug against drug2021 since 2021-04",
        "how many follow it, and how many can't be told"),
      .init("check recentdrug against drug2021 by reason", "rule by rule"),
      .init("check recentdrug against drug2021 by month", "before and after its date"),
    ],
    figures: [
      ("follows", "charged and allowed, or not charged and declined, of all cases"),
      ("does-not", "charged though declined, or not charged though allowed"),
      ("unclear", "a field of a rule is missing, or no rule decides"),
      ("charged-though-declined", "the one way not to follow"),
      ("not-charged-though-allowed", "the other way"),
    ])

  package static let families: [MethodFamily] = [.proportion]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    guard let guideline = question.guideline else {
      throw BindingMessages.needsClause(
        "check", "against", at: question.ask.span, help: ["the form is: \(signature.usage)"])
    }
    let charged = try charged(question, inquiry, cohort)
    let rules = try GuidelineInForce(guideline, question, inquiry)
    var answer = try inquiry.begin(
      question, words: "whether \(cohort.name) were decided as \(guideline.name) says")
    var verdicts = try Verdicts(rules, charged: charged.predicate, question, inquiry)
    guard verdicts.all.total > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.span)
    }
    let all = verdicts.groups
    verdicts.groups = try inquiry.withEmptyPeriods(
      question.top.map { all.largest($0, by: \.count.total) } ?? all, question, &answer,
      keys: \.keys, empty: { ($0, Verdicts.Count()) })
    guard question.top != nil || verdicts.groups.count <= inquiry.settings.groupLimit else {
      throw VerbMessages.tooManyGroups(
        verdicts.groups.count, limit: inquiry.settings.groupLimit,
        at: question.span(of: .by) ?? question.ask.span)
    }
    verdicts.hidden = question.top.map { max(0, all.count - $0) } ?? 0
    answer.counted = try inquiry.counted(
      question, n: verdicts.all.total,
      fields: rules.fields + charged.fields + question.by.map(\.field))
    let method = try inquiry.method(question, Proportion.defaultMethod)
    // Each row is decided by itself; where several are of one case their number is not that of cases.
    let unit = try inquiry.unitOfRows(question)
    answer.counted?.unit = unit
    CheckPage(verdicts, rules, charged: charged.text, question, method, unit: unit).write(&answer)
    try caution(verdicts, rules, charged, unit, question, inquiry, &answer)
    try inquiry.cautionRepeatedIds("each row is held against the guideline", question, &answer)
    return answer
  }

  /// What counts as charged: the condition, or the stage `charged` or `filed`, or else the second stage.
  private static func charged(
    _ question: Question, _ inquiry: Inquiry, _ cohort: Cohort
  ) throws -> BoundCondition {
    if let condition = question.conditions.first { return condition }
    let stages = cohort.dataset.stages
    guard
      let stage = stages.first(where: { ["charged", "filed"].contains(Name.key(of: $0.name)) })
        ?? stages.dropFirst().first
    else {
      let guideline = question.guideline?.name ?? "GUIDELINE"
      throw VerbMessages.needsStages(
        "check",
        "has to know which cases were charged, and \(cohort.dataset.name) has "
          + (stages.isEmpty ? "no stages" : "no stage but \(stages[0].name)"),
        help: [
          "say what counts as charged: check \(cohort.name) CONDITION against \(guideline)",
          "or say: stages of \(cohort.dataset.name); referred on DATE; filed on DATE; end",
        ], at: question.ask.subject.span)
    }
    let name = Name(stage.name, at: question.ask.subject.span)
    return BoundCondition(
      predicate: stage.reached, node: .named(name), text: stage.name, fields: [],
      wording: Wording(people: stage.name, adjective: nil, with: stage.name))
  }

  private static func caution(
    _ verdicts: Verdicts, _ rules: GuidelineInForce, _ charged: BoundCondition, _ unit: String,
    _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    if let since = rules.since, let before = verdicts.inTime[.truth(false)], before.total > 0 {
      answer.cautions.append(
        Caution(
          "before-guideline",
          "\(Words.count(before.total, unit)) of \(Words.grouped(verdicts.all.total)) are from before "
            + "\(rules.name) held (\(since)); nobody could follow it then. `since \(since)` leaves them out."
        ))
    }
    if let missing = verdicts.inTime[.missing], missing.total > 0 {
      answer.cautions.append(
        Caution(
          "unknown-values",
          "The date of \(Words.count(missing.total, unit)) is not known: they are neither before nor after \(rules.name)."
        ))
    }
    if verdicts.all.unclear > 0.2 * verdicts.all.total {
      answer.cautions.append(
        Caution(
          "unknown-values",
          "\(Numbers.percent(verdicts.all.unclear / verdicts.all.total)) can't be told: with them the share "
            + "that follows lies between \(Numbers.percent(verdicts.all.follows / verdicts.all.total)) and "
            + "\(Numbers.percent(1 - verdicts.all.doesNot / verdicts.all.total))."))
    }
    let few = verdicts.groups.filter { (1..<30).contains($0.count.total) }
    if !few.isEmpty, inquiry.settings.rules == "nchs" {
      let names = few.prefix(6).map { $0.keys.label }
      let more = few.count > 6 ? " and \(few.count - 6) more" : ""
      answer.cautions.append(
        Caution(
          "small-numbers",
          "Fewer than 30 \(Words.plural(unit)) in \(Words.list(names))\(more): too few for the NCHS standard."
        ))
    }
    try inquiry.cautionYoung(charged, from: nil, question, &answer)
  }
}
