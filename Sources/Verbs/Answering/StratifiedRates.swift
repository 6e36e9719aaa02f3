import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// Two groups per head inside each stratum of a population, combined by Mantel and Haenszel, beside
/// the crude comparison.
struct StratifiedRates {
  /// Events and people of both groups in one stratum.
  struct Stratum {
    let group: [Value]
    let first: (events: Double, people: Double)
    let second: (events: Double, people: Double)

    var people: Double { first.people + second.people }

    /// The first group's part of the people.
    var share: Double { first.people / people }
  }

  let strata: [Stratum]
  /// Events of either group that stand in no stratum of the population.
  let left: Double
  private let level: Double
  private let keys: [String]

  private var names: String { Words.list(keys) }

  /// The strata that both the cohort and the population have; `other` nothing means everyone else.
  init(
    _ condition: BoundCondition, _ other: BoundCondition?, _ population: Population,
    _ question: Question, _ inquiry: Inquiry, at span: Span
  ) throws {
    level = question.level
    keys = question.within.map(\.name)
    let people = try inquiry.people(
      population, condition, other, by: question.within, question, at: span,
      asked: question.span(of: .within) ?? span)
    let first = try StratifiedRates.events(condition.predicate, question, inquiry)
    let second = try StratifiedRates.events(
      other?.predicate ?? .not(condition.predicate), question, inquiry)
    var strata: [Stratum] = []
    var left = 0.0
    let counted = Set(first.keys).union(second.keys)
    let groups = counted.union(StratifiedRates.empty(people.values.map(\.group), counted, question))
    for group in groups.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let events = (first[group] ?? 0, second[group] ?? 0)
      guard !group.contains(.missing), let people = people[group.map(Exposure.text)],
        people.first > 0, people.second > 0
      else {
        left += events.0 + events.1
        continue
      }
      strata.append(
        Stratum(group: group, first: (events.0, people.first), second: (events.1, people.second)))
    }
    guard !strata.isEmpty else {
      throw VerbMessages.noStrata(Words.list(keys), at: question.span(of: .within) ?? span)
    }
    self.strata = strata
    self.left = left
  }

  /// Strata that the question is about and that have no case: nothing to the adjusted figures, and
  /// people to the crude ones.
  private static func empty(
    _ strata: [[Value]], _ counted: Set<[Value]>, _ question: Question
  ) -> [[Value]] {
    let known = Set(counted.map { $0.map(Exposure.text) })
    return question.picked(strata, of: question.within).filter {
      !known.contains($0.map(Exposure.text))
    }
  }

  private static func events(
    _ condition: Predicate, _ question: Question, _ inquiry: Inquiry
  ) throws -> [[Value]: Double] {
    let table = try inquiry.tabulate(
      question, rows: question.rows.and(condition),
      keys: question.within.map { .field($0.field) })
    return Dictionary(table.rows.map { ($0.keys, $0.measures[0].double ?? 0) }, uniquingKeysWith: +)
  }

  private func sum(_ part: (Stratum) -> Double) -> Double { strata.reduce(0) { $0 + part($1) } }

  private var crude: Interval {
    RateRatio.exact(
      Int(sum(\.first.events).rounded()), exposure: sum(\.first.people),
      over: Int(sum(\.second.events).rounded()), exposure: sum(\.second.people), level: level
    ).interval
  }

  private var adjusted: Interval {
    MantelHaenszel.rateRatio(
      strata.map {
        MantelHaenszel.RateStratum(
          exposedEvents: Int($0.first.events.rounded()), exposedTime: $0.first.people,
          unexposedEvents: Int($0.second.events.rounded()), unexposedTime: $0.second.people)
      }, level: level
    ).interval
  }

  /// The first group's share against what it would be if each stratum drew in proportion to its
  /// people: the benchmark is each stratum's, weighted by its events.
  private func index(isCrude: Bool) -> Interval {
    let n = sum { $0.first.events + $0.second.events }
    let expected =
      isCrude
      ? sum(\.first.people) / sum(\.people)
      : sum { ($0.first.events + $0.second.events) * $0.share } / n
    return PopulationShare.fixedWilson(
      Int(sum(\.first.events).rounded()), of: Int(n.rounded()), populationShare: expected,
      level: level
    ).ratio
  }

  /// Adds crude- and adjusted- figures, the strata as a table, and the cautions of a shift.
  func write(_ first: String, _ second: String, withIndex: Bool, _ answer: inout Answer) {
    var entries: [(id: String, label: String, interval: Interval, card: MethodCard?)] = []
    if withIndex {
      let card = PopulationShare.Method.fixedWilson.card
      entries.append(("crude-index", "index, crude", index(isCrude: true), card))
      entries.append(("adjusted-index", "index, within \(names)", index(isCrude: false), card))
    }
    entries.append(("crude-rate-ratio", "rate ratio, crude", crude, RateRatio.Method.exact.card))
    entries.append(
      (
        "adjusted-rate-ratio", "rate ratio, within \(names)", adjusted,
        MethodCatalogue.mantelHaenszelRateRatio
      ))
    var lines: [FigureLine] = []
    for entry in entries {
      let figure = Figure(
        entry.id, entry.label, entry.interval.estimate,
        reason: entry.interval.estimate == nil ? "the second group has no events" : nil,
        form: .ratio
      ).with(entry.interval, level: level, method: entry.card?.id ?? "")
      answer.figures.append(figure)
      answer.cite(entry.card)
      let isLast = entry.id == "adjusted-rate-ratio"
      lines.append(
        FigureLine(figure, remark: isLast ? "\(strata.count) strata, Mantel-Haenszel" : ""))
    }
    answer.blocks.append(.figures(lines))
    writeTable(first, second, &answer)
    writeCautions(&answer)
    answer.steps.append(
      "rate ratio, within \(names) = sum of (events of the first × people of the second ÷ people) "
        + "÷ sum of (events of the second × people of the first ÷ people)")
  }

  private func writeTable(_ first: String, _ second: String, _ answer: inout Answer) {
    let rows = strata.map { stratum -> [Cell] in
      let rates = (
        stratum.first.events / stratum.first.people, stratum.second.events / stratum.second.people
      )
      return stratum.group.map(Cell.value) + [
        .number(stratum.first.events, .count), .number(stratum.first.people, .count),
        .number(stratum.second.events, .count), .number(stratum.second.people, .count),
        rates.1 > 0 ? .number(rates.0 / rates.1, .ratio) : .none("none"),
      ]
    }
    let table = AnswerTable(
      title: "inside each \(names)",
      columns: keys.map { .init($0, .category) } + [
        .init(first, .integer), .init("people", .integer), .init(second, .integer),
        .init("people ", .integer), .init("rate ratio", .number),
      ], rows: rows)
    answer.table = table
    answer.blocks.append(.table(table))
  }

  private func writeCautions(_ answer: inout Answer) {
    if left > 0 {
      answer.cautions.append(
        Caution(
          "outside-strata",
          "\(Words.grouped(left)) of the cohort are in no \(names) whose people are known for both "
            + "groups: they are left out of crude and adjusted alike."))
    }
    guard let crude = crude.estimate, let adjusted = adjusted.estimate, crude > 0,
      crude.isFinite, adjusted.isFinite
    else { return }
    if (crude - 1) * (adjusted - 1) < 0 {
      answer.cautions.insert(
        Caution(
          "simpson",
          "The comparison turns around inside \(names): the crude rate ratio is "
            + "\(Numbers.ratio(crude)), within \(names) it is \(Numbers.ratio(adjusted)) "
            + "(Simpson's paradox)."), at: 0)
    } else if (adjusted / crude - 1).magnitude > 0.1 {
      answer.cautions.append(
        Caution(
          "confounding",
          "Inside \(names) the rate ratio moves from \(Numbers.ratio(crude)) to "
            + "\(Numbers.ratio(adjusted)), by more than 10%."))
    }
  }
}

extension Question {
  /// The groups of a population that the question is about, as far as it narrows their keys.
  func picked(_ groups: [[Value]], of keys: [BoundKey]) -> [[Value]] {
    let fields = keys.map(\.field)
    let columns = fields.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
    let conditions = if case .all(let all) = rows { all } else { [rows] }
    // What the question asks of other fields is no matter of a group.
    let picks = conditions.filter { !$0.columns.isEmpty && $0.columns.isSubset(of: columns) }
    return groups.filter { group in
      Evaluation.truth(of: .all(picks)) { field in
        fields.firstIndex(of: field).map { group[$0] } ?? .missing
      } == true
    }
  }
}
