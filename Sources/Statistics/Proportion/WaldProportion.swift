extension MethodCatalogue {
  package static let waldProportion = MethodCard(
    id: "wald-proportion", referenceName: "proportion_ci.wald", names: ["wald", "normal"],
    family: .proportion, name: "Wald interval of a proportion", reference: "Laplace 1812",
    formula: "p -+ z sqrt(p q / n)",
    whenToUse: "Only to check figures that were made with it; far too narrow near 0% and 100%.",
    assumptions: "n p and n q large; independent cases.",
    agreesWith: "R 4.2.2 epitools binom.approx; statsmodels 0.15.0 proportion_confint(normal)")
}

extension Proportion {
  /// The Wald interval, clipped to 0...1; it collapses at 0% and 100%.
  ///
  /// Formula: `p -+ z sqrt(p q / n)`. O(1). Reference: Newcombe 1998, Statistics in Medicine 17,
  /// 857, method 1.
  package static func wald(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard isDefined(x, n, level) else { return .undefined }
    let total = Double(n)
    let p = Double(x) / total
    let standardError = (p * (Double(n - x) / total) / total).squareRoot()
    return Interval.wald(p, standardError: standardError, level: level).clamped(to: 0...1)
  }
}
