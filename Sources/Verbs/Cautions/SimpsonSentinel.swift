import Columns
import Engine
import Statistics
import Syntax

/// Looks at a comparison again inside the values of small fields, for one that turns it around or moves it.
///
/// The fields are those that the card names as strata, or else those of few values among the
/// columns that the session has read already, so that nothing is read for it.
enum SimpsonSentinel {
  /// Fields looked at for one question: more would cost more than the question.
  private static let mostFields = 8
  /// Values that a field may have: two at least, and few enough that each holds both groups.
  private static let values = 2...12
  /// The part of the compared rows that must lie in strata with both groups.
  private static let leastCovered = 0.9
  /// How far a ratio may move before it is said.
  private static let mostShift = 0.1

  private struct Finding {
    let field: String
    let adjusted: Adjusted

    /// From the crude ratio to the adjusted one; 0 where either is not to be had.
    var shift: Double { adjusted.shift ?? 0 }

    /// The crude comparison says something, and inside the strata it says the contrary.
    var reverses: Bool {
      guard adjusted.reverses, let low = adjusted.crudeRisk.lower,
        let high = adjusted.crudeRisk.upper
      else { return false }
      return shift > SimpsonSentinel.mostShift || low > 1 || high < 1
    }
  }

  static func look(
    at comparison: GroupComparison, _ question: Question, _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let findings = try fields(of: comparison, question, inquiry).compactMap {
      try finding($0, comparison, question, inquiry)
    }
    let reversal = findings.filter(\.reverses).max { $0.shift < $1.shift }
    let shift = findings.filter { $0.shift > mostShift }.max { $0.shift < $1.shift }
    guard let found = reversal ?? shift else { return }
    let others = findings.filter { $0.field != found.field && $0.shift > mostShift }.map(\.field)
    answer.cautions.append(caution(found, others, question, isReversal: reversal != nil))
  }

  private static func caution(
    _ found: Finding, _ others: [String], _ question: Question, isReversal: Bool
  ) -> Caution {
    let crude = Numbers.ratio(found.adjusted.crudeRisk.estimate ?? 0)
    let adjusted = Numbers.ratio(found.adjusted.risk.estimate ?? 0)
    let field = Formatter.name(found.field)
    let more = others.isEmpty ? "" : " It also moves inside \(Words.list(others))."
    let see = self.see(question, inside: field)
    if isReversal {
      return Caution(
        "simpson",
        "The comparison turns around inside \(found.field): the ratio of the shares is \(crude) in all, "
          + "\(adjusted) within \(found.field) (Simpson's paradox).\(more)\(see)")
    }
    return Caution(
      "confounding",
      "Inside \(found.field) the ratio of the shares moves from \(crude) to \(adjusted), "
        + "by more than 10%.\(more)\(see)")
  }

  /// The question that looks inside the field, where the verb has one.
  private static func see(_ question: Question, inside field: String) -> String {
    guard question.versus == nil else {
      let canAdjust = question.ask.verb.text.lowercased() == "gap"
      return canAdjust ? " See: \(question.text) within \(field)" : ""
    }
    var ask = question.ask
    ask.clauses = ask.clauses.map { clause in
      guard case .by(let keys) = clause.kind else { return clause }
      return Clause(.by(keys + [.name(Name(field, at: clause.span))]), at: clause.span)
    }
    return " See: \(Formatter.text(of: ask))"
  }

  private static func fields(
    of comparison: GroupComparison, _ question: Question, _ inquiry: Inquiry
  ) throws -> [BoundKey] {
    // Who asks within a field is looking inside already.
    guard let dataset = question.cohort?.dataset, question.within.isEmpty else { return [] }
    let run = inquiry.runner.monitor
    var taken = comparison.columns
    taken.formUnion([dataset.card.id, dataset.card.person, dataset.card.date].compactMap(\.self))
    taken.formUnion([dataset.card.weight].compactMap(\.self))
    let named = dataset.card.strata
    if !named.isEmpty {
      return try named.compactMap { name in
        let scope = Scope(dataset: dataset, cohort: dataset.name)
        let field = try inquiry.binder.field(
          Name(name, at: question.ask.span, isQuoted: true), in: scope)
        return field.columns.isDisjoint(with: taken) ? BoundKey(name: name, field: field) : nil
      }
    }
    var found: [BoundKey] = []
    for name in dataset.fields
    where dataset.columnsRead.contains(name) && !taken.contains(name) && found.count < mostFields {
      // A dictionary that is longer than this by missing codes and other spellings is no small field.
      guard let column = try inquiry.runner.columns([name], of: dataset)[name],
        column.texts.count <= values.upperBound + 4
      else { continue }
      let field = try dataset.field(name, run: run)
      if case .column(_, let meaning) = field, !meaning.type.isDate {
        found.append(BoundKey(name: name, field: field))
      }
    }
    return found
  }

  /// The comparison inside one field; nothing where its strata can't carry it.
  private static func finding(
    _ key: BoundKey, _ comparison: GroupComparison, _ question: Question, _ inquiry: Inquiry
  ) throws -> Finding? {
    let table = try inquiry.tabulate(
      question, rows: .any([comparison.first, comparison.second]),
      keys: [
        .field(key.field), .test(comparison.event.predicate), .test(comparison.first),
        .test(comparison.second),
      ])
    var strata: [Value: [Double]] = [:]
    var order: [Value] = []
    for row in table.rows where !row.keys[0].isMissing {
      guard case .truth(let isEvent) = row.keys[1] else { continue }
      if strata[row.keys[0]] == nil { order.append(row.keys[0]) }
      let n = row.measures[0].double ?? 0
      if row.keys[2] == .truth(true) {
        strata[row.keys[0], default: [0, 0, 0, 0]][isEvent ? 0 : 1] += n
      }
      if row.keys[3] == .truth(true) {
        strata[row.keys[0], default: [0, 0, 0, 0]][isEvent ? 2 : 3] += n
      }
    }
    guard values.contains(order.count) else { return nil }
    let all = strata.values.reduce(0) { $0 + $1.reduce(0, +) }
    let tables = order.compactMap { strata[$0] }
      .filter { $0[0] + $0[1] > 0 && $0[2] + $0[3] > 0 }
    let covered = tables.reduce(0) { $0 + $1.reduce(0, +) }
    // A field that follows from the event leaves strata in which nothing varies.
    let varies = tables.contains { $0[0] + $0[2] > 0 && $0[1] + $0[3] > 0 }
    guard tables.count > 1, varies, covered >= leastCovered * all else { return nil }
    let constant = tables.filter { $0[0] + $0[2] == 0 || $0[1] + $0[3] == 0 }
      .reduce(0) { $0 + $1.reduce(0, +) }
    guard constant < 0.5 * covered else { return nil }
    let counts = tables.map { $0.map { Int($0.rounded()) } }
    return Finding(field: key.name, adjusted: Adjusted(counts, level: question.level))
  }
}
