import Columns
import Engine
import Glibc
import Statistics

/// How many of a group go on from each stage to the next.
struct StagePath {
  /// A stage after the first.
  struct Step {
    /// `filed of referred`.
    let name: String
    let stage: String
    /// Those who went on, of all who had reached every stage before.
    let tally: Tally

    var rate: Double? { tally.share }
  }

  let name: String
  let firstStage: String
  /// Those who reached the first stage.
  let entered: Double
  let steps: [Step]
  /// Those who reached a stage without one before it.
  let skipped: Double

  /// One tabulation for each stage; whoever missed a stage is not counted in later ones.
  init(
    name: String, _ stages: [Stage], rows: Predicate, _ question: Question, _ inquiry: Inquiry
  ) throws {
    self.name = name
    firstStage = stages[0].name
    var before = rows.and(stages[0].reached)
    entered = try inquiry.count(question, rows: before)
    var steps: [Step] = []
    for (previous, stage) in zip(stages, stages.dropFirst()) {
      let tally = try inquiry.tallies(question, event: stage.reached, among: before, by: [])[0]
      steps.append(
        Step(
          name: "\(stage.name) of \(previous.name)", stage: stage.name, tally: tally))
      before = before.and(stage.reached)
    }
    self.steps = steps
    let skips = stages.indices.dropFirst().map { index in
      Predicate.all([stages[index].reached, .not(.all(stages[..<index].map(\.reached)))])
    }
    skipped = try inquiry.count(question, rows: rows.and(.any(skips)))
  }

  /// The part that goes from the first stage to each later one: the product of the rates so far. Where
  /// nobody went on it stays 0, and where nothing is known of those who did there is none.
  var passed: [Double?] {
    var product: Double? = entered > 0 ? 1 : nil
    return steps.map { step in
      product = product == 0 ? 0 : product.flatMap { a in step.rate.map { a * $0 } }
      return product
    }
  }

  var isKnown: Bool { steps.allSatisfy { $0.tally.unknown == 0 } }

  /// From the first stage to the last, of all who entered, where every outcome is known.
  var whole: Tally {
    let yes = steps.last?.tally.yes ?? entered
    return Tally(group: [], yes: yes, no: entered - yes, unknown: 0, known: entered)
  }

  /// The product of the rates, with limits on the scale of its logarithm from the sum of their variances:
  /// the stages of one path are independent given how many entered each. Without limits where nobody
  /// went on.
  func product(level: Double) -> Interval {
    guard let estimate = passed.last ?? nil else { return .undefined }
    guard estimate > 0 else { return Interval(estimate: 0, lower: nil, upper: nil) }
    let variance = steps.reduce(0) { $0 + 1 / $1.tally.yes - 1 / $1.tally.known }
    let reach = Normal.critical(level) * variance.squareRoot()
    return Interval(
      estimate: estimate, lower: estimate * exp(-reach), upper: min(1, estimate * exp(reach)))
  }

  /// The path of one group: how many reached each stage, and the rate of each.
  func write(_ answer: inout Answer, level: Double, unit: String) {
    answer.cite(Proportion.defaultMethod.card)
    var rows: [[Cell]] = []
    for (step, passed) in zip(steps, passed) {
      let interval = ShareInterval(
        step.tally, sample: nil, level: level, method: Proportion.defaultMethod)
      let group = [GroupLabel(key: "stage", value: .text(step.stage))]
      answer.figures += [
        Figure("reached", step.stage, step.tally.yes, group: group, form: .count),
        interval.figure("rate", step.name, group: group),
      ]
      rows.append([
        .value(.text(step.stage)), .number(step.tally.yes, .count),
        .number(step.tally.known, .count),
        step.rate.map { .number($0, .percent) } ?? .none("none"),
        .interval(interval.interval.lower, interval.interval.upper, .percent),
        passed.map { .number($0, .percent) } ?? .none("none"),
      ])
    }
    let table = AnswerTable(
      columns: [
        .init("stage", .category), .init(Words.plural(unit), .integer),
        .init("of the stage before", .integer), .init("rate", .percent),
        .init("\(Numbers.level(level)) interval", .interval), .init("of the first", .percent),
      ], rows: rows)
    answer.table = table
    answer.blocks = [.table(table)]
    let last = steps.last
    answer.sentences = [
      Words.sentence(
        "of \(Words.count(entered, unit)) of \(name), \(Words.grouped(last?.tally.yes ?? 0)) "
          + "\(last?.tally.yes == 1 ? "is" : "are") known to have reached \(last?.stage ?? "")"
          + ((passed.last ?? nil).map { "; the rates multiply to \(Numbers.percent($0))" } ?? "")
          + ".")
    ]
    answer.steps = steps.map {
      "\($0.name): \(Words.grouped($0.tally.yes)) ÷ \(Words.grouped($0.tally.known))"
    }
  }
}
