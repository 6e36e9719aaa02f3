import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// Where along the stages two groups part.
package struct Flow: Verb {
  package static let signature = Signature(
    "flow", summary: "how many go on from each stage to the next, and where two groups part",
    slots: [.condition("GROUP", isRequired: false)],
    clauses: [
      .versus, .by, .where, .in, .since, .before, .top, .unit, .level, .using, .anyway,
    ],
    examples: [
      .init("flow drug race=Black vs race=White", "each stage's rate, and its part in the total"),
      .init("flow drug in 2020 vs 2019", "one year against another"),
      .init("flow drug by year", "the way through the stages, year by year"),
      .init("flow drug", "how many reach each stage"),
    ],
    figures: [
      ("reached", "how many reached a stage"), ("rate", "those who went on, of the stage before"),
      ("risk-ratio", "the first group's rate ÷ the second's"),
      ("log-ratio", "its natural logarithm; those of the stages add up to that of the total"),
      ("part", "the log ratio as a part of the total's"),
    ])

  package static let families: [MethodFamily] = [.riskRatio, .proportion]

  package static func isAskedOfEach(_ question: Question) -> Bool { true }

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    let cohort = try inquiry.cohort(of: question)
    let stages = cohort.dataset.stages
    guard stages.count > 1 else {
      throw VerbMessages.needsStages(
        "flow", "goes along the stages of a dataset, and \(cohort.dataset.name) has none",
        help: ["say: stages of \(cohort.dataset.name); NAME on DATE; NAME when CONDITION; end"],
        at: question.ask.subject.span)
    }
    let groups = try groups(question, inquiry)
    var answer = try inquiry.begin(
      question,
      words: "how many of \(Words.list(groups.map(\.name))) go on from \(stages[0].name) to "
        + Words.list(stages.dropFirst().map(\.name)))
    let paths = try groups.map {
      try StagePath(name: $0.name, stages, rows: $0.rows, question, inquiry)
    }
    answer.counted = try inquiry.counted(
      question, n: paths.reduce(0) { $0 + $1.entered }, fields: groups.flatMap(\.fields))
    for path in paths where path.entered == 0 {
      throw VerbMessages.nothingCounted(path.name, at: question.ask.span)
    }
    if paths.count == 2 {
      let method = try inquiry.method(question, RiskRatio.defaultMethod)
      PathComparison(paths[0], paths[1], method, question.level).write(&answer)
      for path in paths {
        for step in path.steps {
          inquiry.cautionSmall(
            share: step.tally, of: "the rate of \(step.name) among \(path.name)", &answer)
        }
      }
    } else {
      paths[0].write(&answer, level: question.level, unit: inquiry.unit(of: question))
    }
    caution(paths, question, inquiry, &answer)
    return answer
  }

  /// A group of the cohort that goes along the stages.
  private struct Group {
    let name: String
    let rows: Predicate
    let fields: [Field]
  }

  /// The two groups compared, or the whole cohort.
  private static func groups(_ question: Question, _ inquiry: Inquiry) throws -> [Group] {
    let condition = question.conditions.first
    let all = Group(
      name: condition?.wording.people ?? question.cohort?.name ?? "",
      rows: question.rows.and(condition?.predicate ?? .constant(true)),
      fields: condition?.fields ?? [])
    switch question.versus {
    case .condition(let other):
      guard condition != nil else { throw needsGroup(question) }
      return [
        all,
        Group(
          name: other.wording.people, rows: question.rows.and(other.predicate),
          fields: other.fields),
      ]
    case .everyoneElse:
      guard let condition else { throw needsGroup(question) }
      let rest = Predicate.not(condition.predicate)
      return [
        all,
        Group(name: "everyone else", rows: question.rows.and(rest), fields: condition.fields),
      ]
    case .period(_, let period):
      var moved = question
      moved.periodCondition = period.predicate
      let words = question.periodWords
      return [
        Group(
          name: words.isEmpty ? all.name : "\(all.name) \(words)", rows: all.rows,
          fields: all.fields),
        Group(
          name: "\(all.name) in \(period.text)",
          rows: moved.rows.and(condition?.predicate ?? .constant(true)), fields: []),
      ]
    case .cohort(let cohort) where cohort.dataset === question.cohort?.dataset:
      var moved = question
      moved.about = .cohort(cohort)
      return [
        Group(name: question.cohort?.name ?? "", rows: all.rows, fields: all.fields),
        Group(
          name: cohort.name, rows: moved.rows.and(condition?.predicate ?? .constant(true)),
          fields: []),
      ]
    case nil: return [all]
    default:
      throw VerbMessages.sharesOnly(
        "this comparison",
        help: ["a path has two sides that go along it: a group, a period, a cohort, everyone else"],
        at: question.span(of: .versus) ?? question.ask.span)
    }
  }

  private static func needsGroup(_ question: Question) -> Diagnostic {
    BindingMessages.needsCondition(
      "flow", "GROUP", usage: signature.usage,
      at: question.span(of: .versus) ?? question.ask.span)
  }

  private static func caution(
    _ paths: [StagePath], _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) {
    let unit = inquiry.unit(of: question)
    let skipped = paths.reduce(0) { $0 + $1.skipped }
    let unknown = paths.flatMap(\.steps).reduce(0) { $0 + $1.tally.unknown }
    if skipped > 0 {
      answer.cautions.append(
        Caution(
          "stage-skipped",
          "\(Words.count(skipped, unit)) reached a stage without one before it and "
            + "\(skipped == 1 ? "is" : "are") not counted there."
        ))
    }
    inquiry.cautionUnknown(
      "whether they reached the next stage", unknown, of: paths.reduce(0) { $0 + $1.entered },
      rest: "; rates are of those of whom it is known", question, &answer)
  }
}
