import Glibc

extension MethodCatalogue {
  package static let bootstrapMedian = MethodCard(
    id: "bootstrap-median", referenceName: "bootstrap.percentile_median",
    names: ["bootstrap", "percentile"],
    family: .bootstrapMedian, name: "Bootstrap percentile interval of a median",
    reference: "Efron 1979",
    formula: "quantiles of the exact distribution of the median of a resample",
    whenToUse: "To match simulated intervals; this is their limit, without simulation error.",
    assumptions: "Independent observations.", agreesWith: "R 4.2.2, 20,000 replicates")
}

extension Bootstrap {
  /// The bootstrap percentile interval of a median.
  ///
  /// Formula: with n odd the median of a resample is at most v when at least (n + 1)/2 draws are,
  /// a binomial tail; with n even = 2m the two middle order statistics A <= B have
  /// `P(A = v, B > w) = C(n, m) (F(v)^m - F(v-)^m) (1 - F(w))^m`. The limits are the least values whose
  /// probability reaches (1 -+ level)/2. No random numbers. O(k sqrt n log) in distinct values k.
  /// Reference: Efron 1979, Annals of Statistics 7, 1, section 3.
  package static func median(_ data: ValueCounts, level: Double = 0.95) -> Interval {
    guard let estimate = Quantile.type7(data, at: 0.5), isLevel(level) else { return .undefined }
    let tail = (1 - level) / 2
    let resample = MedianOfResample(data)
    return Interval(
      estimate: estimate, lower: resample.quantile(tail), upper: resample.quantile(1 - tail))
  }
}

/// The distribution of the median of n draws, with replacement, from n observations.
private struct MedianOfResample {
  let data: ValueCounts
  /// The probability that the lower middle draw is each value.
  let lowerMiddle: [Double]

  init(_ data: ValueCounts) {
    self.data = data
    let n = data.count
    let middle = (n + 1) / 2
    var last = 0.0
    lowerMiddle = data.cumulative.map { atOrBelow in
      let p = Binomial.Probability(
        x: Double(atOrBelow) / Double(n), y: Double(n - atOrBelow) / Double(n))
      let reached = exp(Binomial.logUpperTail(middle, of: n, p: p))
      defer { last = reached }
      return reached - last
    }
  }

  /// The least value that the median is at most with this probability.
  func quantile(_ probability: Double) -> Double {
    let values = data.values
    if data.count % 2 == 1 {
      var reached = 0.0
      for (value, chance) in zip(values, lowerMiddle) {
        reached += chance
        if reached >= probability - 1e-13 { return value }
      }
      return values[values.count - 1]
    }
    var low = values[0] - 1
    var high = values[values.count - 1]
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if probabilityAtMost(middle) >= probability - 1e-13 { high = middle } else { low = middle }
    }
    return nearestMidpoint(to: high)
  }

  private func probabilityAtMost(_ bound: Double) -> Double {
    let (values, n) = (data.values, Double(data.count))
    let m = n / 2
    let logChoices = lgammaValue(n + 1) - 2 * lgammaValue(m + 1)
    var sum = 0.0
    var partner = values.count - 1
    for index in values.indices where values[index] <= bound {
      while partner > index, values[partner] > 2 * bound - values[index] { partner -= 1 }
      let share = Double(data.cumulative[index]) / n
      let before = index == 0 ? 0 : Double(data.cumulative[index - 1]) / n
      let beyond = 1 - Double(data.cumulative[partner]) / n
      let apart =
        exp(logChoices + m * log(share * beyond)) * (1 - pow(before / share, m))
      sum += lowerMiddle[index] - (beyond > 0 ? apart : 0)
    }
    return sum
  }

  /// The half sum of two values that is nearest to a number.
  private func nearestMidpoint(to target: Double) -> Double {
    var best = data.values[0]
    var partner = data.values.count - 1
    for value in data.values {
      while partner > 0, value + data.values[partner] > 2 * target { partner -= 1 }
      for other in [partner, min(partner + 1, data.values.count - 1)] {
        let midpoint = (value + data.values[other]) / 2
        if abs(midpoint - target) < abs(best - target) { best = midpoint }
      }
    }
    return best
  }
}
