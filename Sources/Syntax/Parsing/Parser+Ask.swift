import Diagnostics

extension Parser {
  /// ask = verb, ( number, "is", ask | [ subject ], { slot | clause } ) ;
  ///
  /// The verb's signature says which subjects, slots and clauses it takes; each stands once.
  mutating func ask() -> Ask? {
    guard let token = peek else {
      missing("a question")
      return nil
    }
    guard token.kind == .word, let signature = vocabulary.signature(of: token.text) else {
      let words = vocabulary.statementWords
      problems.append(
        SyntaxMessages.unknownVerb(
          token, nearest: Nearest.matches(to: token.text, in: words, limit: 2)))
      return nil
    }
    index += 1
    var ask = Ask(
      verb: name(of: token), subject: .none(Span(token.span.upper, token.span.upper + 1)),
      span: token.span)
    let before = problems.count
    leadingSlots(signature, &ask)
    if !signature.subjects.subtracting([.none]).isEmpty, problems.count == before {
      guard let subject = subject(signature) else { return nil }
      ask.subject = subject
    }
    while !atEnd, problems.count == before {
      if let word = clauseWord {
        clause(word, signature, &ask)
      } else if !slot(signature, &ask) {
        break
      }
    }
    ask.span = Span(token.span.lower, end)
    return ask
  }

  /// subject = figures | matrix | name ;
  private mutating func subject(_ signature: Signature) -> Subject? {
    if signature.subjects.contains(.matrix), at(symbol: "[") { return matrix() }
    if signature.subjects.contains(.figures), let token = peek, token.kind == .word,
      NumberLiteral(token.text) != nil, beginsFigures
    {
      return figures().map(Subject.figures)
    }
    if signature.subjects.contains(.none), atEnd || clauseWord != nil {
      return Subject.none(here)
    }
    if atEnd {
      missing(
        "a dataset or cohort",
        help: ["`datasets` lists what there is; the form is: \(signature.usage)"])
      return nil
    }
    return name("a dataset or cohort").map(Subject.cohort)
  }

  /// Whether a number here is followed by `of` or `per`, as in `162 of 200`.
  private var beginsFigures: Bool {
    guard let next = peek(1), next.kind == .word else { return false }
    return ["of", "per"].contains(next.text.lowercased())
  }

  /// figures = number, [ "per", number ], "of", number ;
  mutating func figures() -> GivenFigures? {
    guard let events = quantity() else { return nil }
    var per: Quantity?
    if consume(word: "per") {
      per = quantity()
      if per == nil { return nil }
    }
    guard expect(word: "of"), let total = quantity() else { return nil }
    return GivenFigures(events: events, of: total, per: per)
  }

  /// matrix = "[", row, { ";", row }, "]" ;
  ///
  /// row = number, { [ "," ], number } ;
  private mutating func matrix() -> Subject? {
    let start = position
    index += 1
    var rows: [[Quantity]] = [[]]
    while !atEnd, !at(symbol: "]") {
      if consume(symbol: ";") {
        rows.append([])
      } else if consume(symbol: ",") {
        continue
      } else if let number = quantity() {
        rows[rows.count - 1].append(number)
      } else {
        return nil
      }
    }
    guard expect(symbol: "]") else { return nil }
    return .matrix(rows, Span(start, end))
  }

  /// Slots that stand before the subject: the number of `claim 81% is …`.
  private mutating func leadingSlots(_ signature: Signature, _ ask: inout Ask) {
    guard signature.slots.contains(.question) else { return }
    ask.number = quantity()
    guard ask.number != nil, expect(word: "is"), let inner = self.ask() else { return }
    ask.inner = [inner]
  }

  /// slot = number | duration | fields | condition ;
  ///
  /// The signature says which of them the verb has a place for; false where none is left.
  private mutating func slot(_ signature: Signature, _ ask: inout Ask) -> Bool {
    guard let token = peek else { return false }
    let isBare = isBareName
    for slot in signature.slots {
      switch slot {
      case .number where ask.number == nil && NumberLiteral(token.text) != nil && isBare:
        ask.number = quantity()
        return ask.number != nil
      case .duration where ask.stages.isEmpty && ask.fields.isEmpty && isBare:
        return duration(&ask)
      case .fields(_, let most) where ask.fields.isEmpty && isBare:
        return fields(most: most, &ask)
      case .condition where canTakeCondition(signature, ask):
        if isBare, isComma(peek(1)) { continue }
        guard token.kind == .word || token.kind == .name || at(symbol: "(") else { continue }
        ask.conditions.append(condition())
        return true
      default: continue
      }
    }
    if !isBare, case .named(let field)? = ask.conditions.first, ask.fields.isEmpty,
      ask.conditions.count == 1, signature.slots.contains(where: \.isListOfFields)
    {
      // `list drug race gun=yes`: what seemed a condition was the field to show.
      ask.fields = [field]
      ask.conditions = [condition()]
      return true
    }
    problems.append(unexpected(token, signature))
    return false
  }

  /// A name with a comma behind it begins a list of fields.
  private func isComma(_ token: Token?) -> Bool { token?.kind == .symbol && token?.text == "," }

  private func canTakeCondition(_ signature: Signature, _ ask: Ask) -> Bool {
    let places = signature.slots.filter { if case .condition = $0 { true } else { false } }
    return ask.conditions.count < places.count
  }

  /// A name that nothing is compared with: a field to list, or a stage.
  private var isBareName: Bool {
    guard let token = peek, token.kind == .word || token.kind == .name else { return false }
    if token.kind == .word, ["not"].contains(token.text.lowercased()) { return false }
    guard let next = peek(1) else { return true }
    if isRelation(next) || Parser.isArithmetic(next) { return false }
    return !(next.kind == .symbol && next.text == "(" && !next.isSpaced)
      && !(next.kind == .word && ["and", "or"].contains(next.text.lowercased()))
  }

  /// fields = name, { ",", name } ;
  private mutating func fields(most: Int, _ ask: inout Ask) -> Bool {
    repeat {
      guard let field = name("a field") else { return false }
      ask.fields.append(field)
    } while ask.fields.count < most && consume(symbol: ",")
    return true
  }

  /// duration = name, [ "to", name ] ;
  private mutating func duration(_ ask: inout Ask) -> Bool {
    guard let first = name("a stage") else { return false }
    guard consume(word: "to") else {
      ask.fields = [first]
      return true
    }
    guard let last = name("a stage") else { return false }
    ask.stages = [first, last]
    return true
  }

  private func unexpected(_ token: Token, _ signature: Signature) -> Diagnostic {
    if token.kind == .unclosed { return SyntaxMessages.mustBeClosed("a quote", at: token.span) }
    if let last = index > 0 ? tokens[index - 1] : nil, token.kind == .word, last.kind == .word,
      index > 1, tokens[index - 2].kind == .symbol
    {
      let both = source.slice(Span(last.span.lower, token.span.upper))
      return SyntaxMessages.unexpected(
        token, help: ["a value of several words stands in quotes: \"\(both)\""])
    }
    return SyntaxMessages.unexpected(token, help: ["the form is: \(signature.usage)"])
  }
}
