extension MethodCatalogue {
  package static let fayFeuer = MethodCard(
    id: "fay-feuer", referenceName: "direct_standardisation.fay_feuer",
    names: ["fay-feuer", "gamma"],
    family: .directStandardisation, name: "Fay-Feuer gamma interval",
    reference: "Fay and Feuer 1997",
    formula:
      "L = v/(2y) chi2Inv(a; 2y^2/v), "
      + "U = (v + w^2)/(2(y + w)) chi2Inv(1 - a; 2(y + w)^2/(v + w^2)), w the largest weight",
    whenToUse: "The default for age-standardised rates; used by NCHS and SEER.",
    assumptions: "Counts of strata vary as Poisson; populations known.",
    agreesWith: "R 4.2.2 epitools ageadjust.direct")
}

extension DirectStandardisation {
  /// The directly standardised rate with the Fay-Feuer gamma interval.
  ///
  /// Formula, with `y = sum w x`, `v = sum w^2 x` and the largest weight wm:
  /// `L = v/(2y) chi2Inv(a; 2 y^2/v)`,
  /// `U = (v + wm^2)/(2 (y + wm)) chi2Inv(1 - a; 2 (y + wm)^2/(v + wm^2))`. With no events L is 0 and
  /// U positive; with one stratum it is Garwood's interval. O(strata + sqrt counts).
  /// Reference: Fay and Feuer 1997, Statistics in Medicine 16, 791, eq. 2.
  package static func fayFeuer(
    _ strata: [Stratum], per: Double = 1, level: Double = 0.95
  ) -> AdjustedRate {
    adjusted(strata, per, level) { sum in
      let tail = (1 - level) / 2
      let (y, v, w) = (sum.rate, sum.variance, sum.greatestWeight)
      let lower =
        y == 0
        ? 0 : v / (2 * y) * ChiSquared.quantile(df: 2 * y * y / v, tail: tail, isUpper: false)
      let (nextY, nextV) = (y + w, v + w * w)
      let upper =
        nextV / (2 * nextY)
        * ChiSquared.quantile(df: 2 * nextY * nextY / nextV, tail: tail, isUpper: true)
      return (lower, upper)
    }
  }
}
