/// Every method there is, each declared as a card beside its code.
package enum MethodCatalogue {
  /// The card with this id.
  package static func card(id: String) -> MethodCard? { all.first { $0.id == id } }

  /// The card of a family that answers to a name.
  package static func card(named name: String, in family: MethodFamily) -> MethodCard? {
    let wanted = folded(name)
    return all.first { card in
      card.family == family && (card.names + [card.id]).contains { folded($0) == wanted }
    }
  }

  private static func folded(_ name: String) -> String {
    String(name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
  }
}
