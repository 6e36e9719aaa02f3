import Diagnostics

extension Parser {
  /// definition = open | card | cohort | population | field | link | stages | guideline | let | set ;
  mutating func definition(_ word: DefinitionWord, _ token: Token) -> Statement.Kind {
    let kind: Statement.Kind? =
      switch word {
      case .open: open()
      case .card: card()
      case .cohort: cohort()
      case .population: population()
      case .field: field()
      case .link: link()
      case .stages: stages()
      case .guideline: guideline()
      case .let, .param: letOrParam(word)
      case .set: set()
      }
    if kind == nil, opensBlock(word) { skipBlock() }
    return kind ?? .unread
  }

  private func opensBlock(_ word: DefinitionWord) -> Bool {
    word == .card || word == .stages || word == .guideline
  }

  /// After a problem inside a block nothing up to its `end` is read as a statement.
  private mutating func skipBlock() {
    var ahead = 0
    while let token = peek(ahead) {
      ahead += 1
      if token.kind == .word, token.text.lowercased() == "end" {
        index += ahead
        return
      }
    }
    index = tokens.count
  }

  /// open = "open", ( string | word ), [ "as", name ] ;
  private mutating func open() -> Statement.Kind? {
    if let path = unquotedPath {
      problems.append(
        SyntaxMessages.expected(
          "a file in quotes", found: peek, at: path.span, help: ["open \(path.quoted)"]))
      return nil
    }
    guard let token = peek, token.kind == .string || token.kind == .word else {
      missing("a file in quotes", help: ["open \"referrals.csv\" as referrals"])
      return nil
    }
    index += 1
    guard consume(word: "as") else {
      return .open(path: token.text, pathSpan: token.span, name: nil)
    }
    guard let name = name("a name for the dataset") else { return nil }
    return .open(path: token.text, pathSpan: token.span, name: name)
  }

  /// A path of several tokens, `/data/cases.csv`, and the same in quotes with the name behind it.
  private var unquotedPath: (span: Span, quoted: String)? {
    var line: [Token] = []
    while let token = peek(line.count), token.kind != .end { line.append(token) }
    var path = line[...]
    if line.count > 2, line[line.count - 2].text.lowercased() == "as" { path = line.dropLast(2) }
    guard let first = path.first, let last = path.last, let end = line.last, path.count > 1,
      path.allSatisfy({
        [.word, .symbol].contains($0.kind) && !Parser.signsOfNoPath.contains($0.text)
      })
    else { return nil }
    let span = Span(first.span.lower, last.span.upper)
    let text = source.slice(span)
    guard text.hasPrefix(".") || text.contains("/") || text.contains("\\") else { return nil }
    return (span, "\"\(text)\"\(source.slice(Span(span.upper, end.span.upper)))")
  }

  /// A quoted path is taken as it is written: nothing makes a home folder of `~`.
  private static let signsOfNoPath: Set<String> = [
    "~", ",", "=", "(", ")", "[", "]", "|", "<", ">",
  ]

  /// card = "card", name, ends, { card line, ends }, "end" ;
  private mutating func card() -> Statement.Kind? {
    guard let name = name("a dataset") else { return nil }
    var lines: [CardLine] = []
    let closed = block { parser in
      guard let line = parser.cardLine() else { return false }
      lines.append(line)
      return true
    }
    return closed ? .card(name, lines) : nil
  }

  /// Reads lines up to `end`; false where one could not be read or `end` is not there.
  private mutating func block(_ line: (inout Parser) -> Bool) -> Bool {
    while true {
      ends()
      guard peek != nil else {
        missing("`end`")
        return false
      }
      if consume(word: "end") { return true }
      guard line(&self) else { return false }
      guard atEnd else {
        if let token = peek { problems.append(SyntaxMessages.unexpected(token)) }
        return false
      }
    }
  }

  /// card line = "missing", name, "=", values | ( "recode" | "counts" ), name, { value, "=", value }
  ///   | name, { value | backquoted | "," } ;
  private mutating func cardLine() -> CardLine? {
    guard let word = name("a word of the card") else { return nil }
    if word.key == "missing" {
      guard let field = name("a field"), expect(symbol: "=") else { return nil }
      return CardLine(word, .values(field: field, values()))
    }
    if ["recode", "counts"].contains(word.key) {
      guard let field = name("a field") else { return nil }
      var pairs: [(ValueNode, ValueNode)] = []
      while !atEnd {
        guard let from = value(), expect(symbol: "="), let to = value() else { return nil }
        pairs.append((from, to))
      }
      return CardLine(word, .pairs(field: field, pairs))
    }
    var words: [ValueNode] = []
    while !atEnd {
      if let token = peek, token.kind == .name {
        index += 1
        words.append(ValueNode(.word(token.text), at: token.span))
      } else if !consume(symbol: ",") {
        guard let value = value() else { return nil }
        words.append(value)
      }
    }
    return CardLine(word, .words(words))
  }

