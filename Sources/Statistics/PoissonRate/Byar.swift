extension MethodCatalogue {
  package static let byar = MethodCard(
    id: "byar", referenceName: "poisson_rate.byar", names: ["byar"],
    family: .poissonRate, name: "Byar's interval of a rate",
    reference: "Breslow and Day 1987",
    formula: "x (1 - 1/(9x) - z/(3 sqrt x))^3 to (x+1) (1 - 1/(9(x+1)) + z/(3 sqrt(x+1)))^3",
    whenToUse: "To match public health tables; close to the exact interval from 10 events up.",
    assumptions: "The count varies as Poisson; the exposure is known.",
    agreesWith: "R 4.2.2 PHEindicatormethods 2.1.1 byars_lower, byars_upper")
}

extension PoissonRate {
  /// Byar's approximation to the exact interval.
  ///
  /// Formula: `L = x (1 - 1/(9x) - z/(3 sqrt x))^3`, `U = (x+1) (1 - 1/(9(x+1)) + z/(3 sqrt(x+1)))^3`;
  /// L = 0 at x = 0. O(1).
  /// Reference: Breslow and Day 1987, Statistical Methods in Cancer Research II, eq. 2.13.
  package static func byar(
    _ count: Int, exposure: Double, per: Double = 1, level: Double = 0.95
  ) -> Interval {
    rate(count, exposure, per, level) { byarLimits($0, level: level) }
  }

  /// Byar's limits of a mean.
  static func byarLimits(_ x: Double, level: Double) -> (lower: Double?, upper: Double?) {
    let z = Normal.critical(level)
    let next = x + 1
    let low = 1 - 1 / (9 * x) - z / (3 * x.squareRoot())
    let high = 1 - 1 / (9 * next) + z / (3 * next.squareRoot())
    return (x == 0 ? 0 : max(0, x * low * low * low), next * high * high * high)
  }
}
