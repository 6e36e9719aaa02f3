import Diagnostics

extension Parser {
  /// command = bare command | word command | whatif | about | show | expect | run ;
  ///
  /// Which word is which stands at `CommandWord.Arguments`.
  mutating func command(_ word: CommandWord, _ name: Name) -> Statement.Kind {
    switch word.arguments {
    case .none: return .command(name, [])
    case .words: return .command(name, arguments())
    case .condition:
      return whatif(name)
    case .question: return about(name, isOptional: true)
    case .stageAndQuestion: return show(name)
    case .expectation: return expectation(name)
    case .script: return .command(name, scriptArguments())
    }
  }

  /// whatif = "whatif", condition ;
  private mutating func whatif(_ name: Name) -> Statement.Kind {
    if atEnd { missing("a condition such as race=?") }
    return .command(name, atEnd ? [] : [.condition(condition())])
  }

  /// arguments = { name | string | "," | "?" } ;
  private mutating func arguments() -> [Argument] {
    var list: [Argument] = []
    while let token = peek, token.kind != .end {
      switch token.kind {
      case .word, .name: list.append(.name(name(of: token)))
      case .string: list.append(.text(token.text, token.span))
      case .symbol where token.text == "," || token.text == "?": break
      default: return list
      }
      index += 1
    }
    return list
  }

  /// run = "run", ( string | word ), { name, "=", ( word | string ) } ;
  private mutating func scriptArguments() -> [Argument] {
    guard let token = peek, token.kind == .string || token.kind == .word else {
      missing("a script in quotes", help: ["run \"report.docket\" year=2021"])
      return []
    }
    index += 1
    var list: [Argument] = [.text(token.text, token.span)]
    while !atEnd {
      guard let name = name("a setting such as year=2021"), expect(symbol: "="),
        let value = peek, value.kind == .word || value.kind == .string
      else { return list }
      index += 1
      list.append(.setting(name, value.text))
    }
    return list
  }

  /// about = ( "explain" | "why" ), [ ask ] ;
  private mutating func about(_ name: Name, isOptional: Bool) -> Statement.Kind {
    if atEnd, isOptional { return .about(name, stage: nil, nil, nil) }
    guard let ask = ask() else { return .unread }
    return .about(name, stage: nil, ask, nil)
  }

  /// show = "show", name, "for", ask ;
  ///
  /// The names are `tokens`, `tree`, `plan` and `sql`; another is a problem when it is asked.
  private mutating func show(_ name: Name) -> Statement.Kind {
    guard let stage = self.name("tokens, tree, plan or sql"), expect(word: "for") else {
      return .unread
    }
    guard let ask = ask() else { return .unread }
    return .about(name, stage: stage, ask, nil)
  }

  /// expect = "expect", ( ask | name ), expectation ;
  private mutating func expectation(_ name: Name) -> Statement.Kind {
    var ask: Ask?
    var figure: Name?
    if let token = peek,
      token.kind == .name
        || token.kind == .word && vocabulary.signature(of: token.text) == nil
    {
      index += 1
      figure = self.name(of: token)
    } else {
      ask = askUpToExpectation()
      if ask == nil { return .unread }
    }
    guard let expectation = expectationEnd() else { return .unread }
    return .about(name, stage: figure, ask, expectation)
  }

  /// The question of an `expect` ends before its `between`, its relation or its `raises`.
  private mutating func askUpToExpectation() -> Ask? {
    var ahead = 0
    var cut: Int?
    while let token = peek(ahead), token.kind != .end {
      let isMark =
        token.kind == .word && ["between", "raises"].contains(token.text.lowercased())
        || isSpacedRelation(ahead)
      if isMark { cut = index + ahead }
      ahead += 1
    }
    guard let cut else { return ask() }
    let rest = tokens
    let at = tokens[cut].span.lower
    tokens = Array(tokens[..<cut]) + [Token(.end, "", at: Span(at, at), isSpaced: true)]
    let ask = ask()
    let consumed = index
    tokens = rest
    index = max(consumed, cut)
    return ask
  }

  /// A relation with white space on both sides and a number behind it: `… = 162`.
  private func isSpacedRelation(_ ahead: Int) -> Bool {
    guard let token = peek(ahead), token.kind == .symbol, token.isSpaced, isRelation(token),
      let next = peek(ahead + 1), next.isSpaced, NumberLiteral(next.text) != nil
    else { return false }
    return peek(ahead + 2) == nil || peek(ahead + 2)?.kind == .end
  }

  /// expectation = "between", number, "and", number | comparison, number | "raises", name ;
  private mutating func expectationEnd() -> Expectation? {
    if consume(word: "between") {
      guard let low = quantity(), expect(word: "and"), let high = quantity() else { return nil }
      return .between(low, high)
    }
    if consume(word: "raises") { return name("the id of a caution").map(Expectation.raises) }
    guard let token = peek, token.kind == .symbol,
      let relation = Relation(rawValue: token.text)
    else {
      missing("`between … and …`, a comparison or `raises`")
      return nil
    }
    index += 1
    return quantity().map { .compare(relation, $0) }
  }
}
