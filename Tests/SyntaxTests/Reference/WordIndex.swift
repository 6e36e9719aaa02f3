import Syntax

/// The tables of contents of the reference: every verb, and every clause.
enum WordIndex {
  static func verbs(_ vocabulary: Vocabulary) -> String {
    let rows = vocabulary.signatures.sorted { $0.word < $1.word }.map { signature in
      "| [\(signature.word)](\(signature.word).md) | \(signature.summary) |"
    }
    return """
      # Verbs

      A question begins with a verb. Each has a page, written from its signature; `help VERB` shows the
      same at the prompt.

      | verb | what it answers |
      |---|---|
      \(rows.joined(separator: "\n"))

      """
  }

  static func clauses(_ vocabulary: Vocabulary) -> String {
    let rows = ClauseWord.allCases.compactMap { clause -> String? in
      let verbs = vocabulary.signatures.filter { $0.clauses.contains(clause) }.map(\.word).sorted()
      if verbs.isEmpty { return nil }
      let links = verbs.map { "[\($0)](verbs/\($0).md)" }.joined(separator: ", ")
      return "| `\(clause.usage)` | \(clause.meaning) | \(links) |"
    }
    return """
      # Clauses

      Clauses stand behind the verb's own words, in any order, each once.

      | clause | what it does | with |
      |---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}
