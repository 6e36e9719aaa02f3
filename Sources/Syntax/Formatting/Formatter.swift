import Diagnostics

/// Writes statements the one way they are written: keywords in lower case, one space between words.
///
/// `format(parse(format(t))) == format(t)`.
package enum Formatter {
  /// Statements on lines of their own; one that could not be read is left out.
  package static func text(of statements: [Statement]) -> String {
    statements.map(text(of:)).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  package static func text(of statement: Statement) -> String {
    switch statement.kind {
    case .ask(let ask): text(of: ask)
    case .open(let path, _, let name):
      "open \(quoted(path))" + (name.map { " as \(text(of: $0))" } ?? "")
    case .card(let name, let lines):
      block("card \(text(of: name))", lines.map(text(of:)))
    case .cohort(let name, let base, let steps):
      (["cohort", text(of: name), "=", text(of: base)] + steps.map(text(of:)))
        .joined(separator: " ")
    case .population(let node): population(node)
    case .field(let name, let dataset, let expression):
      "field \(text(of: name)) of \(text(of: dataset)) = \(text(of: expression))"
    case .link(let from, let to): "link \(text(of: from)) to \(text(of: to))"
    case .stages(let dataset, let stages):
      block("stages of \(text(of: dataset))", stages.map(text(of:)))
    case .guideline(let name, let since, let rules, let otherwise):
      guideline(name, since, rules, otherwise)
    case .let(let name, let value): "let \(text(of: name)) = \(text(of: value))"
    case .param(let name, let value): "param \(text(of: name)) = \(text(of: value))"
    case .set(let name, let value):
      "set \(text(of: name))" + (value.map { " " + settingValue($0) } ?? "")
    case .about(let word, let stage, let ask, let expectation):
      about(word, stage, ask, expectation)
    case .command(let word, let arguments):
      ([word.text.lowercased()] + arguments.map(text(of:))).joined(separator: " ")
    case .unread: ""
    }
  }

  private static func block(_ head: String, _ lines: [String]) -> String {
    ([head] + lines.map { "  " + $0 } + ["end"]).joined(separator: "\n")
  }

  private static func about(
    _ word: Name, _ stage: Name?, _ ask: Ask?, _ expectation: Expectation?
  ) -> String {
    var parts = [word.text.lowercased()]
    if let stage { parts.append(text(of: stage)) }
    if word.key == "show" { parts.append("for") }
    if let ask { parts.append(text(of: ask)) }
    if let expectation { parts.append(text(of: expectation)) }
    return parts.joined(separator: " ")
  }

  package static func text(of expectation: Expectation) -> String {
    switch expectation {
    case .between(let low, let high):
      "between \(low.literal.written) and \(high.literal.written)"
    case .compare(let relation, let number): "\(relation.rawValue) \(number.literal.written)"
    case .raises(let id): "raises \(text(of: id))"
    }
  }

  private static func text(of argument: Argument) -> String {
    switch argument {
    case .name(let name): text(of: name)
    case .text(let text, _): quoted(text)
    case .condition(let condition): text(of: condition)
    case .setting(let name, let value): "\(text(of: name))=\(word(value))"
    }
  }

  private static func text(of value: LetValue) -> String {
    switch value {
    case .number(let quantity): quantity.literal.written
    case .text(let text, _): quoted(text)
    case .ask(let ask): text(of: ask)
    }
  }

  /// A setting's value is a word where it can be one.
  private static func settingValue(_ text: String) -> String { word(text) }
}

// Questions and their clauses.
extension Formatter {
  package static func text(of ask: Ask) -> String {
    var parts = [ask.verb.text.lowercased()]
    if let inner = ask.inner.first {
      if let number = ask.number { parts.append(number.literal.written) }
      parts += ["is", text(of: inner)]
      return (parts + ask.clauses.map(text(of:))).joined(separator: " ")
    }
    switch ask.subject {
    case .cohort(let name): parts.append(text(of: name))
    case .figures(let figures): parts.append(text(of: figures))
    case .matrix(let rows, _): parts.append(matrix(rows))
    case .none: break
    }
    if let number = ask.number { parts.append(number.literal.written) }
    if ask.stages.count == 2 {
      parts.append("\(text(of: ask.stages[0])) to \(text(of: ask.stages[1]))")
    }
    let fields = ask.fields.map(text(of:)).joined(separator: ", ")
    let condition = ask.conditions.first.map { text(of: $0) } ?? ""
    // Two bare names behind one another mean what their order says.
    parts += (isFieldFirst(ask) ? [fields, condition] : [condition, fields]).filter { !$0.isEmpty }
    let second = ask.conditions.dropFirst().map(text(of:))
    let denominator = ask.clauses.filter { $0.word == .of }.map(text(of:))
    let rest = ask.clauses.filter { $0.word != .of }.map(text(of:))
    return (parts + denominator + second + rest).joined(separator: " ")
  }

  private static func isFieldFirst(_ ask: Ask) -> Bool {
    guard let field = ask.fields.first, let condition = ask.conditions.first else { return false }
    return field.span.lower < condition.span.lower
  }

  private static func matrix(_ rows: [[Quantity]]) -> String {
    let lines = rows.map { $0.map(\.literal.written).joined(separator: " ") }
    return "[" + lines.joined(separator: "; ") + "]"
  }

  package static func text(of figures: GivenFigures) -> String {
    let per = figures.per.map { " per \($0.literal.written)" } ?? ""
    return "\(figures.events.literal.written)\(per) of \(figures.of.literal.written)"
  }

  package static func text(of clause: Clause) -> String {
    switch clause.kind {
    case .where(let condition): "where \(text(of: condition))"
    case .by(let keys): "by \(text(of: keys))"
    case .within(let keys): "within \(text(of: keys))"
    case .versus(let opponent): "vs \(text(of: opponent))"
    case .of(let condition): "of \(text(of: condition))"
    case .per(let number, let name):
      "per " + (number.map { $0.literal.written + " " } ?? "") + text(of: name)
    case .standardized(let population, let keys):
      "standardized to \(text(of: population)) by \(text(of: keys))"
    case .in(let period): "in \(text(of: period))"
    case .since(let period): "since \(text(of: period))"
    case .before(let period): "before \(text(of: period))"
    case .mark(let periods): "mark " + periods.map(text(of:)).joined(separator: ", ")
    case .top(let number): "top \(number.literal.written)"
    case .limit(let number): "limit \(number.literal.written)"
    case .seed(let number): "seed \(number.literal.written)"
    case .unit(let name): "unit \(text(of: name))"
    case .level(let number): "level \(number.literal.written)"
    case .using(let name): "using \(text(of: name))"
    case .against(let name): "against \(text(of: name))"
    case .until(let condition): "until \(text(of: condition))"
    case .at(let times): "at " + times.map(\.literal.written).joined(separator: ", ")
    case .from(let start, let end): "from \(text(of: start)) to \(text(of: end))"
    case .anyway: "anyway"
    }
  }

  private static func text(of keys: [ExpressionNode]) -> String {
    keys.map { text(of: $0) }.joined(separator: ", ")
  }

  package static func text(of opponent: Opponent) -> String {
    switch opponent {
    case .named(let name): text(of: name)
    case .everyPopulation: "every population"
    case .everyoneElse: "everyone else"
    case .share(let quantity): quantity.literal.written
    case .figures(let figures): text(of: figures)
    case .period(let period): text(of: period)
    case .condition(let condition): text(of: condition)
    }
  }

  package static func text(of period: PeriodNode) -> String {
    let first = period.first?.written ?? ""
    let last = period.last?.written ?? ""
    return first == last && !first.isEmpty ? first : "\(first)..\(last)"
  }
}

// Conditions, calculations, names and values.
extension Formatter {
  package static func text(of condition: ConditionNode) -> String {
    switch condition {
    case .test(let left, let relation, let values):
      leftSide(left) + sign(relation, after: left) + values.map(text(of:)).joined(separator: "|")
    case .compare(let left, let relation, let right):
      "\(leftSide(left)) \(relation.rawValue) \(rightSide(right))"
    case .named(let name): text(of: name)
    case .not(let inner, _): "not " + bracketed(inner)
    case .all(let parts):
      parts.map { if case .any = $0 { bracketed($0) } else { text(of: $0) } }
        .joined(separator: " and ")
    case .any(let parts): parts.map { text(of: $0) }.joined(separator: " or ")
    case .missing: ""
    }
  }

  /// A choice stands in brackets inside a condition.
  private static func leftSide(_ expression: ExpressionNode) -> String {
    if case .choose = expression { return "(\(text(of: expression)))" }
    return text(of: expression)
  }

  /// A calculation that would be read as a value keeps a bracket.
  private static func rightSide(_ expression: ExpressionNode) -> String {
    switch expression {
    case .name(let name): "`\(name.text.replacing("`", with: "``"))`"
    case .number, .text, .choose: "(\(text(of: expression)))"
    case .call, .arithmetic: text(of: expression)
    }
  }

  /// A sign stands close between a name and its values, and apart behind a calculation.
  private static func sign(_ relation: Relation, after left: ExpressionNode) -> String {
    switch (relation, left) {
    case (.contains, _), (.starts, _), (_, .arithmetic), (_, .choose): " \(relation.rawValue) "
    default: relation.rawValue
    }
  }

  private static func bracketed(_ condition: ConditionNode) -> String {
    switch condition {
    case .all, .any: "(\(text(of: condition)))"
    default: text(of: condition)
    }
  }

  package static func text(of expression: ExpressionNode, inside outer: String = "") -> String {
    switch expression {
    case .name(let name): return text(of: name)
    case .number(let literal, _): return literal.written
    case .text(let text, _): return quoted(text)
    case .call(let name, let arguments, _):
      return text(of: name) + "(" + arguments.map { text(of: $0) }.joined(separator: ", ") + ")"
    case .arithmetic(let sign, let left, let right):
      let inner = text(of: left, inside: sign) + " \(sign) " + text(of: right, inside: sign + "r")
      return Formatter.binds(sign, inside: outer) ? inner : "(\(inner))"
    case .choose(let when, let then, let otherwise, _):
      let inner =
        "if \(text(of: when)) then \(text(of: then)) else \(text(of: otherwise))"
      return outer.isEmpty ? inner : "(\(inner))"
    }
  }

  /// Whether `sign` needs no bracket as an operand of `outer`; an `r` marks the right operand.
  private static func binds(_ sign: String, inside outer: String) -> Bool {
    let isProduct = sign == "*" || sign == "/"
    switch outer {
    case "": return true
    case "+", "-": return true
    case "+r", "-r": return isProduct
    case "*", "/": return isProduct
    default: return false
    }
  }

  /// A name as it is written: bare, or between backquotes where it is no word.
  package static func name(_ text: String) -> String { isWord(text) ? text : backquoted(text) }

  package static func text(of name: Name) -> String {
    name.isQuoted ? backquoted(name.text) : name.text
  }

  package static func text(of end: LinkEnd) -> String { "\(end.dataset.text).\(end.field.text)" }

  static func text(of value: ValueNode) -> String {
    switch value.kind {
    case .word(let text): isWord(text) ? text : backquoted(text)
    case .quoted(let text): quoted(text)
    case .unknown: "?"
    case .range(let lower, let upper): (lower.map(word) ?? "") + ".." + (upper.map(word) ?? "")
    }
  }

  /// The text between double quotes, quotes inside it doubled.
  package static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  static func backquoted(_ text: String) -> String {
    "`" + text.replacing("`", with: "``") + "`"
  }

  /// The text bare where it is one word, in quotes where it is not.
  package static func word(_ text: String) -> String { isWord(text) ? text : quoted(text) }

  private static func isWord(_ text: String) -> Bool {
    let tokens = Lexer.tokens(of: SourceText(text))
    return tokens.count == 1 && tokens[0].kind == .word && tokens[0].text == text
  }
}

// Definitions.
extension Formatter {
  package static func text(of step: CohortStep) -> String {
    switch step {
    case .clause(let clause): text(of: clause)
    case .pick(let pick): text(of: pick)
    }
  }

  package static func text(of pick: PickNode) -> String {
    (pick.isLast ? "last" : "first") + (pick.by.map { " by \(text(of: $0))" } ?? "")
      + " per " + pick.per.map { text(of: $0) }.joined(separator: ", ")
  }

  private static func text(of line: CardLine) -> String {
    let head = line.word.isQuoted ? text(of: line.word) : line.word.text.lowercased()
    switch line.content {
    case .words(let words):
      return ([head] + words.map(text(of:))).joined(separator: " ")
    case .values(let field, let values):
      return "\(head) \(text(of: field)) = " + values.map(text(of:)).joined(separator: " | ")
    case .pairs(let field, let pairs):
      let list = pairs.map { "\(text(of: $0.0))=\(text(of: $0.1))" }
      return ([head, text(of: field)] + list).joined(separator: " ")
    }
  }

  private static func text(of stage: StageNode) -> String {
    if let date = stage.date { return "\(text(of: stage.name)) on \(text(of: date))" }
    return "\(text(of: stage.name)) when " + (stage.condition.map { text(of: $0) } ?? "")
  }

  private static func guideline(
    _ name: Name, _ since: PeriodNode?, _ rules: [GuidelineRule], _ otherwise: String?
  ) -> String {
    let head =
      "guideline \(text(of: name))" + (since.map { " since \(text(of: $0))" } ?? "")
    var lines = rules.map { rule in
      (rule.allows ? "allow " : "decline ") + quoted(rule.reason) + " when "
        + text(of: rule.condition)
    }
    if let otherwise {
      lines.append("otherwise " + (isWord(otherwise) ? otherwise : backquoted(otherwise)))
    }
    return block(head, lines)
  }

  private static func population(_ node: PopulationNode) -> String {
    var parts = ["population", text(of: node.name), "from", text(of: node.origin)]
    if let condition = node.condition { parts.append("where \(text(of: condition))") }
    parts += node.settings.map { "\(text(of: $0.0))=\(text(of: $0.1))" }
    let head = parts.joined(separator: " ")
    guard let across = node.across else { return head }
    var lines = ["across \(text(of: across))"]
    lines += node.groups.map { "  \(text(of: $0.name)) = " + columns(of: $0) }
    if let total = node.total { lines.append("total " + columns(of: total)) }
    return block(head, lines)
  }

  private static func columns(of group: PopulationNode.Group) -> String {
    text(of: group.column) + (group.marginOfError.map { " moe \(text(of: $0))" } ?? "")
  }
}
