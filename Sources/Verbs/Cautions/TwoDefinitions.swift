import Columns
import Engine
import Syntax

/// A stage that is reached after the time asked about: `cleared in 2020` means two things, and both are in use.
enum TwoDefinitions {
  static func look(
    at cohort: Cohort, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    guard ["rate", "share", "gap", "count", "trend"].contains(answer.verb),
      let period = question.period, let event = question.conditions.first,
      case .named(let name) = event.node, let stage = cohort.dataset.stage(named: name.text),
      let date = stage.date
    else { return }
    let base = question.rows.and(StageDenominator(event, question, cohort).predicate)
    let within = Binder.condition(on: date, period)
    let table = try inquiry.tabulate(
      question, rows: base, keys: [.test(stage.reached), .test(within)])
    let reached = table.rows.filter { $0.keys[0] == .truth(true) }
    let all = table.rows.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    let ever = reached.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    let inside = reached.filter { $0.keys[1] == .truth(true) }
      .reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    guard ever > inside, all > 0 else { return }
    var anyRows = question
    anyRows.periodCondition = .constant(true)
    let anyTime = try inquiry.count(question, rows: anyRows.rows.and(within))
    let written =
      period.firstWritten == period.lastWritten
      ? period.firstWritten : "\(period.firstWritten)..\(period.lastWritten)"
    let unit = Words.plural(inquiry.unit(of: question))
    answer.cautions.append(
      Caution(
        "two-definitions",
        "\(Words.sentence(stage.name)) has two definitions in use. Counted here is \(stage.name) at any "
          + "time: \(Words.grouped(ever)) of \(Words.grouped(all)) (\(Numbers.percent(ever / all))). "
          + "In \(written) itself \(Words.grouped(inside)) of these \(unit) were \(stage.name) "
          + "(\(Numbers.percent(inside / all))), and \(Words.grouped(anyTime)) with those of other "
          + "times (\(Numbers.percent(anyTime / all)))."))
  }
}
