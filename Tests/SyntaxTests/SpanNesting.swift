import Diagnostics
import Syntax

/// Looks for spans that lie outside the one they belong to.
enum SpanNesting {
  static func findings(in statements: [Statement], length: Int) -> [String] {
    var found: [String] = []
    var last = 0
    for statement in statements {
      let span = statement.span
      if span.lower < last || span.upper > length || span.lower > span.upper {
        found.append("the statement at \(span)")
      }
      last = span.upper
      found += parts(of: statement).filter { !inside($0.span, span) }
        .map { "\($0.name) at \($0.span) of the statement at \(span)" }
    }
    return found
  }

  private struct PartSpan {
    let name: String
    let span: Span
  }

  /// What is missing at the end of a statement may be said to stand right behind it.
  private static func inside(_ inner: Span, _ outer: Span) -> Bool {
    inner.lower >= outer.lower && inner.upper <= outer.upper + 1
  }

  private static func parts(of statement: Statement) -> [PartSpan] {
    switch statement.kind {
    case .ask(let ask), .about(_, _, .some(let ask), _): parts(of: ask)
    case .open(_, let path, let name): [PartSpan(name: "the path", span: path)] + list(name)
    case .card(let name, let lines): list(name) + lines.flatMap { list($0.word) }
    case .cohort(let name, let base, let steps):
      list(name) + list(base) + steps.map { PartSpan(name: "a step", span: $0.span) }
    case .field(let name, let dataset, let expression):
      list(name) + list(dataset) + [PartSpan(name: "the calculation", span: expression.span)]
    case .stages(let dataset, let stages):
      list(dataset) + stages.flatMap { list($0.name) + list($0.date) + list($0.condition) }
    case .guideline(let name, _, let rules, _):
      list(name) + rules.flatMap { list($0.condition) }
    case .population(let node): list(node.name) + list(node.condition) + list(node.across)
    case .let(let name, _), .param(let name, _), .set(let name, _), .command(let name, _):
      list(name)
    case .about(let word, _, nil, _): list(word)
    case .link(let from, let to):
      list(from.dataset) + list(from.field) + list(to.dataset) + list(to.field)
    case .unread: []
    }
  }

  private static func parts(of ask: Ask) -> [PartSpan] {
    [
      PartSpan(name: "the question", span: ask.span),
      PartSpan(name: "the verb", span: ask.verb.span),
    ]
      + [PartSpan(name: "the subject", span: ask.subject.span)]
      + ask.conditions.flatMap { list($0) } + ask.fields.flatMap { list($0) }
      + ask.stages.flatMap { list($0) }
      + ask.clauses.map { PartSpan(name: "a clause", span: $0.span) }
      + ask.inner.flatMap { parts(of: $0) }
  }

  private static func list(_ name: Name?) -> [PartSpan] {
    name.map { [PartSpan(name: "the name \($0.text)", span: $0.span)] } ?? []
  }

  private static func list(_ condition: ConditionNode?) -> [PartSpan] {
    guard let condition else { return [] }
    let own = PartSpan(name: "a condition", span: condition.span)
    switch condition {
    case .not(let inner, _): return [own] + list(inner)
    case .all(let parts), .any(let parts): return [own] + parts.flatMap { list($0) }
    default: return [own]
    }
  }
}
