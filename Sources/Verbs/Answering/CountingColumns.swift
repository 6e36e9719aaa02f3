package import Engine
package import Syntax

/// The columns by which a question's units and people are told apart.
package enum CountingColumns {
  private static let verbs: Set<String> = [
    "count", "share", "ratio", "gap", "rate", "table", "trend",
  ]

  /// Whether a question counts cases by the fields that the card names.
  package static func counts(_ ask: Ask) -> Bool {
    verbs.contains(ask.verb.text.lowercased()) && !ask.clauses.contains { $0.word == .unit }
  }

  /// Those that answering will read although the question does not name them, and that were not
  /// read yet; see `Inquiry.unitField` and `RepeatedPeople`.
  package static func columns(of ask: Ask, _ dataset: Dataset) -> [String] {
    guard counts(ask) else { return [] }
    let verb = ask.verb.text.lowercased()
    var names: [String?] = []
    if dataset.card.weight == nil { names.append(dataset.card.id) }
    if RepeatedPeople.verbs.contains(verb) { names.append(dataset.card.person) }
    return names.compactMap { $0.flatMap(dataset.column) }
      .filter { !dataset.columnsRead.contains($0) }
  }
}
