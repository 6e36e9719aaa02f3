import Glibc

extension MethodCatalogue {
  package static let logisticTrend = MethodCard(
    id: "logistic-trend", referenceName: "", names: ["logistic", "logit"],
    family: .logisticTrend, name: "Logistic trend", reference: "Cox 1958",
    formula: "ln(p/(1 - p)) = b0 + b1 t, exp(b1) exp(-+ z SE), by maximum likelihood",
    whenToUse: "How fast a share changes from period to period.",
    assumptions: "A constant odds ratio per step; independent cases.",
    agreesWith: "statsmodels 0.15.0 GLM Binomial")
}

/// The constant odds ratio by which a share changes per step of time.
package struct LogisticTrend: Sendable, Equatable {
  /// The odds ratio per step.
  package var oddsRatio: Interval
  /// The standard error of its log.
  package var standardError: Double?
  package var test: HypothesisTest
  /// Pearson's chi-squared over groups - 2.
  package var dispersion: Double?

  static let undefined = LogisticTrend(oddsRatio: .undefined, test: .undefined)

  /// The logistic fit to x of n at each time, by maximum likelihood.
  ///
  /// Formula: `logit p_i = b0 + b1 t_i`. For each b1 the b0 that keeps the total is found, so b1 alone
  /// is sought; `SE = 1/sqrt(sum w (t - tw)^2)`, `w = n p (1 - p)`. Undefined with one time, with no
  /// or only events, and where the times separate events from the rest, so that no finite
  /// slope is likeliest.
  /// - Parameter times: 0, 1, 2, ... when nil.
  /// Reference: Cox 1958, JRSS B 20, 215; McCullagh and Nelder 1989, ch. 4.
  package static func fit(
    events: [Int], totals: [Int], times: [Double]? = nil, level: Double = 0.95
  ) -> LogisticTrend {
    let times = times ?? events.indices.map(Double.init)
    guard isLevel(level), events.count == totals.count, events.count == times.count,
      zip(events, totals).allSatisfy({ (0...max(0, $1)).contains($0) })
    else { return .undefined }
    let used = events.indices.filter { totals[$0] > 0 }
    let all = used.reduce(0.0) { $0 + Double(totals[$1]) }
    guard all > 0, isEstimable(used, events, totals, times) else { return .undefined }
    let center = used.reduce(0) { $0 + times[$1] * Double(totals[$1]) } / all
    let fit = LogisticShares(
      times: used.map { times[$0] - center }, events: used.map { Double(events[$0]) },
      totals: used.map { Double(totals[$0]) })
    let span = (used.map { times[$0] }.max() ?? 1) - (used.map { times[$0] }.min() ?? 0)
    let slope = increasingRoot(from: 0, firstStep: 1 / span) { slope in
      let moments = fit.moments(slope: slope)
      return (-moments.score, moments.information)
    }
    return fit.trend(slope: slope, level: level)
  }

  /// Whether events and the rest overlap in time, so that a finite slope is likeliest.
  private static func isEstimable(
    _ used: [Int], _ events: [Int], _ totals: [Int], _ times: [Double]
  ) -> Bool {
    let with = used.filter { events[$0] > 0 }.map { times[$0] }
    let without = used.filter { events[$0] < totals[$0] }.map { times[$0] }
    guard let firstWith = with.min(), let lastWith = with.max(), let firstWithout = without.min(),
      let lastWithout = without.max()
    else { return false }
    return firstWith < lastWithout && firstWithout < lastWith
  }
}

/// The shares of a logistic trend that keep the total number of events.
private struct LogisticShares {
  let times: [Double]
  let events: [Double]
  let totals: [Double]

  func shares(slope: Double) -> [Double] {
    let wanted = events.reduce(0, +)
    let all = totals.reduce(0, +)
    let intercept = increasingRoot(from: log(wanted / (all - wanted))) { intercept in
      var (value, information) = (-wanted, 0.0)
      for index in times.indices {
        let p = 1 / (1 + exp(-(intercept + slope * times[index])))
        value += totals[index] * p
        information += totals[index] * p * (1 - p)
      }
      return (value, information)
    }
    return times.map { 1 / (1 + exp(-(intercept + slope * $0))) }
  }

  /// The score of the slope and its information once the intercept is fitted too.
  func moments(slope: Double) -> (score: Double, information: Double, shares: [Double]) {
    let shares = shares(slope: slope)
    let weights = shares.indices.map { totals[$0] * shares[$0] * (1 - shares[$0]) }
    let mean = zip(weights, times).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    let score = compensatedSum(
      shares.indices.lazy.map { times[$0] * (events[$0] - totals[$0] * shares[$0]) })
    let information = compensatedSum(
      shares.indices.lazy.map { weights[$0] * (times[$0] - mean) * (times[$0] - mean) })
    return (score, information, shares)
  }

  func trend(slope: Double, level: Double) -> LogisticTrend {
    let moments = moments(slope: slope)
    let standardError = 1 / moments.information.squareRoot()
    let pearson = shares(slope: slope).indices.reduce(0.0) { sum, index in
      let p = moments.shares[index]
      let excess = events[index] - totals[index] * p
      return sum + excess * excess / (totals[index] * p * (1 - p))
    }
    return LogisticTrend(
      oddsRatio: .logWald(exp(slope), standardError: standardError, level: level),
      standardError: standardError, test: Normal.twoSided(slope / standardError),
      dispersion: times.count > 2 ? pearson / Double(times.count - 2) : nil)
  }
}
