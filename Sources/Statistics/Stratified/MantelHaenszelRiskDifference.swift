extension MethodCatalogue {
  package static let mantelHaenszelDifferenceSato = MethodCard(
    id: "mantel-haenszel-difference-sato",
    referenceName: "mantel_haenszel.risk_difference_sato",
    names: ["sato", "mantel-haenszel", "mh"],
    family: .stratifiedRiskDifference, name: "Mantel-Haenszel risk difference, Sato variance",
    reference: "Sato 1989", formula: "sum((a n0 - c n1)/N) / sum(n1 n0/N)",
    whenToUse: "Gaps in points within strata; holds with few large and with many small strata.",
    assumptions: "One risk difference in all strata.", agreesWith: "R 4.2.2 metafor rma.mh(RD)")
  package static let mantelHaenszelDifferenceGreenlandRobins = MethodCard(
    id: "mantel-haenszel-difference-greenland-robins",
    referenceName: "mantel_haenszel.risk_difference_greenland_robins",
    names: ["greenland-robins"],
    family: .stratifiedRiskDifference,
    name: "Mantel-Haenszel risk difference, Greenland-Robins variance",
    reference: "Greenland and Robins 1985",
    formula: "sum((a n0 - c n1)/N) / sum(n1 n0/N)",
    whenToUse: "Few large strata; does not need one difference in all strata.",
    assumptions: "Strata not small.",
    agreesWith: "R 4.2.2, the formula written a second way")
}

extension MantelHaenszel {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum DifferenceMethod: String, NamedMethod {
    case sato = "mantel-haenszel-difference-sato"
    case greenlandRobins = "mantel-haenszel-difference-greenland-robins"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .stratifiedRiskDifference }
  }

  /// The Mantel-Haenszel risk difference.
  ///
  /// Formula: `RD = sum((a n0 - c n1)/N) / W`, `W = sum(n1 n0/N)`. Greenland-Robins variance:
  /// `sum((a b n0^3 + c d n1^3)/(n1 n0 N^2)) / W^2`. Sato variance: `(RD sum P + sum Q) / W^2`,
  /// `P = (n1^2 c - n0^2 a + n1 n0 (n0 - n1)/2)/N^2`, `Q = (a (n0 - c) + c (n1 - a))/(2N)`. Strata with an
  /// empty group contribute nothing; undefined when none is left. O(strata).
  /// Reference: Greenland and Robins 1985, Biometrics 41, 55; Sato 1989, Biometrics 45, 1323.
  package static func riskDifference(
    _ strata: [StratumTable], level: Double = 0.95, method: DifferenceMethod = .sato
  ) -> Estimate {
    let compared = strata.filter { $0.n1 > 0 && $0.n0 > 0 }
    let weight = compared.reduce(0) { $0 + $1.n1 * $1.n0 / $1.n }
    guard isLevel(level), weight > 0 else { return .undefined }
    let lead = compared.reduce(0) { $0 + $1.excess }
    let difference = lead / weight
    let sum =
      switch method {
      case .greenlandRobins: compared.reduce(0) { $0 + greenlandRobins($1) }
      case .sato: compared.reduce(0) { $0 + sato($1, difference) }
      }
    let standardError = max(0, sum).squareRoot() / weight
    return Estimate(
      interval: .wald(difference, standardError: standardError, level: level),
      standardError: standardError)
  }

  private static func greenlandRobins(_ table: StratumTable) -> Double {
    let (n1, n0, n) = (table.n1, table.n0, table.n)
    return (table.a * table.b / n1 * (n0 / n) * (n0 / n))
      + (table.c * table.d / n0 * (n1 / n) * (n1 / n))
  }

  private static func sato(_ table: StratumTable, _ difference: Double) -> Double {
    let (n1, n0, n) = (table.n1, table.n0, table.n)
    let p = (n1 * n1 * table.c - n0 * n0 * table.a + n1 * n0 * (n0 - n1) / 2) / (n * n)
    let q = (table.a * table.d + table.c * table.b) / (2 * n)
    return difference * p + q
  }
}
