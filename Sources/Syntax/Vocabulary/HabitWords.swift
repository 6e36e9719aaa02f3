import Diagnostics

/// Turns names, values and conditions of other languages into those of this one.
enum HabitWords {
  /// The tokens with texts in single quotes as one token each.
  static func joined(_ tokens: [Token], _ source: SourceText) -> [Token] {
    var list: [Token] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .symbol, token.text == "'",
        let close = tokens[(index + 1)...].firstIndex(where: {
          $0.kind == .symbol && $0.text == "'"
        })
      {
        let text = source.slice(Span(token.span.upper, tokens[close].span.lower))
        list.append(
          Token(
            .string, text, at: Span(token.span.lower, tokens[close].span.upper),
            isSpaced: token.isSpaced))
        index = close + 1
      } else {
        list.append(token)
        index += 1
      }
    }
    return list
  }

  /// What a placeholder's tokens are here.
  static func text(of tokens: [Token], as placeholder: String) -> String {
    switch placeholder {
    case "COND", "EXPRESSION": condition(tokens)
    case "FILE": Formatter.quoted(tokens.map(\.text).joined())
    case "COHORT", "FIELD", "FIELD2", "NAME", "KEY": Formatter.name(tokens[0].text)
    case "FIELDS": tokens.map { $0.text == "," ? ", " : Formatter.name($0.text) }.joined()
    case "LIKE": like(tokens[0].text)
    case "FRACTION": tokens[0].text.split(separator: "/").joined(separator: " of ")
    default: tokens.map { Formatter.word($0.text) }.joined(separator: " ")
    }
  }

  private static let signs: [String: String] = [
    "==": "=", "<>": "!=", "=": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=",
  ]
  private static let words: [String: String] = [
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "~": "not", "and": "and",
    "or": "or", "not": "not",
  ]

  /// A condition such as `race = 'Black' AND age > 20`, `df$race == "B" & !is.na(x)`.
  static func condition(_ tokens: [Token]) -> String {
    var text = ""
    var rest = tokens[...]
    func word(_ more: String) {
      if !text.isEmpty, !text.hasSuffix("("), !text.hasSuffix("=") || more == "and",
        !text.hasSuffix("<"), !text.hasSuffix(">")
      {
        text += " "
      }
      text += more
    }
    while let token = rest.first {
      if let (more, count) = relation(rest) {
        text += more
        rest = rest.dropFirst(count)
        continue
      }
      rest = rest.dropFirst()
      if token.kind == .symbol, let sign = signs[token.text] {
        text += sign
      } else if token.kind != .string, let joint = words[token.text.lowercased()] {
        word(joint)
      } else if token.kind == .symbol, token.text == "$" {
        // `df$race` is the field race of the table that the line is about.
        text = text.split(separator: " ").dropLast().joined(separator: " ")
      } else if token.kind == .symbol, token.text == ")" || token.text == "," {
        text += token.text
      } else if token.kind == .word, rest.first.map({ signs[$0.text] != nil }) ?? false {
        word(Formatter.name(String(token.text.split(separator: ".").last ?? "")))
      } else {
        word(token.kind == .string ? Formatter.word(token.text) : token.text)
      }
    }
    return text
  }

  /// `is null`, `like '%x%'`, `in (a, b)`, `between a and b`, with the number of tokens.
  private static func relation(_ tokens: ArraySlice<Token>) -> (String, Int)? {
    for (pattern, make) in relations {
      if let (bindings, count) = pattern.matchPrefix(tokens), let text = make(bindings) {
        return (text, count)
      }
    }
    return nil
  }

  private typealias Maker = @Sendable (HabitPattern.Bindings) -> String?

  private static let relations: [(HabitPattern, Maker)] = [
    (HabitPattern("is not null"), { _ in "!=?" }), (HabitPattern("is null"), { _ in "=?" }),
    (HabitPattern("like VALUE"), { like($0["VALUE"]?.first?.text ?? "") }),
    (HabitPattern("between LOW and HIGH"), { "=\(plain($0, "LOW"))..\(plain($0, "HIGH"))" }),
    (HabitPattern("in ( VALUES… )"), { "=" + alternatives($0["VALUES"] ?? []) }),
    (HabitPattern("% in % c ( VALUES… )"), { "=" + alternatives($0["VALUES"] ?? []) }),
  ]

  private static func plain(_ bindings: HabitPattern.Bindings, _ name: String) -> String {
    bindings[name]?.first.map { Formatter.word($0.text) } ?? ""
  }

  private static func alternatives(_ tokens: [Token]) -> String {
    tokens.filter { $0.kind != .symbol }.map { Formatter.word($0.text) }.joined(separator: "|")
  }

  /// `%x%` is somewhere, `x%` is at the beginning.
  private static func like(_ text: String) -> String {
    let inner = text.filter { $0 != "%" }
    if text.hasPrefix("%") { return " contains \(Formatter.quoted(inner))" }
    return text.hasSuffix("%") ? " starts \(Formatter.quoted(inner))" : "=\(Formatter.word(inner))"
  }
}
