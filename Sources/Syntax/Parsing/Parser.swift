package import Diagnostics

/// What a text was read as: statements and problems. Parsing never fails.
package struct Parsed: Sendable {
  package let statements: [Statement]
  package let problems: [Diagnostic]
}

/// Limits of the language, each with its reason.
package enum SyntaxLimits {
  /// Deeper nesting would use up the stack in a debug build; nobody reads it either.
  package static let nesting = 64
  /// A script of a megabyte is a data file by mistake.
  package static let textBytes = 1 << 20
}

/// Reads statements from tokens by recursive descent, one function for each rule of `grammar/docket.ebnf`.
///
/// A function that does not consume is not `mutating`. After a problem the rest of the statement is skipped.
package struct Parser {
  let source: SourceText
  let vocabulary: Vocabulary
  var tokens: [Token]
  var index = 0
  var depth = 0
  var problems: [Diagnostic] = []
  /// Values of `param` so far, by the keys of their names.
  var parameters: [String: String] = [:]
  let parameterValues: ParameterValues

  /// Reads a text of statements; what could not be read is among the problems.
  package static func parse(
    _ source: SourceText, vocabulary: Vocabulary, values: ParameterValues = .asWritten
  ) -> Parsed {
    guard source.bytes.count <= SyntaxLimits.textBytes else {
      let span = Span(0, min(40, source.bytes.count))
      return Parsed(
        statements: [],
        problems: [SyntaxMessages.tooLong(limit: SyntaxLimits.textBytes, at: span)])
    }
    var parser = Parser(
      source: source, vocabulary: vocabulary, tokens: Lexer.tokens(of: source), values: values)
    let statements = parser.script()
    return Parsed(statements: statements, problems: parser.problems)
  }

  private init(
    source: SourceText, vocabulary: Vocabulary, tokens: [Token], values: ParameterValues
  ) {
    self.source = source
    self.vocabulary = vocabulary
    self.tokens = tokens
    parameterValues = values
    if case .given(let given) = values { parameters = given }
  }

  /// script = [ ends ], [ statement, { ends, statement } ], [ ends ] ;
  private mutating func script() -> [Statement] {
    var statements: [Statement] = []
    while true {
      ends()
      guard peek != nil else { return statements }
      let start = index
      let before = problems.count
      var statement = statement()
      if let token = peek, token.kind != .end {
        if problems.count == before { problems.append(unexpectedRest(token)) }
        skipStatement()
      }
      if problems.count > before, let habit = habit(from: start) {
        problems.removeSubrange(before...)
        problems.append(habit)
      }
      // Half of what was said must never be answered as if it were all.
      if problems.count > before { statement = Statement(.unread, at: statement.span) }
      statements.append(statement)
      if index == start { index += 1 }
    }
  }

  /// What is said of a statement that is written as in another language; the cursor goes behind it.
  private mutating func habit(from start: Int) -> Diagnostic? {
    guard start < tokens.count else { return nil }
    var stop = start
    let isQuery = ["select", "with"].contains(tokens[start].text.lowercased())
    while stop < tokens.count {
      if tokens[stop].kind == .end {
        // A query goes on over line breaks as long as its clauses do.
        let next = stop + 1 < tokens.count ? tokens[stop + 1].text.lowercased() : ""
        guard isQuery, tokens[stop].text != ";", Parser.queryClauses.contains(next) else { break }
      }
      stop += 1
    }
    let line = tokens[start..<stop].filter { $0.kind != .end }
    guard !line.contains(where: { $0.kind == .unclosed }),
      let habit = Habit.diagnostic(of: line, in: source)
    else { return nil }
    index = max(index, stop)
    return habit
  }

  private static let queryClauses: Set<String> = [
    "from", "where", "group", "order", "having", "limit", "join", "inner", "left", "on", "and",
    "or",
  ]

  /// ends = end, { end } ;
  ///
  /// True where there was one.
  @discardableResult
  mutating func ends() -> Bool {
    let start = index
    while peek?.kind == .end { index += 1 }
    return index > start
  }

  private func unexpectedRest(_ token: Token) -> Diagnostic {
    if token.kind == .unclosed { return SyntaxMessages.mustBeClosed("a quote", at: token.span) }
    if index > 0, token.kind == .word, case let last = tokens[index - 1], last.kind == .word,
      index > 1, tokens[index - 2].kind == .symbol
    {
      let both = Span(last.span.lower, token.span.upper)
      let quoted = "\"\(source.slice(both))\""
      return SyntaxMessages.unexpected(
        token, help: ["a value of several words stands in quotes: \(quoted)"])
    }
    return SyntaxMessages.unexpected(token)
  }

  private mutating func skipStatement() {
    while let token = peek, token.kind != .end { index += token.kind == .end ? 0 : 1 }
  }

  /// statement = definition | command | ask ;
  private mutating func statement() -> Statement {
    let start = position
    let kind: Statement.Kind
    guard let token = peek else { return Statement(.unread, at: Span(start, start)) }
    let word = token.kind == .word ? token.text.lowercased() : ""
    if let definition = DefinitionWord(rawValue: word) {
      index += 1
      kind = self.definition(definition, token)
    } else if let command = CommandWord(rawValue: word) {
      index += 1
      kind = self.command(command, name(of: token))
    } else if let ask = ask() {
      kind = .ask(ask)
    } else {
      kind = .unread
    }
    return Statement(kind, at: Span(start, max(start, end)))
  }
}

