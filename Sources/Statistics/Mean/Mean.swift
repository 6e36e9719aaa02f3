extension MethodCatalogue {
  package static let meanT = MethodCard(
    id: "mean-t", referenceName: "mean_ci.t", names: ["t", "student"],
    family: .mean, name: "Student t interval of a mean", reference: "Student 1908",
    formula: "m -+ t(df = n - 1) s / sqrt n",
    whenToUse: "When a mean is asked for; for skewed data the median says more.",
    assumptions: "Independent observations, near normal or many.",
    agreesWith: "R 4.2.2 t.test; scipy 1.17.1 ttest_1samp; NIST StRD univariate sets")
  package static let meanTFinite = MethodCard(
    id: "mean-t-finite", referenceName: "", names: ["t-finite"],
    family: .mean, name: "Student t interval of a mean with finite population correction",
    reference: "Student 1908; Cochran 1977",
    formula: "m -+ t(df = n - 1) s sqrt(1 - n/N) / sqrt n",
    whenToUse: "The mean of a simple random sample that is a large part of all the cases.",
    assumptions: "Simple random sampling without replacement; near normal or many.",
    agreesWith: "scipy 1.17.1 t.interval at scale s sqrt((1 - n/N)/n)")
}

/// The mean and standard deviation of a variable, with the t interval of the mean.
package struct Mean: Sendable, Equatable {
  package var n: Int
  package var interval: Interval
  package var standardDeviation: Double?

  /// The mean with its t interval.
  ///
  /// Formula: `m -+ t s / sqrt n`, t at df n - 1; s by a second pass over differences from the mean,
  /// both sums compensated, so values like 10000000.2 keep their digits. No mean without
  /// observations; no standard deviation or limits with one. O(k) in distinct values.
  /// `drawn` is the part of all cases that a simple random sample holds, 0 of an endless number: the
  /// reach is multiplied by `sqrt(1 - drawn)`, so that of all cases nothing is left open.
  /// Reference: Student 1908, Biometrika 6, 1; Chan, Golub and LeVeque 1983; Cochran 1977, 2.13.
  package static func t(_ data: ValueCounts, level: Double = 0.95, drawn: Double = 0) -> Mean {
    guard let moments = Moments(data) else {
      return Mean(n: 0, interval: .undefined, standardDeviation: nil)
    }
    var interval = Interval(estimate: moments.mean, lower: nil, upper: nil)
    if let variance = moments.variance, isLevel(level) {
      let reach =
        StudentT.critical(level, df: moments.n - 1)
        * (variance / moments.n * max(0, 1 - drawn)).squareRoot()
      interval.lower = moments.mean - reach
      interval.upper = moments.mean + reach
    }
    return Mean(
      n: data.count, interval: interval, standardDeviation: moments.variance?.squareRoot())
  }
}

extension ValueCounts {
  /// The unbiased standard deviation, as `Mean.t` has it; none with fewer than two observations.
  package var standardDeviation: Double? { Moments(self)?.variance?.squareRoot() }
}

/// The number, mean and unbiased variance of observations.
struct Moments {
  let n: Double
  let mean: Double
  /// Nil with one observation.
  let variance: Double?

  /// Nil without observations.
  init?(_ data: ValueCounts) {
    guard let origin = data.least else { return nil }
    n = data.total
    let mean = origin + data.sum { $0 - origin } / n
    let lead = data.sum { $0 - mean }
    let squares = data.sum { ($0 - mean) * ($0 - mean) }
    self.mean = mean
    variance = n > 1 ? max(0, squares - lead * lead / n) / (n - 1) : nil
  }
}
