import Glibc

extension MethodCatalogue {
  package static let poissonTrend = MethodCard(
    id: "poisson-trend", referenceName: "trend.poisson_loglinear",
    names: ["poisson", "log-linear", "loglinear"],
    family: .countTrend, name: "Log-linear Poisson trend",
    reference: "McCullagh and Nelder 1989",
    formula: "ln mean = b0 + b1 t (+ ln exposure), exp(b1) exp(-+ z SE), by maximum likelihood",
    whenToUse: "Counts over months or years; quasi limits when the dispersion is above 1.",
    assumptions: "A constant ratio per step; periods independent.",
    agreesWith: "R 4.2.2 glm(poisson), glm(quasipoisson); statsmodels 0.15.0 GLM Poisson")
}

/// The constant ratio by which counts change per step of time.
package struct PoissonTrend: Sendable, Equatable {
  /// The rate ratio per step, with Poisson limits.
  package var ratio: Interval
  /// The same with limits widened by the dispersion; nil with fewer than three periods.
  package var quasi: Interval
  /// The standard error of the log of the ratio.
  package var standardError: Double?
  package var test: HypothesisTest
  /// Pearson's chi-squared over n - 2: above 1, counts vary more than Poisson.
  package var dispersion: Double?

  static let undefined = PoissonTrend(ratio: .undefined, quasi: .undefined, test: .undefined)

  /// The log-linear fit by maximum likelihood.
  ///
  /// Formula: `ln mean_i = b0 + b1 t_i (+ ln exposure_i)`. Given b1 the likeliest b0 is explicit, so
  /// b1 alone is sought: the mean time weighted by fitted means equals that weighted by counts.
  /// `SE = 1/sqrt(Y Var t)` with the fitted variance of t and Y the total count; quasi limits use
  /// `SE sqrt(dispersion)` with the same normal quantile. Undefined without counts or with one
  /// time; the ratio alone, 0 or infinite, when all counts fall in the first or last period.
  /// - Parameter times: 0, 1, 2, ... when nil.
  /// Reference: McCullagh and Nelder 1989, Generalized Linear Models, ch. 6.
  package static func fit(
    counts: [Int], exposure: [Double]? = nil, times: [Double]? = nil, level: Double = 0.95
  ) -> PoissonTrend {
    let times = times ?? counts.indices.map(Double.init)
    let exposure = exposure ?? counts.map { _ in 1 }
    guard isLevel(level), counts.count == times.count, counts.count == exposure.count,
      zip(counts, exposure).allSatisfy({ $0 >= 0 && $1 >= 0 && ($1 > 0 || $0 == 0) })
    else { return .undefined }
    let used = counts.indices.filter { exposure[$0] > 0 }
    let total = used.reduce(0.0) { $0 + Double(counts[$1]) }
    guard total > 0, let first = used.map({ times[$0] }).min(),
      let last = used.map({ times[$0] }).max(), first < last
    else { return .undefined }
    let fit = LogLinearMeans(
      times: used.map { times[$0] - first }, exposure: used.map { exposure[$0] }, total: total)
    let target = used.reduce(0) { $0 + (times[$1] - first) * Double(counts[$1]) } / total
    guard target > 0, target < last - first else {
      let limit = target > 0 ? Double.infinity : 0
      var trend = PoissonTrend.undefined
      trend.ratio.estimate = limit
      trend.quasi.estimate = limit
      return trend
    }
    let slope = increasingRoot(from: 0, firstStep: 1 / (last - first)) { slope in
      let moments = fit.moments(slope: slope)
      return (moments.mean - target, moments.variance)
    }
    return fit.trend(slope: slope, counts: used.map { counts[$0] }, level: level)
  }
}

/// The means of a log-linear trend that add up to the total count.
private struct LogLinearMeans {
  let times: [Double]
  let exposure: [Double]
  let total: Double

  func means(slope: Double) -> [Double] {
    let greatest = zip(times, exposure).map { slope * $0 + log($1) }.max() ?? 0
    let weights = zip(times, exposure).map { exp(slope * $0 + log($1) - greatest) }
    let scale = total / compensatedSum(weights)
    return weights.map { $0 * scale }
  }

  /// The mean and variance of time, weighted by the fitted means.
  func moments(slope: Double) -> (mean: Double, variance: Double) {
    let means = means(slope: slope)
    let mean = compensatedSum(zip(times, means).lazy.map { $0 * $1 }) / total
    let variance =
      compensatedSum(zip(times, means).lazy.map { ($0 - mean) * ($0 - mean) * $1 }) / total
    return (mean, variance)
  }

  func trend(slope: Double, counts: [Int], level: Double) -> PoissonTrend {
    let standardError = 1 / (total * moments(slope: slope).variance).squareRoot()
    let pearson = compensatedSum(
      zip(counts, means(slope: slope)).lazy.map { (Double($0) - $1) * (Double($0) - $1) / $1 })
    let dispersion = counts.count > 2 ? pearson / Double(counts.count - 2) : nil
    let ratio = exp(slope)
    return PoissonTrend(
      ratio: .logWald(ratio, standardError: standardError, level: level),
      quasi: .logWald(
        ratio, standardError: dispersion.map { standardError * $0.squareRoot() }, level: level),
      standardError: standardError, test: Normal.twoSided(slope / standardError),
      dispersion: dispersion)
  }
}
