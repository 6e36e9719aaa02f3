/// Reads the notation that the head of `grammar/docket.ebnf` explains.
struct GrammarReader {
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  private let characters: [Character]
  private var index = 0

  init(_ text: String) {
    characters = Array(text)
  }

  mutating func grammar() throws -> Grammar {
    var names: [String] = []
    var rules: [String: Grammar.Part] = [:]
    skip()
    while index < characters.count {
      let name = try name()
      try expect("=")
      let part = try choice()
      try expect(";")
      if rules[name] != nil { throw Problem(description: "`\(name)` stands twice") }
      names.append(name)
      rules[name] = part
      skip()
    }
    return Grammar(names: names, rules: rules)
  }

  /// Blanks and comments.
  private mutating func skip() {
    while index < characters.count {
      if characters[index].isWhitespace {
        index += 1
      } else if characters[index] == "(", next == "*" {
        index += 2
        while index < characters.count, !(characters[index] == "*" && next == ")") { index += 1 }
        index += 2
      } else {
        return
      }
    }
  }

  private var next: Character? { index + 1 < characters.count ? characters[index + 1] : nil }

  private mutating func expect(_ sign: Character) throws {
    skip()
    guard index < characters.count, characters[index] == sign else {
      throw Problem(description: "`\(sign)` is expected at character \(index)")
    }
    index += 1
  }

  private mutating func at(_ sign: Character) -> Bool {
    skip()
    return index < characters.count && characters[index] == sign
  }

  /// Words of small letters with single blanks between them.
  private mutating func name() throws -> String {
    skip()
    var text = ""
    while index < characters.count, characters[index].isLetter || characters[index] == " " {
      text.append(characters[index])
      index += 1
    }
    while text.last == " " { text.removeLast() }
    if text.isEmpty { throw Problem(description: "a name is expected at character \(index)") }
    return text
  }

  private mutating func choice() throws -> Grammar.Part {
    var parts = [try sequence()]
    while at("|") {
      index += 1
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws -> Grammar.Part {
    var parts = [try part()]
    while at(",") {
      index += 1
      parts.append(try part())
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func part() throws -> Grammar.Part {
    skip()
    guard index < characters.count else { throw Problem(description: "the text ends in a rule") }
    switch characters[index] {
    case "\"", "'": return .terminal(try quoted())
    case "?": return .special(try quoted())
    case "[": return .optional(try bracketed("]"))
    case "{": return .repeated(try bracketed("}"))
    case "(": return try bracketed(")")
    default: return .rule(try name())
    }
  }

  private mutating func bracketed(_ close: Character) throws -> Grammar.Part {
    index += 1
    let inner = try choice()
    try expect(close)
    return inner
  }

  /// What stands up to the same sign again.
  private mutating func quoted() throws -> String {
    let quote = characters[index]
    index += 1
    var text = ""
    while index < characters.count, characters[index] != quote {
      text.append(characters[index])
      index += 1
    }
    if index == characters.count { throw Problem(description: "\(quote) is not closed") }
    index += 1
    return quote == "?" ? String(text.dropFirst().dropLast()) : text
  }
}
