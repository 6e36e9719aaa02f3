extension MethodCatalogue {
  package static let benjaminiHochberg = MethodCard(
    id: "benjamini-hochberg", referenceName: "p_adjust.benjamini_hochberg",
    names: ["benjamini-hochberg", "bh", "fdr"],
    family: .adjustment, name: "Benjamini-Hochberg adjustment",
    reference: "Benjamini and Hochberg 1995",
    formula: "running minimum, from the largest p down, of p m / rank",
    whenToUse: "A screen of many groups: limits the share of false findings among the flagged.",
    assumptions: "Independent or positively dependent tests.",
    agreesWith: "R 4.2.2 p.adjust(BH); statsmodels 0.15.0 multipletests(fdr_bh)")
}

extension PValueAdjustment {
  /// The step-up adjustment that controls the false discovery rate.
  ///
  /// Formula: `min over j >= i of p(j) m / j` for the i-th smallest.
  /// Reference: Benjamini and Hochberg 1995, JRSS B 57, 289.
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var adjusted = p
    var least = 1.0
    for (rank, index) in ascending(p).enumerated().reversed() {
      least = min(least, p[index] * Double(p.count) / Double(rank + 1))
      adjusted[index] = least
    }
    return adjusted
  }
}
