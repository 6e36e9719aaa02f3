import Glibc

extension MethodCatalogue {
  package static let miettinenNurminenDifference = MethodCard(
    id: "miettinen-nurminen-difference", referenceName: "diff_proportions.miettinen_nurminen",
    names: ["miettinen-nurminen", "score"],
    family: .proportionDifference, name: "Miettinen-Nurminen score interval of a difference",
    reference: "Miettinen and Nurminen 1985",
    formula: "all delta with |d - delta| <= z sqrt(N/(N-1) (p1~ q1~ / n1 + p2~ q2~ / n2))",
    whenToUse: "The score interval; what regulators of trials ask for.",
    assumptions: "Two independent groups of independent cases.",
    agreesWith: "R 4.2.2 ratesci scoreci(skew=FALSE, bcf=TRUE)")
}

extension ProportionDifference {
  /// The Miettinen-Nurminen score interval.
  ///
  /// Formula: all delta with `|d - delta| <= z sqrt(N/(N-1) (p1~ q1~ / n1 + p2~ q2~ / n2))`, where
  /// the shares p~ have the greatest likelihood among those with `p1~ - p2~ = delta`. Defined
  /// with empty cells and at 100%. About 10 evaluations of a cubic's root per limit.
  /// Reference: Miettinen and Nurminen 1985, Statistics in Medicine 4, 213, eq. 8 and 9.
  package static func miettinenNurminen(
    _ x1: Int, of n1: Int, minus x2: Int, of n2: Int, level: Double = 0.95
  ) -> Interval {
    guard isLevel(level), let first = BinomialSample(x1, of: n1),
      let second = BinomialSample(x2, of: n2)
    else { return .undefined }
    let observed = difference(x1, n1, x2, n2)
    let reversed = upperLimit(second, first, -observed, level: level)
    return Interval(
      estimate: observed, lower: -reversed,
      upper: upperLimit(first, second, observed, level: level))
  }

  private static func upperLimit(
    _ first: BinomialSample, _ second: BinomialSample, _ observed: Double, level: Double
  ) -> Double {
    let z = Normal.critical(level)
    let total = first.n + second.n
    let inflation = total / (total - 1)
    // Searched as a distance above the estimate, so that small differences keep their digits.
    let room = 1 - observed
    guard room > 0 else { return 1 }
    let excess = { (distance: Double) -> Double in
      let variance = inflation * constrainedVariance(first, second, observed + distance)
      return distance - z * variance.squareRoot()
    }
    let least = room * 1e-15
    guard excess(least) < 0 else { return observed }
    let wald = z * (first.variance + second.variance).squareRoot()
    let near = max(wald / 4, least)
    let start = near < room && excess(near) < 0 ? near : least
    return min(1, observed + root(between: start, and: room, of: excess))
  }

  /// The variance of the difference at the likeliest shares that differ by `delta`.
  private static func constrainedVariance(
    _ first: BinomialSample, _ second: BinomialSample, _ delta: Double
  ) -> Double {
    let p2 = constrainedShare(first, second, delta)
    let p1 = min(1, max(0, p2 + delta))
    return p1 * (1 - p1) / first.n + p2 * (1 - p2) / second.n
  }

  /// The likeliest second share when the first is larger by `delta`.
  ///
  /// The root of Miettinen and Nurminen's cubic by its trigonometric form, polished on the
  /// derivative of the log likelihood, which is a sum of four terms without cancellation.
  private static func constrainedShare(
    _ first: BinomialSample, _ second: BinomialSample, _ delta: Double
  ) -> Double {
    let least = max(0, -delta)
    let most = min(1, 1 - delta)
    guard most > least else { return least }
    let total = first.n + second.n
    let events = first.x + second.x
    let quadratic = (first.n + 2 * second.n) * delta - total - events
    let linear = (second.n * delta - total - 2 * second.x) * delta + events
    let constant = second.x * delta * (1 - delta)
    let third = quadratic / (3 * total)
    let q =
      third * third * third - quadratic * linear / (6 * total * total)
      + constant / (2 * total)
    let radius = max(0, third * third - linear / (3 * total)).squareRoot()
    let p = q < 0 ? -radius : radius
    let cosine = p == 0 ? 0 : max(-1, min(1, q / (p * p * p)))
    let angle = (Double.pi + acos(cosine)) / 3
    let rough = min(most, max(least, 2 * p * cos(angle) - third))
    return polished(rough, first, second, delta, within: least...most)
  }

  private static func polished(
    _ rough: Double, _ first: BinomialSample, _ second: BinomialSample, _ delta: Double,
    within range: ClosedRange<Double>
  ) -> Double {
    var share = rough
    for _ in 0..<4 {
      let p1 = share + delta
      let q1 = 1 - p1
      let q2 = 1 - share
      guard share > range.lowerBound, share < range.upperBound, p1 > 0, q1 > 0 else { break }
      let slope = first.x / p1 - first.rest / q1 + second.x / share - second.rest / q2
      let curvature =
        first.x / (p1 * p1) + first.rest / (q1 * q1) + second.x / (share * share)
        + second.rest / (q2 * q2)
      let next = share + slope / curvature
      guard next > range.lowerBound, next < range.upperBound else { break }
      let isSettled = abs(next - share) <= 1e-15 * share
      share = next
      if isSettled { break }
    }
    return share
  }
}
