import Glibc

extension MethodCatalogue {
  package static let woolf = MethodCard(
    id: "woolf", referenceName: "odds_ratio.woolf", names: ["woolf", "wald", "logit"],
    family: .oddsRatio, name: "Woolf logit interval", reference: "Woolf 1955",
    formula: "ad/bc exp(-+ z sqrt(1/a + 1/b + 1/c + 1/d))",
    whenToUse: "The default when every expected count is at least 5.",
    assumptions: "Independent cases, no empty cell.",
    agreesWith: "R 4.2.2 epitools oddsratio.wald; statsmodels 0.15.0 Table2x2")
}

extension OddsRatio {
  /// The Woolf interval.
  ///
  /// Formula: `ad/bc exp(-+ z sqrt(1/a + 1/b + 1/c + 1/d))`. With an empty cell the estimate is 0,
  /// infinite or undefined and the limits are undefined. O(1).
  /// Reference: Woolf 1955, Annals of Human Genetics 19, 251.
  package static func woolf(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double = 0.95
  ) -> Interval {
    guard isDefined(a, b, c, d, level) else { return .undefined }
    return logit(Double(a), Double(b), Double(c), Double(d), level: level)
  }

  static func logit(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, level: Double
  ) -> Interval {
    let standardError = (1 / a + 1 / b + 1 / c + 1 / d).squareRoot()
    return Interval.logWald(ratio(a * d, b * c), standardError: standardError, level: level)
  }

  /// The log of a limit that is known to be there.
  static func logarithm(_ limit: Double?) -> Double { log(limit ?? 1) }
}
