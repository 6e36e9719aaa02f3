package import Engine
package import Syntax

/// The columns by which a question's units and people are told apart.
package enum CountingColumns {
  private static let verbs: Set<String> = [
    "count", "share", "ratio", "gap", "rate", "table", "trend",
  ]

  /// Those that answering will read although the question does not name them, and that were not
  /// read yet; see `Inquiry.unitField` and `RepeatedPeople`.
  package static func columns(of ask: Ask, _ dataset: Dataset) -> [String] {
    let verb = ask.verb.text.lowercased()
    guard verbs.contains(verb), !ask.clauses.contains(where: { $0.word == .unit }) else {
      return []
    }
    var names: [String?] = []
    if dataset.card.weight == nil { names.append(dataset.card.id) }
    if RepeatedPeople.verbs.contains(verb) { names.append(dataset.card.person) }
    return names.compactMap { $0.flatMap(dataset.column) }
      .filter { !dataset.columnsRead.contains($0) }
  }
}