// What stands at the cursor, and stepping over it.
extension Parser {
  var peek: Token? { index < tokens.count ? tokens[index] : nil }

  func peek(_ ahead: Int) -> Token? {
    index + ahead < tokens.count ? tokens[index + ahead] : nil
  }

  /// Where the next token begins.
  var position: Int { peek?.span.lower ?? source.bytes.count }

  /// Where the last token ended.
  var end: Int { index > 0 ? tokens[index - 1].span.upper : 0 }

  /// The span of the next token, or the end of the text.
  var here: Span {
    if let token = peek, token.kind != .end { return token.span }
    return Span(end, end + 1)
  }

  func at(symbol: String) -> Bool { peek?.kind == .symbol && peek?.text == symbol }

  func at(word: String) -> Bool {
    peek?.kind == .word && peek?.text.lowercased() == word
  }

  /// Whether no more words of the statement follow.
  var atEnd: Bool { peek == nil || peek?.kind == .end }

  mutating func consume(symbol: String) -> Bool {
    guard at(symbol: symbol) else { return false }
    index += 1
    return true
  }

  mutating func consume(word: String) -> Bool {
    guard at(word: word) else { return false }
    index += 1
    return true
  }

  mutating func expect(symbol: String) -> Bool {
    if consume(symbol: symbol) { return true }
    missing("`\(symbol)`")
    return false
  }

  mutating func expect(word: String) -> Bool {
    if consume(word: word) { return true }
    missing("`\(word)`")
    return false
  }

  mutating func missing(_ what: String, help: [String] = []) {
    if let token = peek, token.kind == .unclosed {
      problems.append(SyntaxMessages.mustBeClosed("a quote", at: token.span))
    } else {
      problems.append(SyntaxMessages.expected(what, found: peek, at: here, help: help))
    }
  }

  func name(of token: Token) -> Name {
    Name(token.text, at: token.span, isQuoted: token.kind == .name)
  }

  /// name = word | backquoted ;
  mutating func name(_ what: String, help: [String] = []) -> Name? {
    guard let token = peek, token.kind == .word || token.kind == .name else {
      missing(what, help: help)
      return nil
    }
    index += 1
    return name(of: token)
  }

  /// Reads a number, whose rule stands at `NumberLiteral`.
  mutating func quantity() -> Quantity? {
    guard let token = peek, token.kind == .word, let literal = NumberLiteral(token.text) else {
      if let token = peek, token.kind == .word {
        problems.append(SyntaxMessages.notANumber(token.text, at: token.span))
      } else {
        missing("a number")
      }
      return nil
    }
    index += 1
    return Quantity(literal, at: token.span)
  }

  /// Runs a rule that may contain itself, up to the limit.
  mutating func nested<Result>(_ otherwise: Result, _ rule: (inout Parser) -> Result) -> Result {
    guard depth < SyntaxLimits.nesting else {
      problems.append(SyntaxMessages.tooDeep(limit: SyntaxLimits.nesting, at: here))
      while !atEnd { index += 1 }
      return otherwise
    }
    depth += 1
    defer { depth -= 1 }
    return rule(&self)
  }
}
