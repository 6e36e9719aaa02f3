import Diagnostics
import Syntax
import Testing
import Verbs

/// The grammar and the parser against each other, both ways.
@Suite struct GrammarTests {
  private let vocabulary = VerbCatalogue.vocabulary

  @Test("every name that a rule uses has a rule, and every rule is used from `script`")
  func isComplete() {
    let grammar = Grammar.docket
    // These stand for what is cut away or is part of a token.
    let outside: Set<String> = ["script", "blank", "number", "date", "symbol"]
    var used: Set<String> = []
    for name in grammar.names {
      let names = Grammar.names(in: grammar[name])
      for other in names { #expect(grammar.rules[other] != nil, "\(name) uses \(other)") }
      used.formUnion(names)
    }
    for name in grammar.names where !outside.contains(name) {
      #expect(used.contains(name), "no rule uses \(name)")
    }
  }

  @Test("a sentence of the grammar parses without problems, and keeps its form", arguments: 1...40)
  func sentencesParse(_ seed: Int) {
    var sentences = Sentences(.docket, vocabulary, seed: UInt64(seed))
    for number in 0..<60 {
      let text = sentences.sentence("statement", budget: 4 + number % 30)
      let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
      #expect(parsed.problems.isEmpty, "\(text)\n\(parsed.problems.map(\.message))")
      #expect(parsed.statements.count == 1, "\(text)")
      Laws.check(text, vocabulary)
    }
  }

  @Test("sentences one after another are as many statements", arguments: 1...10)
  func scriptsParse(_ seed: Int) {
    var sentences = Sentences(.docket, vocabulary, seed: UInt64(seed) << 32)
    for _ in 0..<20 {
      let text = sentences.sentence("script", budget: 40)
      let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
      #expect(parsed.problems.isEmpty, "\(text)\n\(parsed.problems.map(\.message))")
    }
  }

  @Test("a sentence made of the grammar can be derived from it", arguments: 1...10)
  func sentencesAreDerived(_ seed: Int) {
    var sentences = Sentences(.docket, vocabulary, seed: UInt64(seed) << 16)
    for _ in 0..<30 {
      let text = sentences.sentence("statement", budget: 20)
      #expect(Derivation.obstacle(text, .docket, vocabulary) == nil, "\(text)")
    }
  }

  @Test("what transcripts, examples and READMEs type can be derived from the grammar")
  func inputsAreDerived() {
    #expect(!TranscriptInputs.all.isEmpty)
    for input in TranscriptInputs.all {
      let problems = Parser.parse(SourceText(input.text), vocabulary: vocabulary).problems
      guard problems.isEmpty else { continue }
      let obstacle = Derivation.obstacle(input.text, .docket, vocabulary)
      #expect(
        obstacle == nil, "\(input.file): \(input.text)\nno rule gets past `\(obstacle ?? "")`")
    }
  }

  @Test(
    "what no rule takes is a problem",
    arguments: [
      "drug count", "cohort a where b=c", "card referrals",
      "stages of referrals\n filed filed_date\nend",
      "let = 5", "set", "show plan", "list drug case_id,", "count drug where (a=1", "run",
      "3 count",
      "link a to b.c", "expect share drug race=Black", "table [1 2; 3",
      "count drug where race=|Black", "field a of b = 1 +",
      "let a = b c", "population a from b across c", "datasets now",
    ])
  func nonsenseIsRefused(_ text: String) {
    #expect(Derivation.obstacle(text, .docket, vocabulary) != nil, "\(text)")
    #expect(!Parser.parse(SourceText(text), vocabulary: vocabulary).problems.isEmpty, "\(text)")
  }

  @Test(
    "a token of the grammar is one token of its kind",
    arguments: [
      ("word", Token.Kind.word), ("number", .word), ("date", .word), ("string", .string),
      ("backquoted", .name), ("symbol", .symbol), ("end", .end),
    ])
  func tokensAreOne(_ rule: String, _ kind: Token.Kind) {
    var sentences = Sentences(.docket, vocabulary, seed: 7)
    for _ in 0..<400 {
      let text = sentences.token(rule)
      let tokens = Lexer.tokens(of: SourceText(text))
      #expect(tokens.count == 1 && tokens.first?.kind == kind, "\(rule): \(text)")
      if rule == "number" { #expect(NumberLiteral(text) != nil, "\(text)") }
      if rule == "date" { #expect(PeriodLiteral(text) != nil, "\(text)") }
    }
  }

  @Test("blanks of the grammar are no tokens")
  func blanksAreNone() {
    var sentences = Sentences(.docket, vocabulary, seed: 8)
    for _ in 0..<200 {
      let blank = sentences.token("blank")
      #expect(Lexer.tokens(of: SourceText(blank)).isEmpty, "\(blank)")
    }
  }

  @Test("the grammar names the words that the vocabulary knows")
  func wordsAgree() {
    let grammar = Grammar.docket
    func words(_ rules: String...) -> Set<String> {
      rules.reduce(into: []) { $0.formUnion(Grammar.terminals(in: grammar[$1])) }
    }
    func commands(_ fits: (CommandWord.Arguments) -> Bool) -> Set<String> {
      Set(CommandWord.allCases.filter { fits($0.arguments) }.map(\.rawValue))
    }
    #expect(words("bare command") == commands { if case .none = $0 { true } else { false } })
    #expect(words("word command") == commands { if case .words = $0 { true } else { false } })
    #expect(words("about") == commands { if case .question = $0 { true } else { false } })
    #expect(words("comparison", "relation") == Set(Relation.allCases.map(\.rawValue)))
    let clauses = Grammar.names(in: grammar["clause"]).compactMap { name in
      firstWords(of: grammar[name])
    }
    let clauseWords = Set(clauses.flatMap(\.self)).union(["anyway"])
    #expect(clauseWords == Set(ClauseWord.allCases.map(\.rawValue)))
    let definitions = Grammar.names(in: grammar["definition"]).compactMap {
      firstWords(of: grammar[$0])
    }
    #expect(Set(definitions.flatMap(\.self)) == Set(DefinitionWord.allCases.map(\.rawValue)))
  }

  /// The words that a rule can begin with.
  private func firstWords(of part: Grammar.Part) -> [String] {
    switch part {
    case .terminal(let text): [text]
    case .sequence(let parts): parts.first.map(firstWords(of:)) ?? []
    case .choice(let parts): parts.flatMap(firstWords(of:))
    default: []
    }
  }
}
