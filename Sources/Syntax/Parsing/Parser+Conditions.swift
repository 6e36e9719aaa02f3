import Diagnostics

extension Parser {
  /// condition = conjunction, { "or", conjunction } ;
  mutating func condition() -> ConditionNode {
    nested(.missing(here)) { parser in
      var parts = [parser.conjunction()]
      while parser.consume(word: "or") { parts.append(parser.conjunction()) }
      return parts.count == 1 ? parts[0] : .any(parts)
    }
  }

  /// conjunction = negation, { "and", negation } ;
  private mutating func conjunction() -> ConditionNode {
    var parts = [negation()]
    while consume(word: "and") { parts.append(negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// negation = "not", negation | "(", condition, ")" | test ;
  private mutating func negation() -> ConditionNode {
    nested(.missing(here)) { parser in
      let start = parser.here
      if parser.at(word: "not"), !parser.isRelation(parser.peek(1)) {
        parser.index += 1
        let inner = parser.negation()
        return .not(inner, start.union(inner.span))
      }
      if parser.at(symbol: "("), !parser.beginsCalculation {
        parser.index += 1
        let inner = parser.condition()
        _ = parser.expect(symbol: ")")
        return inner
      }
      return parser.test()
    }
  }

  /// Whether the bracket here closes before an arithmetic sign or a relation: then it is part of a calculation.
  private var beginsCalculation: Bool {
    var level = 0
    var ahead = 0
    while let token = peek(ahead), token.kind != .end {
      if token.kind == .symbol, token.text == "(" { level += 1 }
      if token.kind == .symbol, token.text == ")" {
        level -= 1
        if level == 0 {
          guard let next = peek(ahead + 1) else { return false }
          return isRelation(next) || Parser.isArithmetic(next)
        }
      }
      ahead += 1
    }
    return false
  }

  static func isArithmetic(_ token: Token) -> Bool {
    token.kind == .symbol && ["+", "-", "*", "/"].contains(token.text)
  }

  /// The relation that a token stands for, if it is one.
  func isRelation(_ token: Token?) -> Bool { relation(of: token) != nil }

  /// relation = comparison | "contains" | "starts" ;
  private func relation(of token: Token?) -> Relation? {
    guard let token, token.kind == .symbol || token.kind == .word else { return nil }
    return Relation(rawValue: token.text.lowercased())
  }

  /// test = sum, relation, ( values | sum ) | name ;
  ///
  /// A lone word on the right is a value; a calculation has a bracket, a call, a sign or a backquote.
  private mutating func test() -> ConditionNode {
    guard let token = peek, token.kind == .word || token.kind == .name || token.text == "("
    else {
      missing("a condition such as race=Black")
      return .missing(here)
    }
    let left = sum()
    guard let relation = relation(of: peek) else {
      if case .name(let name) = left { return .named(name) }
      missing("a comparison such as = or <")
      return .missing(left.span)
    }
    index += 1
    if rightIsCalculation { return .compare(left, relation, sum()) }
    return .test(left, relation, values())
  }

  /// A name in backquotes, a call, a bracket, or anything with an arithmetic sign behind it.
  private var rightIsCalculation: Bool {
    guard let token = peek else { return false }
    if token.kind == .name || token.kind == .symbol && token.text == "(" { return true }
    guard token.kind == .word, let next = peek(1) else { return false }
    return Parser.isArithmetic(next) || next.kind == .symbol && next.text == "(" && !next.isSpaced
  }

  /// values = value, { "|", value } ;
  mutating func values() -> [ValueNode] {
    var list: [ValueNode] = []
    repeat {
      guard let value = value() else { return list }
      list.append(value)
    } while consume(symbol: "|")
    return list
  }

  /// value = "?" | bound, [ "..", [ ? no blank ?, bound ] ] | "..", bound ;
  mutating func value() -> ValueNode? {
    guard let token = peek else {
      missing("a value")
      return nil
    }
    if consume(symbol: "?") { return ValueNode(.unknown, at: token.span) }
    if consume(symbol: "..") {
      guard let upper = bound() else { return nil }
      return ValueNode(.range(nil, upper), at: Span(token.span.lower, end))
    }
    guard token.kind == .word || token.kind == .string else {
      missing(
        "a value",
        help: "(*[".contains(token.text) ? ["a value with such signs stands in quotes"] : [])
      return nil
    }
    index += 1
    if at(symbol: "..") {
      index += 1
      var upper: String?
      if let next = peek, next.kind == .word || next.kind == .string, !next.isSpaced {
        upper = bound()
      }
      return ValueNode(.range(token.text, upper), at: Span(token.span.lower, end))
    }
    return ValueNode(token.kind == .word ? .word(token.text) : .quoted(token.text), at: token.span)
  }

  /// bound = word | string ;
  private mutating func bound() -> String? {
    guard let token = peek, token.kind == .word || token.kind == .string else {
      missing("the end of a range")
      return nil
    }
    index += 1
    return token.text
  }

  /// expression = choice | sum ;
  mutating func expression() -> ExpressionNode {
    if at(word: "if"), !isRelation(peek(1)), !endsName(peek(1)) { return choice() }
    return sum()
  }

  /// Whether a word before this token is a name that stands alone.
  private func endsName(_ token: Token?) -> Bool {
    guard let token, token.kind != .end else { return true }
    if token.kind == .symbol { return token.text != "(" || !token.isSpaced }
    return token.kind == .word && ClauseWord(rawValue: token.text.lowercased()) != nil
  }

  /// argument = string | expression ;
  mutating func argument() -> ExpressionNode {
    guard let token = peek, token.kind == .string else { return expression() }
    index += 1
    return .text(token.text, token.span)
  }

  /// sum = term, { ( "+" | "-" ), term } ;
  private mutating func sum() -> ExpressionNode {
    nested(.name(Name("", at: here))) { parser in
      var left = parser.term()
      while let sign = parser.peek, sign.kind == .symbol, ["+", "-"].contains(sign.text) {
        parser.index += 1
        left = .arithmetic(sign.text, left, parser.term())
      }
      return left
    }
  }

  /// term = factor, { ( "*" | "/" ), factor } ;
  private mutating func term() -> ExpressionNode {
    var left = factor()
    while let sign = peek, sign.kind == .symbol, ["*", "/"].contains(sign.text) {
      index += 1
      left = .arithmetic(sign.text, left, factor())
    }
    return left
  }

  /// factor = number | call | name | "(", expression, ")" ;
  private mutating func factor() -> ExpressionNode {
    guard let token = peek else {
      missing("a field or a number")
      return .name(Name("", at: here))
    }
    if consume(symbol: "(") {
      let inner = expression()
      _ = expect(symbol: ")")
      return inner
    }
    guard token.kind == .word || token.kind == .name else {
      missing("a field or a number")
      return .name(Name("", at: here))
    }
    index += 1
    if token.kind == .word, let literal = NumberLiteral(token.text) {
      return .number(literal, token.span)
    }
    let name = name(of: token)
    if at(symbol: "("), peek?.isSpaced == false { return call(name) }
    return .name(name)
  }

  /// call = name, ? no blank ?, "(", [ argument, { ",", argument } ], ")" ;
  private mutating func call(_ name: Name) -> ExpressionNode {
    index += 1
    var arguments: [ExpressionNode] = []
    if !at(symbol: ")") {
      repeat { arguments.append(argument()) } while consume(symbol: ",")
    }
    _ = expect(symbol: ")")
    return .call(name, arguments, Span(name.span.lower, end))
  }

  /// choice = "if", condition, "then", argument, "else", argument ;
  private mutating func choice() -> ExpressionNode {
    nested(.name(Name("", at: here))) { parser in
      let start = parser.position
      parser.index += 1
      let when = parser.condition()
      _ = parser.expect(word: "then")
      let then = parser.argument()
      _ = parser.expect(word: "else")
      let otherwise = parser.argument()
      return .choose(when, then, otherwise, Span(start, parser.end))
    }
  }
}
