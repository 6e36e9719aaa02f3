import Diagnostics
import Syntax

/// Whether a text can be derived from a rule of the grammar: a recogniser over the lexer's tokens.
///
/// It tries every way (the grammar has no left recursion) and remembers where each rule can end.
struct Derivation {
  private let grammar: Grammar
  private let vocabulary: Vocabulary
  private let tokens: [Token]
  private var known: [Place: Set<Int>] = [:]
  /// How far any way got.
  private var furthest = 0

  private struct Place: Hashable {
    let rule: String
    let index: Int
  }

  private init(_ text: String, _ grammar: Grammar, _ vocabulary: Vocabulary) {
    self.grammar = grammar
    self.vocabulary = vocabulary
    tokens = Lexer.tokens(of: SourceText(text))
  }

  /// The token that no rule gets past; nothing where the text is a script of the grammar.
  static func obstacle(_ text: String, _ grammar: Grammar, _ vocabulary: Vocabulary) -> String? {
    var derivation = Derivation(text, grammar, vocabulary)
    let tokens = derivation.tokens
    if derivation.ends(.rule("script"), from: 0).contains(tokens.count) { return nil }
    return derivation.furthest < tokens.count ? tokens[derivation.furthest].text : "the end"
  }

  private mutating func ends(_ part: Grammar.Part, from index: Int) -> Set<Int> {
    switch part {
    case .terminal(let text): return next(index) { $0.isWritten(text) }
    case .special(let words): return special(words, at: index)
    case .rule(let name): return ends(ofRule: name, from: index)
    case .sequence(let parts):
      return parts.reduce([index]) { starts, part in
        starts.reduce(into: Set<Int>()) { $0.formUnion(ends(part, from: $1)) }
      }
    case .choice(let parts):
      return parts.reduce(into: []) { $0.formUnion(ends($1, from: index)) }
    case .optional(let part): return ends(part, from: index).union([index])
    case .repeated(let part):
      var reached: Set<Int> = [index]
      var open = [index]
      while let start = open.popLast() {
        for end in ends(part, from: start) where reached.insert(end).inserted { open.append(end) }
      }
      return reached
    }
  }

  private mutating func ends(ofRule name: String, from index: Int) -> Set<Int> {
    switch name {
    case "word": return next(index) { $0.kind == .word }
    case "backquoted": return next(index) { $0.kind == .name }
    case "string": return next(index) { $0.kind == .string }
    case "end": return next(index) { $0.kind == .end }
    case "number": return next(index) { $0.kind == .word && NumberLiteral($0.text) != nil }
    case "date": return next(index) { $0.kind == .word && PeriodLiteral($0.text) != nil }
    default: break
    }
    let place = Place(rule: name, index: index)
    if let ends = known[place] { return ends }
    let found = ends(grammar[name], from: index)
    known[place] = found
    return found
  }

  private mutating func special(_ words: String, at index: Int) -> Set<Int> {
    let vocabulary = vocabulary
    switch words {
    case "no blank": return index < tokens.count && !tokens[index].isSpaced ? [index] : []
    case "a whole number": return next(index) { NumberLiteral($0.text)?.integer != nil }
    case "a word that has a page in grammar/verbs":
      return next(index) { $0.kind == .word && vocabulary.signature(of: $0.text) != nil }
    case "a word that a param of the script has named":
      return next(index) { $0.kind == .word }
    case "a word that holds a point: DATASET.FIELD":
      return next(index) { $0.kind == .word && $0.text.contains(".") }
    default: fatalError("the test does not know what `\(words)` is")
    }
  }

  private mutating func next(_ index: Int, _ fits: (Token) -> Bool) -> Set<Int> {
    guard index < tokens.count, fits(tokens[index]) else { return [] }
    furthest = max(furthest, index + 1)
    return [index + 1]
  }
}

extension Token {
  /// Whether it is the characters of a rule, as a word or a sign.
  fileprivate func isWritten(_ text: String) -> Bool {
    (kind == .word || kind == .symbol || kind == .end) && self.text.lowercased() == text
  }
}