  /// cohort = "cohort", name, "=", name, { where | when | pick } ;
  private mutating func cohort() -> Statement.Kind? {
    guard let name = name("a name for the cohort"), expect(symbol: "="),
      let base = self.name("a dataset or cohort")
    else { return nil }
    var steps: [CohortStep] = []
    while !atEnd {
      let start = here
      if pickFollows {
        guard let pick = pick() else { return nil }
        steps.append(.pick(pick))
        continue
      }
      guard let word = clauseWord, [.where, .in, .since, .before].contains(word) else {
        missing(
          "`where` and a condition", help: ["cohort buybust = drug where method=buy-bust"])
        return nil
      }
      index += 1
      guard let kind = clause(word) else { return nil }
      steps.append(.clause(Clause(kind, at: Span(start.lower, end))))
    }
    return .cohort(name, base: base, steps: steps)
  }

  private var pickFollows: Bool {
    (at(word: "first") || at(word: "last")) && !isRelation(peek(1))
  }

  /// pick = ( "first" | "last" ), [ "by", name ], "per", name, { ",", name } ;
  private mutating func pick() -> PickNode? {
    let start = here
    let isLast = at(word: "last")
    index += 1
    var by: Name?
    if consume(word: "by") {
      by = name("the field that orders the rows")
      if by == nil { return nil }
    }
    guard expect(word: "per"), let first = name("the field that tells units apart") else {
      return nil
    }
    var per = [first]
    while consume(symbol: ",") {
      guard let name = name("a field") else { return nil }
      per.append(name)
    }
    return PickNode(isLast: isLast, by: by, per: per, at: Span(start.lower, end))
  }

  /// population = "population", name, "from", ( string | word ), { where | setting },
  ///   [ [ ends ], across ] ;
  private mutating func population() -> Statement.Kind? {
    guard let name = name("a name for the population"), expect(word: "from") else { return nil }
    guard let origin = peek, origin.kind == .string || origin.kind == .word else {
      missing("a file in quotes or a dataset")
      return nil
    }
    index += 1
    let originNode = ValueNode(
      origin.kind == .string ? .quoted(origin.text) : .word(origin.text), at: origin.span)
    var node = PopulationNode(name: name, origin: originNode)
    while !atEnd, !acrossFollows {
      if at(word: "where"), !isRelation(peek(1)) {
        index += 1
        let condition = condition()
        node.condition = node.condition.map { .all([$0, condition]) } ?? condition
      } else if let setting = populationSetting() {
        node.settings.append(setting)
      } else {
        return nil
      }
    }
    guard acrossFollows else { return .population(node) }
    return across(&node) ? .population(node) : nil
  }

  /// setting = name, "=", ( value | backquoted ) ;
  private mutating func populationSetting() -> (Name, ValueNode)? {
    guard let name = self.name("a setting such as year=2019"), expect(symbol: "="),
      let value = nameOrValue()
    else { return nil }
    return (name, value)
  }

  private mutating func nameOrValue() -> ValueNode? {
    if let token = peek, token.kind == .name {
      index += 1
      return ValueNode(.word(token.text), at: token.span)
    }
    return value()
  }

  private var acrossFollows: Bool {
    var ahead = 0
    while peek(ahead)?.kind == .end { ahead += 1 }
    guard let token = peek(ahead), token.kind == .word else { return false }
    return token.text.lowercased() == "across" && !isRelation(peek(ahead + 1))
  }

  /// across = "across", name, ends, { group, ends }, [ "total", columns, ends ], "end" ;
  ///
  /// group = value, "=", columns ;
  private mutating func across(_ node: inout PopulationNode) -> Bool {
    ends()
    index += 1
    guard let field = name("the field that the groups belong to") else { return false }
    node.across = field
    var groups: [PopulationNode.Group] = []
    var total: PopulationNode.Group?
    let closed = block { parser in
      if parser.at(word: "total"), parser.peek(1)?.text != "=" {
        let label = ValueNode(.word("total"), at: parser.here)
        parser.index += 1
        total = parser.columns(of: label)
        return total != nil
      }
      guard let label = parser.value(), parser.expect(symbol: "="),
        let group = parser.columns(of: label)
      else { return false }
      groups.append(group)
      return true
    }
    node.groups = groups
    node.total = total
    return closed
  }

  /// columns = name, [ "moe", name ] ;
  private mutating func columns(of label: ValueNode) -> PopulationNode.Group? {
    guard let column = name("a column") else { return nil }
    guard consume(word: "moe") else {
      return PopulationNode.Group(label, column: column, marginOfError: nil)
    }
    guard let margin = name("a column") else { return nil }
    return PopulationNode.Group(label, column: column, marginOfError: margin)
  }

  /// field = "field", name, "of", name, "=", argument ;
  private mutating func field() -> Statement.Kind? {
    guard let name = name("a name for the field"), expect(word: "of"),
      let dataset = self.name("a dataset"), expect(symbol: "=")
    else { return nil }
    let before = problems.count
    let expression = argument()
    return problems.count == before ? .field(name, of: dataset, expression) : nil
  }

