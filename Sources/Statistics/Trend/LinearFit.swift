extension MethodCatalogue {
  package static let linearFit = MethodCard(
    id: "linear-fit", referenceName: "", names: ["linear", "least-squares", "ols"],
    family: .linearFit, name: "Least-squares line", reference: "Gauss 1809",
    formula: "slope = sum (x - mx)(y - my) / sum (x - mx)^2, t limits with df = n - 2",
    whenToUse: "A straight line through a series of amounts.",
    assumptions: "Independent errors of one spread.", agreesWith: "NIST StRD Norris")
}

/// The least-squares line through points.
package struct LinearFit: Sendable, Equatable {
  package var slope: Interval
  package var intercept: Interval
  package var slopeError: Double
  package var interceptError: Double
  package var residualDeviation: Double
  package var test: HypothesisTest

  /// The line with t intervals; nil with fewer than three points or one x.
  ///
  /// Formula: slope `Sxy/Sxx`, residual variance `sum r^2/(n - 2)`, errors `s/sqrt Sxx` and
  /// `s sqrt(1/n + mx^2/Sxx)`; sums are compensated and taken about the means. O(n).
  /// Reference: Draper and Smith 1998, Applied Regression Analysis, ch. 1.
  package static func fit(x: [Double], y: [Double], level: Double = 0.95) -> LinearFit? {
    let n = Double(x.count)
    guard x.count == y.count, x.count > 2, isLevel(level) else { return nil }
    let meanX = compensatedSum(x) / n
    let meanY = compensatedSum(y) / n
    let spread = compensatedSum(x.lazy.map { ($0 - meanX) * ($0 - meanX) })
    guard spread > 0 else { return nil }
    let slope = compensatedSum(zip(x, y).lazy.map { ($0 - meanX) * ($1 - meanY) }) / spread
    let residuals = compensatedSum(
      zip(x, y).lazy.map { x, y in
        let residual = (y - meanY) - slope * (x - meanX)
        return residual * residual
      })
    let deviation = (residuals / (n - 2)).squareRoot()
    let slopeError = deviation / spread.squareRoot()
    let interceptError = deviation * (1 / n + meanX * meanX / spread).squareRoot()
    let t = StudentT.critical(level, df: n - 2)
    let intercept = meanY - slope * meanX
    return LinearFit(
      slope: Interval(
        estimate: slope, lower: slope - t * slopeError, upper: slope + t * slopeError),
      intercept: Interval(
        estimate: intercept, lower: intercept - t * interceptError,
        upper: intercept + t * interceptError),
      slopeError: slopeError, interceptError: interceptError, residualDeviation: deviation,
      test: slopeError > 0 ? StudentT.twoSided(slope / slopeError, df: n - 2) : .undefined)
  }
}
