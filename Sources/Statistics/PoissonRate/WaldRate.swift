extension MethodCatalogue {
  package static let waldRate = MethodCard(
    id: "wald-rate", referenceName: "poisson_rate.wald", names: ["wald", "normal"],
    family: .poissonRate, name: "Wald interval of a rate",
    reference: "Rothman, Greenland and Lash 2008",
    formula: "(x -+ z sqrt x) / T",
    whenToUse: "Only to check figures that were made with it.",
    assumptions: "The count varies as Poisson and is large.",
    agreesWith: "R 4.2.2 epitools pois.approx; statsmodels 0.15.0 confint_poisson(wald)")
}

extension PoissonRate {
  /// The Wald interval, not below 0; it collapses at 0 events.
  ///
  /// Formula: `(x -+ z sqrt x) / T`. O(1).
  /// Reference: Rothman, Greenland and Lash 2008, Modern Epidemiology, ch. 14.
  package static func wald(
    _ count: Int, exposure: Double, per: Double = 1, level: Double = 0.95
  ) -> Interval {
    rate(count, exposure, per, level) { x in
      let limits = Interval.wald(x, standardError: x.squareRoot(), level: level)
      return (limits.lower.map { max(0, $0) }, limits.upper)
    }
  }
}
