import Glibc

extension MethodCatalogue {
  package static let bootstrapProportion = MethodCard(
    id: "bootstrap-proportion", referenceName: "bootstrap.percentile_proportion",
    names: ["bootstrap", "percentile"],
    family: .bootstrapProportion, name: "Bootstrap percentile interval of a proportion",
    reference: "Efron 1979", formula: "quantiles of Binomial(n, x/n) / n",
    whenToUse: "To match simulated intervals; this is their limit, without simulation error.",
    assumptions: "n not small; collapses at 0% and 100%.",
    agreesWith: "R 4.2.2, 200,000 replicates")
}

extension Bootstrap {
  /// The bootstrap percentile interval of a share.
  ///
  /// Formula: a resample of n cases holds Binomial(n, x/n) events, so the limits are its quantiles
  /// at (1 -+ level)/2 over n. No random numbers. O(log n sqrt n).
  /// Reference: Efron 1979, Annals of Statistics 7, 1; Efron and Tibshirani 1993, ch. 13.
  package static func proportion(_ x: Int, of n: Int, level: Double = 0.95) -> Interval {
    guard Proportion.isDefined(x, n, level) else { return .undefined }
    let p = Binomial.Probability(
      x: Double(x) / Double(n), y: Double(n - x) / Double(n))
    let tail = logTail(level)
    let atLeast = logOfComplement(ofLog: tail)
    let lower = firstTrue(in: 0...n) { Binomial.logLowerTail($0, of: n, p: p) >= tail }
    let upper = firstTrue(in: 0...n) { Binomial.logLowerTail($0, of: n, p: p) >= atLeast }
    return Interval(
      estimate: p.x, lower: Double(lower) / Double(n), upper: Double(upper) / Double(n))
  }
}
