import Diagnostics

extension Parser {
  /// The clause that begins here; a word that is compared with something is a field, not a clause.
  var clauseWord: ClauseWord? {
    guard let token = peek, token.kind == .word,
      let word = ClauseWord(rawValue: token.text.lowercased()), !isRelationSymbol(peek(1))
    else { return nil }
    return word
  }

  private func isRelationSymbol(_ token: Token?) -> Bool {
    token?.kind == .symbol && isRelation(token)
  }

  /// Reads one clause into the question, and says where the verb has no use for it.
  mutating func clause(_ word: ClauseWord, _ signature: Signature, _ ask: inout Ask) {
    let start = here
    if !signature.clauses.contains(word) {
      problems.append(
        SyntaxMessages.clauseUnknownToVerb(
          word.rawValue, signature.word, signature.clauses.map(\.rawValue), at: start))
      return
    }
    if ask.clauses.contains(where: { $0.word == word }) {
      problems.append(SyntaxMessages.clauseTwice(word.rawValue, at: start))
      return
    }
    index += 1
    guard let kind = clause(word) else { return }
    ask.clauses.append(Clause(kind, at: Span(start.lower, end)))
  }

  /// clause = where | by | within | versus | of | per | standardized | when | mark | count clause
  ///   | unit | level | using | against | until | at | from | "anyway" ;
  mutating func clause(_ word: ClauseWord) -> Clause.Kind? {
    switch word {
    case .where: whereClause()
    case .by: byClause()
    case .within: withinClause()
    case .versus: versusClause()
    case .of: ofClause()
    case .per: perClause()
    case .standardized: standardizedClause()
    case .in, .since, .before: whenClause(word)
    case .mark: markClause()
    case .top, .limit, .seed: countClause(word)
    case .unit: unitClause()
    case .level: levelClause()
    case .using: usingClause()
    case .against: againstClause()
    case .until: untilClause()
    case .at: atClause()
    case .from: fromClause()
    case .anyway: .anyway
    }
  }

  /// where = "where", condition ;
  private mutating func whereClause() -> Clause.Kind? { .where(condition()) }

  /// by = "by", keys ;
  private mutating func byClause() -> Clause.Kind? { .by(keys()) }

  /// within = "within", keys ;
  private mutating func withinClause() -> Clause.Kind? { .within(keys()) }

  /// keys = expression, { ",", expression } ;
  mutating func keys() -> [ExpressionNode] {
    var keys = [expression()]
    while consume(symbol: ",") { keys.append(expression()) }
    return keys
  }

  /// versus = "vs", opponent ;
  private mutating func versusClause() -> Clause.Kind? { opponent().map(Clause.Kind.versus) }

  /// opponent = "every", "population" | "everyone", "else" | figures | number | period
  ///   | condition | name ;
  private mutating func opponent() -> Opponent? {
    let start = position
    if at(word: "every"), !isRelation(peek(1)) {
      index += 1
      guard expect(word: "population") else { return nil }
      return .everyPopulation(Span(start, end))
    }
    if at(word: "everyone"), !isRelation(peek(1)) {
      index += 1
      guard expect(word: "else") else { return nil }
      return .everyoneElse(Span(start, end))
    }
    guard let token = peek, !atEnd else {
      missing("what to compare with")
      return .condition(.missing(here))
    }
    if at(symbol: "..") { return period().map(Opponent.period) }
    if opensCondition { return .condition(condition()) }
    if token.kind == .word, PeriodLiteral(token.text) != nil, !beginsFigures {
      return period().map(Opponent.period)
    }
    if token.kind == .word, NumberLiteral(token.text) != nil {
      return beginsFigures ? figures().map(Opponent.figures) : quantity().map(Opponent.share)
    }
    return name("what to compare with").map(Opponent.named)
  }

  /// More than a name: a bracket, a `not`, or a name that something is compared or joined with.
  private var opensCondition: Bool {
    if at(symbol: "(") || isRelation(peek(1)) || at(word: "not") { return true }
    guard let next = peek(1) else { return false }
    if next.kind == .word { return ["and", "or"].contains(next.text.lowercased()) }
    return Parser.isArithmetic(next) || next.kind == .symbol && next.text == "(" && !next.isSpaced
  }

  /// Whether a number here begins `162 of 200` or `176 per 100k of 508090`; `of` may also begin a clause.
  private var beginsFigures: Bool {
    func isNumber(_ ahead: Int) -> Bool {
      guard let token = peek(ahead), token.kind == .word else { return false }
      let next = peek(ahead + 1)
      return NumberLiteral(token.text) != nil && !isRelation(next)
        && !(next.map(Parser.isArithmetic) ?? false)
    }
    func isWord(_ word: String, _ ahead: Int) -> Bool {
      peek(ahead)?.kind == .word && peek(ahead)?.text.lowercased() == word
    }
    if isWord("per", 1) { return isNumber(2) && isWord("of", 3) && isNumber(4) }
    return isWord("of", 1) && isNumber(2)
  }

