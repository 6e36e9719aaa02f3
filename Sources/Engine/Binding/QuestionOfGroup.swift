package import Columns
import Diagnostics
import Syntax

/// A question about one group of those that `by` names.
package struct QuestionOfGroup {
  /// The question as it would be asked of that group alone: `where KEY=VALUE`, `in PERIOD`.
  package private(set) var question: Question
  /// What narrows it to the group, beside its time; nothing where the time alone does.
  package private(set) var condition: BoundCondition?

  /// - Parameter group: a value for each key, as a tabulation by them has it.
  package init(_ question: Question, _ group: [Value], _ binder: Binder) throws {
    self.question = question
    guard let cohort = question.cohort else { return }
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    var ask = question.ask
    let nodes = ask.clauses.flatMap { clause -> [ExpressionNode] in
      if case .by(let nodes) = clause.kind { nodes } else { [] }
    }
    let span = question.span(of: .by) ?? ask.span
    ask.clauses.removeAll { [.by, .top].contains($0.word) }
    self.question.by = []
    self.question.top = nil
    // Without a card, every field is read to find the one that holds dates.
    let hasPeriod = group.contains { if case .period = $0 { true } else { false } }
    let cardDate = hasPeriod ? try? binder.date(of: scope, at: span) : nil
    for (index, (key, value)) in zip(question.by, group).enumerated() {
      if case .period(let period) = value, case .period(_, let date) = key.field, date == cardDate {
        narrow(to: period, key, &ask, at: span)
      } else {
        let node = nodes.indices.contains(index) ? nodes[index] : .name(Name(key.name, at: span))
        narrow(key, node, value, ConditionWords(scope, binder.catalogue), at: span)
      }
    }
    if let condition {
      ask.clauses.removeAll { $0.word == .where }
      let whole = question.where?.both(condition, ConditionWords(scope, binder.catalogue))
      self.question.where = whole ?? condition
      ask.clauses.append(
        Clause(.where((whole ?? condition).node), at: question.span(of: .where) ?? span))
    }
    self.question.say(ask)
  }

  /// A period on the card's date is the time that the question is about.
  private mutating func narrow(to period: Period, _ key: BoundKey, _ ask: inout Ask, at span: Span)
  {
    let first = max(period.first, question.period?.first ?? period.first)
    let last = min(period.last, question.period?.last ?? period.last)
    let isWhole = first == period.first && last == period.last && period.unit != .week
    let written = isWhole ? "\(period)" : "\(first)"
    let end = isWhole ? "\(period)" : "\(last)"
    question.period = Coverage(first: first, last: last, firstWritten: written, lastWritten: end)
    question.periodCondition = question.periodCondition.and(
      .test(key.field, .among([.period(period)])))
    ask.clauses.removeAll { [.in, .since, .before].contains($0.word) }
    ask.clauses.append(
      Clause(.in(PeriodNode(PeriodLiteral(written), PeriodLiteral(end), at: span)), at: span))
  }

  private mutating func narrow(
    _ key: BoundKey, _ node: ExpressionNode, _ value: Value, _ words: ConditionWords, at span: Span
  ) {
    var left = node
    if case .period(_, let date) = key.field { left = .name(Name(date.name, at: span)) }
    let test = ConditionNode.test(left, .equal, [ValueNode(value, at: span)])
    let predicate: Predicate =
      value.isMissing ? .missing(key.field) : .test(key.field, .among([value]))
    let bound = BoundCondition(
      predicate: predicate, node: test, text: Formatter.text(of: test),
      fields: value.isMissing ? [] : [key.field], wording: words.wording(test, predicate))
    condition = condition?.both(bound, words) ?? bound
  }
}

extension BoundCondition {
  /// This condition and another one.
  fileprivate func both(_ other: BoundCondition, _ words: ConditionWords) -> BoundCondition {
    var parts: [ConditionNode] = []
    for node in [node, other.node] {
      if case .all(let inner) = node { parts += inner } else { parts.append(node) }
    }
    let node = ConditionNode.all(parts)
    let predicate = predicate.and(other.predicate)
    return BoundCondition(
      predicate: predicate, node: node, text: Formatter.text(of: node),
      fields: fields + other.fields.filter { !fields.contains($0) },
      wording: words.wording(node, predicate))
  }
}

extension ValueNode {
  /// A value as it is written behind `=`.
  fileprivate init(_ value: Value, at span: Span) {
    switch value {
    case .missing: self.init(.unknown, at: span)
    case .period(let period) where period.unit == .week:
      self.init(.range("\(period.first)", "\(period.last)"), at: span)
    default:
      let text = value.description
      self.init(Formatter.word(text) == text ? .word(text) : .quoted(text), at: span)
    }
  }
}
