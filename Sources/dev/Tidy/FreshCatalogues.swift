/// The committed registries list the members that there are.
struct FreshCatalogues: HouseRule {
  let sentence = "The registry of each open set is the one that `swift run dev catalogue` writes."

  func findings(in tree: SourceTree) -> [Finding] {
    OpenSet.all.compactMap { set in
      let expected = set.registryText(in: tree)
      guard tree.files[set.registry] != expected else { return nil }
      guard expected != nil else {
        return Finding(set.registry, "stands there though there are no \(set.name)")
      }
      return Finding(set.registry, "is stale; `swift run dev catalogue` writes it anew")
    }
  }
}
