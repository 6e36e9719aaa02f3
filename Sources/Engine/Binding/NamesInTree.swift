package import Syntax

/// The names that stand in a question where a field may be meant.
package enum NamesInTree {
  /// The names in a definition or a question; those in cards are left out, since a card reads nothing.
  package static func names(in statement: Statement) -> [String] {
    switch statement.kind {
    case .ask(let ask): names(in: ask)
    case .about(_, _, let ask?, _): names(in: ask)
    case .cohort(_, _, let steps): steps.flatMap(names(in:))
    case .field(_, _, let expression): names(in: expression)
    case .link(let from, let to): [from.field.text, to.field.text]
    case .stages(_, let stages):
      stages.flatMap { stage in
        [stage.date?.text].compactMap(\.self) + (stage.condition.map { names(in: $0) } ?? [])
      }
    case .population(let node):
      (node.condition.map { names(in: $0) } ?? []) + node.settings.map(\.1.text)
        + node.groups.flatMap { [$0.column.text, $0.marginOfError?.text].compactMap(\.self) }
        + [node.total?.column.text].compactMap(\.self)
    default: []
    }
  }

  static func names(in ask: Ask) -> [String] {
    namesBesidesFields(in: ask) + ask.fields.map(\.text)
  }

  /// Without the fields that stand alone.
  package static func namesBesidesFields(in ask: Ask) -> [String] {
    ask.conditions.flatMap(names(in:)) + ask.stages.map(\.text)
      + ask.clauses.flatMap(names(in:)) + ask.inner.flatMap(names(in:))
  }

  static func names(in step: CohortStep) -> [String] {
    switch step {
    case .clause(let clause): names(in: clause)
    case .pick(let pick): ((pick.by.map { [$0] } ?? []) + pick.per).map(\.text)
    }
  }

  static func names(in clause: Clause) -> [String] {
    switch clause.kind {
    case .where(let condition), .of(let condition), .until(let condition):
      names(in: condition)
    case .by(let keys), .within(let keys), .standardized(_, let keys):
      keys.flatMap(names(in:))
    case .versus(.condition(let condition)): names(in: condition)
    case .versus(.named(let name)), .per(_, let name): [name.text]
    case .from(let start, let end): names(in: start) + names(in: end)
    default: []
    }
  }

  static func names(in condition: ConditionNode) -> [String] {
    switch condition {
    case .test(let left, _, let values):
      names(in: left)
        + values.compactMap { if case .word(let word) = $0.kind { word } else { nil } }
    case .compare(let left, _, let right): names(in: left) + names(in: right)
    case .named(let name): [name.text]
    case .not(let inner, _): names(in: inner)
    case .all(let parts), .any(let parts): parts.flatMap(names(in:))
    case .missing: []
    }
  }

  /// Only the names on the left of comparisons: the fields that a condition is about.
  package static func fieldNames(in condition: ConditionNode) -> [String] {
    switch condition {
    case .test(let left, _, _): names(in: left)
    case .compare(let left, _, let right): names(in: left) + names(in: right)
    case .named(let name): [name.text]
    case .not(let inner, _): fieldNames(in: inner)
    case .all(let parts), .any(let parts): parts.flatMap(fieldNames(in:))
    case .missing: []
    }
  }

  static func names(in expression: ExpressionNode) -> [String] {
    switch expression {
    case .name(let name): [name.text]
    case .number, .text: []
    case .call(_, let arguments, _): arguments.flatMap(names(in:))
    case .arithmetic(_, let left, let right): names(in: left) + names(in: right)
    case .choose(let when, let then, let otherwise, _):
      names(in: when) + names(in: then) + names(in: otherwise)
    }
  }
}

extension Ask {
  /// Whether the card's date is needed: a period, or a key that is a part of the calendar.
  var usesDate: Bool {
    clauses.contains { clause in
      switch clause.kind {
      case .in, .since, .before, .mark: true
      case .by(let keys), .within(let keys):
        keys.contains { key in
          guard case .name(let name) = key else { return false }
          return PeriodWord.words.contains(name.key)
        }
      case .versus(.period): true
      default: false
      }
    }
  }
}

/// Parts of the calendar that may be said without a field: `by year`.
enum PeriodWord {
  static let words: Set<String> = ["year", "quarter", "month", "week", "day", "weekday"]
}