  /// link = "link", link end, "to", link end ;
  private mutating func link() -> Statement.Kind? {
    guard let from = linkEnd(), expect(word: "to"), let to = linkEnd() else { return nil }
    return .link(from, to)
  }

  /// link end = ? a word that holds a point: DATASET.FIELD ? ;
  private mutating func linkEnd() -> LinkEnd? {
    guard let whole = name("DATASET.FIELD") else { return nil }
    guard let dot = whole.text.lastIndex(of: "."), !whole.isQuoted else {
      problems.append(
        SyntaxMessages.expected("DATASET.FIELD", found: nil, at: whole.span, help: []))
      return nil
    }
    let middle = whole.span.lower + whole.text[..<dot].utf8.count
    return LinkEnd(
      dataset: Name(String(whole.text[..<dot]), at: Span(whole.span.lower, middle)),
      field: Name(
        String(whole.text[whole.text.index(after: dot)...]),
        at: Span(middle + 1, whole.span.upper)))
  }

  /// stages = "stages", "of", name, ends, { stage, ends }, "end" ;
  private mutating func stages() -> Statement.Kind? {
    guard expect(word: "of"), let dataset = name("a dataset") else { return nil }
    var stages: [StageNode] = []
    let closed = block { parser in
      guard let stage = parser.stage() else { return false }
      stages.append(stage)
      return true
    }
    return closed ? .stages(of: dataset, stages) : nil
  }

  /// stage = name, ( "on", name | "when", condition ) ;
  private mutating func stage() -> StageNode? {
    guard let name = name("a stage") else { return nil }
    if consume(word: "on") {
      return self.name("a date field").map { StageNode(name, date: $0, condition: nil) }
    }
    guard expect(word: "when") else { return nil }
    let before = problems.count
    let condition = condition()
    return problems.count == before ? StageNode(name, date: nil, condition: condition) : nil
  }

  /// guideline = "guideline", name, [ "since", period ], ends, { rule, ends },
  ///   [ "otherwise", name, ends ], "end" ;
  private mutating func guideline() -> Statement.Kind? {
    guard let name = name("a name for the guideline") else { return nil }
    var since: PeriodNode?
    if consume(word: "since") {
      since = period()
      if since == nil { return nil }
    }
    var rules: [GuidelineRule] = []
    var otherwise: String?
    let closed = block { parser in
      if parser.consume(word: "otherwise") {
        otherwise = parser.name("allow, decline or unclear")?.text
        return otherwise != nil
      }
      guard let rule = parser.rule() else { return false }
      rules.append(rule)
      return true
    }
    return closed ? .guideline(name, since: since, rules, otherwise: otherwise) : nil
  }

  /// rule = ( "allow" | "decline" ), ( string | word ), "when", condition ;
  private mutating func rule() -> GuidelineRule? {
    let allows = at(word: "allow")
    guard consume(word: "allow") || consume(word: "decline") else {
      missing("allow, decline or otherwise")
      return nil
    }
    guard let reason = peek, reason.kind == .string || reason.kind == .word else {
      missing("a reason in quotes")
      return nil
    }
    index += 1
    guard expect(word: "when") else { return nil }
    let before = problems.count
    let condition = condition()
    guard problems.count == before else { return nil }
    return GuidelineRule(allows: allows, reason: reason.text, condition: condition)
  }

  /// let = ( "let" | "param" ), name, "=", ( number | string | word | ask ) ;
  private mutating func letOrParam(_ word: DefinitionWord) -> Statement.Kind? {
    guard let name = name("a name"), expect(symbol: "=") else { return nil }
    guard let token = peek, !atEnd else {
      missing("a value")
      return nil
    }
    let value: LetValue
    if token.kind == .word, NumberLiteral(token.text) != nil {
      guard let quantity = quantity() else { return nil }
      value = .number(quantity)
    } else if token.kind == .word, vocabulary.signature(of: token.text) != nil, !isLast {
      guard let ask = ask() else { return nil }
      value = .ask(ask)
    } else if token.kind == .word || token.kind == .string {
      index += 1
      value = .text(token.text, token.span)
    } else {
      missing("a value")
      return nil
    }
    guard word == .param else { return .let(name, value) }
    if parameters[name.key] == nil { parameters[name.key] = value.written }
    return .param(name, value)
  }

  private var isLast: Bool { peek(1) == nil || peek(1)?.kind == .end }

  /// set = "set", name, [ word | string ] ;
  private mutating func set() -> Statement.Kind? {
    guard let name = name("a setting", help: ["`settings` lists them"]) else { return nil }
    guard !atEnd, let token = peek else { return .set(name, value: nil) }
    guard token.kind == .word || token.kind == .string else {
      missing("a value")
      return nil
    }
    index += 1
    return .set(name, value: token.text)
  }
}
