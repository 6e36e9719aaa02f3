/// A question's tree as indented lines, for `show tree`.
package enum TreeText {
  package static func text(of ask: Ask) -> [String] {
    var lines = ["ask \(ask.verb.text.lowercased())"]
    switch ask.subject {
    case .cohort(let name): lines.append("├─ cohort \(name.text)")
    case .figures(let figures): lines.append("├─ figures \(Formatter.text(of: figures))")
    case .matrix(let rows, _): lines.append("├─ table of \(rows.count) rows")
    case .none: break
    }
    if let number = ask.number { lines.append("├─ number \(number.literal.written)") }
    for stage in ask.stages { lines.append("├─ stage \(stage.text)") }
    for condition in ask.conditions {
      lines.append("├─ condition")
      lines += text(of: condition).map { "│  " + $0 }
    }
    for field in ask.fields { lines.append("├─ field \(field.text)") }
    for clause in ask.clauses { lines += text(of: clause) }
    for inner in ask.inner { lines += text(of: inner).map { "│  " + $0 } }
    if lines.count > 1, let last = lines.lastIndex(where: { $0.hasPrefix("├─") }) {
      lines[last] = "└─" + lines[last].dropFirst(2)
      for index in lines.indices where index > last && lines[index].hasPrefix("│") {
        lines[index] = " " + lines[index].dropFirst()
      }
    }
    return lines
  }

  private static func text(of clause: Clause) -> [String] {
    switch clause.kind {
    case .where(let condition), .of(let condition), .versus(.condition(let condition)):
      ["├─ \(clause.word.rawValue)"] + text(of: condition).map { "│  " + $0 }
    default: ["├─ " + Formatter.text(of: clause)]
    }
  }

  private static func text(of condition: ConditionNode) -> [String] {
    switch condition {
    case .all(let parts): ["and"] + parts.flatMap { text(of: $0) }.map { "  " + $0 }
    case .any(let parts): ["or"] + parts.flatMap { text(of: $0) }.map { "  " + $0 }
    case .not(let inner, _): ["not"] + text(of: inner).map { "  " + $0 }
    default: [Formatter.text(of: condition)]
    }
  }
}
