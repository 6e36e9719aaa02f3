import Syntax
import Verbs

/// The words of the language by what they do, for editors.
struct KeywordList {
  let verbs: [String]
  let definitions: [String]
  let commands: [String]
  let clauses: [String]
  /// Words inside statements: `and`, `then`, `across`, … from the grammar's rules.
  let particles: [String]

  init(_ grammar: Grammar, _ vocabulary: Vocabulary) {
    verbs = vocabulary.signatures.map(\.word).sorted()
    definitions = DefinitionWord.allCases.map(\.rawValue).sorted()
    commands = CommandWord.allCases.map(\.rawValue).sorted()
    clauses = ClauseWord.allCases.map(\.rawValue).sorted()
    let known = Set(verbs + definitions + commands + clauses)
    // In the first part of the grammar letters are parts of tokens, not words.
    let words = grammar.names.filter { !["number", "date"].contains($0) }
      .reduce(into: Set<String>()) { $0.formUnion(Grammar.terminals(in: grammar[$1])) }
    particles = words.filter { word in
      word.allSatisfy(\.isLetter) && !known.contains(word)
    }.sorted()
  }
}
