extension MethodCatalogue {
  /// The reference page of all methods, in Markdown, by family.
  package static func page() -> String {
    var lines = [
      "# Methods", "",
      "Every statistic that can be asked for, with its formula, its use and the software whose",
      "numbers it gives. `using NAME` chooses one by any of its names. The page is made from the",
      "cards beside the code, in `Sources/Statistics`.",
    ]
    for family in MethodFamily.allCases {
      let cards = all.filter { $0.family == family }.sorted { $0.id < $1.id }
      guard !cards.isEmpty else { continue }
      lines += ["", "## \(family.rawValue)"]
      for card in cards { lines += section(card) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ card: MethodCard) -> [String] {
    [
      "", "### \(card.name)", "",
      "- id `\(card.id)`; using " + card.names.map { "`\($0)`" }.joined(separator: ", "),
      "- Formula: `\(card.formula)`",
      "- When to use: \(card.whenToUse)",
      "- Assumptions: \(card.assumptions)",
      "- Reference: \(card.reference)",
      "- Agrees with: \(card.agreesWith)",
    ]
  }
}