  /// of = "of", condition ;
  private mutating func ofClause() -> Clause.Kind? { .of(condition()) }

  /// per = "per", [ number ], name ;
  private mutating func perClause() -> Clause.Kind? {
    var number: Quantity?
    if let token = peek, token.kind == .word, NumberLiteral(token.text) != nil {
      number = quantity()
    }
    return name("a population or a stage").map { .per(number, $0) }
  }

  /// standardized = "standardized", "to", name, "by", keys ;
  private mutating func standardizedClause() -> Clause.Kind? {
    guard expect(word: "to"), let population = name("a population"), expect(word: "by") else {
      return nil
    }
    return .standardized(to: population, by: keys())
  }

  /// when = ( "in" | "since" | "before" ), period ;
  private mutating func whenClause(_ word: ClauseWord) -> Clause.Kind? {
    guard let period = period() else { return nil }
    return switch word {
    case .since: .since(period)
    case .before: .before(period)
    default: .in(period)
    }
  }

  /// period = date, [ "..", [ ? no blank ?, date ] ] | "..", ? no blank ?, date ;
  mutating func period() -> PeriodNode? {
    let start = position
    var first: PeriodLiteral?
    if !at(symbol: "..") {
      first = periodLiteral()
      if first == nil { return nil }
    }
    guard consume(symbol: "..") else { return PeriodNode(first, first, at: Span(start, end)) }
    var last: PeriodLiteral?
    if let token = peek, token.kind == .word, !token.isSpaced {
      last = periodLiteral()
      if last == nil { return nil }
    }
    return PeriodNode(first, last, at: Span(start, end))
  }

  private mutating func periodLiteral() -> PeriodLiteral? {
    guard let token = peek, token.kind == .word else {
      missing("a date or a period")
      return nil
    }
    guard let literal = PeriodLiteral(token.text) ?? parameterLiteral(token.text) else {
      problems.append(SyntaxMessages.notAPeriod(token.text, at: token.span))
      return nil
    }
    index += 1
    return literal
  }

  /// The date that a `param` of this name has.
  private func parameterLiteral(_ name: String) -> PeriodLiteral? {
    guard let literal = parameters[Name.key(of: name)].flatMap({ PeriodLiteral($0) }) else {
      return nil
    }
    if case .asWritten = parameterValues { return literal.named(name) }
    return literal
  }

  /// mark = "mark", period, { ",", period } ;
  private mutating func markClause() -> Clause.Kind? {
    var marks: [PeriodNode] = []
    repeat {
      guard let period = period() else { return nil }
      marks.append(period)
    } while consume(symbol: ",")
    return .mark(marks)
  }

  /// count clause = ( "top" | "limit" | "seed" ), ? a whole number ? ;
  private mutating func countClause(_ word: ClauseWord) -> Clause.Kind? {
    guard let number = quantity() else { return nil }
    guard let count = number.literal.integer, count >= 0 else {
      problems.append(SyntaxMessages.notANumber(source.slice(number.span), at: number.span))
      return nil
    }
    return switch word {
    case .top: .top(number)
    case .seed: .seed(number)
    default: .limit(number)
    }
  }

  /// unit = "unit", name ;
  private mutating func unitClause() -> Clause.Kind? { name("a unit").map(Clause.Kind.unit) }

  /// level = "level", number ;
  private mutating func levelClause() -> Clause.Kind? { quantity().map(Clause.Kind.level) }

  /// using = "using", name ;
  private mutating func usingClause() -> Clause.Kind? { name("a method").map(Clause.Kind.using) }

  /// against = "against", name ;
  private mutating func againstClause() -> Clause.Kind? {
    name("a guideline").map(Clause.Kind.against)
  }

  /// until = "until", condition ;
  private mutating func untilClause() -> Clause.Kind? { .until(condition()) }

  /// at = "at", number, { ",", number } ;
  private mutating func atClause() -> Clause.Kind? {
    var times: [Quantity] = []
    repeat {
      guard let time = quantity() else { return nil }
      times.append(time)
    } while consume(symbol: ",")
    return .at(times)
  }

  /// from = "from", condition, "to", condition ;
  private mutating func fromClause() -> Clause.Kind? {
    let start = condition()
    guard expect(word: "to") else { return nil }
    return .from(start, to: condition())
  }
}
