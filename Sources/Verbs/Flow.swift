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
    clauses: [.versus, .where, .in, .since, .before, .unit, .level, .using, .anyway],
    examples: [
      .init("flow drug race=Black vs race=White", "each stage's rate, and its part in the total"),
      .init("flow drug", "how many reach each stage"),
    ],
    figures: [
      ("reached", "how many reached a stage"), ("rate", "those who went on, of the stage before"),
      ("risk-ratio", "the first group's rate ÷ the second's"),
      ("log-ratio", "its natural logarithm; those of the stages add up to that of the total"),
      ("part", "the log ratio as a part of the total's"),
    ])

  package static let families: [MethodFamily] = [.riskRatio, .proportion]

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
      try StagePath(name: $0.name, stages, rows: question.rows.and($0.predicate), question, inquiry)
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

  /// The two groups compared, or the whole cohort.
  private static func groups(
    _ question: Question, _ inquiry: Inquiry
  ) throws -> [(name: String, predicate: Predicate, fields: [Field])] {
    guard let group = question.conditions.first else {
      if let span = question.span(of: .versus) {
        throw BindingMessages.needsCondition(
          "flow", "GROUP", usage: signature.usage, at: span)
      }
      return [(question.cohort?.name ?? "", .constant(true), [])]
    }
    let first = (group.wording.people, group.predicate, group.fields)
    switch question.versus {
    case .condition(let other):
      return [first, (other.wording.people, other.predicate, other.fields)]
    case .everyoneElse:
      return [first, ("everyone else", .not(group.predicate), group.fields)]
    case nil:
      throw BindingMessages.needsClause(
        "flow", "vs", at: question.ask.span, help: ["the form is: \(signature.usage)"])
    default:
      throw VerbMessages.sharesOnly(
        "this comparison", at: question.span(of: .versus) ?? question.ask.span)
    }
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
