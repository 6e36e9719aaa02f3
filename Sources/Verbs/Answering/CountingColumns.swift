package import Engine
package import Syntax

/// The columns that answering reads beyond those that a question names.
package enum CountingColumns {
  private static let verbs: Set<String> = [
    "count", "share", "ratio", "gap", "rate", "table", "trend",
  ]

  /// Whether a question counts cases by the fields that the card names.
  package static func counts(_ ask: Ask) -> Bool {
    verbs.contains(ask.verb.text.lowercased()) && !ask.clauses.contains { $0.word == .unit }
  }

  /// Whether the fields of a question are shown row by row, and counted in none.
  package static func showsRows(_ ask: Ask) -> Bool {
    VerbCatalogue.vocabulary.signature(of: ask.verb.text)?.showsRows ?? false
  }

  /// Those that answering will read although the question does not name them, and that were not
  /// read yet; see `Inquiry.unitField` and `RepeatedPeople`.
  package static func columns(of ask: Ask, _ dataset: Dataset) -> [String] {
    let verb = ask.verb.text.lowercased()
    if showsRows(ask) {
      return ask.fields.isEmpty
        ? dataset.shownFields.filter { !dataset.columnsRead.contains($0) } : []
    }
    guard counts(ask) else { return [] }
    var names: [String?] = []
    if dataset.card.weight == nil { names.append(dataset.card.id) }
    if RepeatedPeople.verbs.contains(verb) { names.append(dataset.card.person) }
    return names.compactMap { $0.flatMap(dataset.column) }
      .filter { !dataset.columnsRead.contains($0) }
  }
}
