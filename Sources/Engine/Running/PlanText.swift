import Columns

/// A tabulation as one line of text.
package enum PlanText {
  package static func text(of tabulation: Tabulation) -> String {
    var parts = ["tabulate \(tabulation.dataset)"]
    if tabulation.rows != .constant(true) { parts.append("where \(text(of: tabulation.rows))") }
    if !tabulation.keys.isEmpty {
      parts.append("by " + tabulation.keys.map(text(of:)).joined(separator: ", "))
    }
    parts.append("→ " + tabulation.measures.map(text(of:)).joined(separator: ", "))
    if let weight = tabulation.weight { parts.append("weighted by \(weight.name)") }
    return parts.joined(separator: " ")
  }

  private static func text(of key: Key) -> String {
    switch key {
    case .field(let field): text(of: field)
    case .test(let predicate): "test(\(text(of: predicate)))"
    }
  }

  private static func text(of measure: Measure) -> String {
    switch measure {
    case .rows: "rows"
    case .units(let field): "distinct \(field.name)"
    case .sum(let field): "sum \(field.name)"
    case .least(let field): "least \(field.name)"
    case .greatest(let field): "greatest \(field.name)"
    }
  }

  private static func text(of field: Field) -> String {
    switch field {
    case .column(let name, _), .computed(let name, _): name
    case .period(let unit, let inner): "\(unit.rawValue)(\(text(of: inner)))"
    case .weekday(let inner): "weekday(\(text(of: inner)))"
    case .linked(let link, let value): "\(link.name).\(value.name)"
    case .picked(let pick): pick.name
    }
  }

  package static func text(of predicate: Predicate) -> String {
    switch predicate {
    case .constant(let truth): truth ? "all rows" : "no rows"
    case .test(.picked(let pick), .among([Pick.picked])): pick.name
    case .test(let field, let test): text(of: field) + text(of: test)
    case .missing(let field): "\(text(of: field)) is missing"
    case .compare(let left, let relation, let right):
      "\(text(of: left)) \(relation.rawValue) \(text(of: right))"
    case .not(let inner): "not (\(text(of: inner)))"
    case .all(let parts): parts.map { bracketed($0) }.joined(separator: " and ")
    case .any(let parts): parts.map { bracketed($0) }.joined(separator: " or ")
    }
  }

  private static func bracketed(_ predicate: Predicate) -> String {
    switch predicate {
    case .all, .any: "(\(text(of: predicate)))"
    default: text(of: predicate)
    }
  }

  private static func text(of test: Test) -> String {
    switch test {
    case .among(let values): "=" + values.sorted().map(\.description).joined(separator: "|")
    case .compare(let relation, let value): "\(relation.rawValue)\(value)"
    case .between(let lower, let upper):
      "=" + (lower?.description ?? "") + ".." + (upper?.description ?? "")
    case .contains(let text): " contains \"\(text)\""
    case .starts(let text): " starts \"\(text)\""
    }
  }

  private static func text(of expression: Expression) -> String {
    switch expression {
    case .field(let field): text(of: field)
    case .literal(let value): value.description
    case .arithmetic(let sign, let left, let right):
      "(\(text(of: left)) \(sign.rawValue) \(text(of: right)))"
    case .call(let function, let arguments):
      function.rawValue + "(" + arguments.map(text(of:)).joined(separator: ", ") + ")"
    case .choose(let when, let then, let otherwise):
      "if \(text(of: when)) then \(text(of: then)) else \(text(of: otherwise))"
    case .truth(let predicate): "(\(text(of: predicate)))"
    }
  }
}
