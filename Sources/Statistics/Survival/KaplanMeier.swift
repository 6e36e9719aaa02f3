/// The survival curve of Kaplan and Meier: how many are still waiting after a time.
///
/// Cases still open are censored at their time so far; an event at the same time comes first.
package struct KaplanMeier: Sendable {
  /// What happened at one time.
  package struct Tally: Sendable, Equatable {
    package var time: Double
    package var events: Int
    package var censored: Int

    /// From its parts.
    package init(time: Double, events: Int, censored: Int) {
      self.time = time
      self.events = events
      self.censored = censored
    }
  }

  /// The curve from one time on.
  package struct Step: Sendable, Equatable {
    package var time: Double
    /// Those with this time or a later one.
    package var atRisk: Int
    package var events: Int
    package var censored: Int
    package var survival: Double
    /// Greenwood's sum of `d / (n (n - d))`; the variance of log S. Infinite once S is 0.
    package var greenwood: Double
  }

  /// The scale on which limits are formed.
  package enum Limits: String, NamedMethod {
    case logLog = "kaplan-meier-log-log"
    case log = "kaplan-meier-log"
    case plain = "kaplan-meier-plain"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .survival }
  }

  /// What is used unless another is asked for.
  package static let defaultLimits = Limits.logLog

  /// One step for each distinct time, ascending.
  package let steps: [Step]

  /// How many cases there are.
  package var count: Int { steps.first?.atRisk ?? 0 }
  /// How many of them ended in an event.
  package var events: Int { steps.reduce(0) { $0 + $1.events } }

  /// From tallies in any order; equal times are taken together. O(k log k).
  ///
  /// Formula: `S(t) = product of (1 - d/n)` over event times up to t, kept as one quotient of
  /// whole numbers between censorings, so that a survival of exactly 1/2 stays exact.
  /// Reference: Kaplan and Meier 1958, JASA 53, 457; Greenwood 1926.
  package init(_ tallies: [Tally]) {
    let merged = Self.merged(tallies)
    var atRisk = merged.reduce(0) { $0 + $1.events + $1.censored }
    var survival = 1.0
    var greenwood = 0.0
    var anchor = (survival: 1.0, atRisk: atRisk)
    steps = merged.map { tally in
      let left = atRisk - tally.events
      if tally.events > 0 {
        survival = anchor.survival * (Double(left) / Double(anchor.atRisk))
        greenwood += Double(tally.events) / (Double(atRisk) * Double(left))
      }
      let step = Step(
        time: tally.time, atRisk: atRisk, events: tally.events, censored: tally.censored,
        survival: survival, greenwood: greenwood)
      atRisk = left - tally.censored
      if tally.censored > 0 { anchor = (survival, atRisk) }
      return step
    }
  }

  /// From single times, each an event or censored.
  package init(times: [Double], isEvent: [Bool]) {
    self.init(
      zip(times, isEvent).map { Tally(time: $0, events: $1 ? 1 : 0, censored: $1 ? 0 : 1) })
  }

  /// Tallies in ascending order of time, one for each distinct time.
  static func merged(_ tallies: [Tally]) -> [Tally] {
    var merged: [Tally] = []
    for tally in tallies.sorted(by: { $0.time < $1.time }) where tally.events + tally.censored > 0 {
      if let last = merged.indices.last, merged[last].time == tally.time {
        merged[last].events += tally.events
        merged[last].censored += tally.censored
      } else {
        merged.append(tally)
      }
    }
    return merged
  }

  /// Survival at a time with limits; after the last time the curve is carried forward.
  ///
  /// Undefined without cases; limits undefined once survival is 0. O(log k).
  package func survival(
    at time: Double, level: Double = 0.95, limits: Limits = defaultLimits
  ) -> Interval {
    guard count > 0 else { return .undefined }
    let next = firstTrue(in: 0...steps.count) { $0 == steps.count || steps[$0].time > time }
    guard next > 0 else { return Interval(estimate: 1, lower: 1, upper: 1) }
    return interval(of: steps[next - 1], z: Normal.critical(level), limits: limits)
  }

  /// How many have this time or a later one. O(log k).
  package func atRisk(at time: Double) -> Int {
    let index = firstTrue(in: 0...steps.count) { $0 == steps.count || steps[$0].time >= time }
    return index == steps.count ? 0 : steps[index].atRisk
  }

  /// The first time at which no more than `1 - p` are left, with limits; p = 1/2 is the median.
  ///
  /// Formula: the first t with `S(t) < 1 - p`, or the midpoint to the next event when `S = 1 - p`
  /// exactly until then; the limits are the same rule on the limit curves (Brookmeyer and
  /// Crowley). Nil where a curve never gets there. O(k).
  /// Reference: Brookmeyer and Crowley 1982, Biometrics 38, 29; Therneau, survival 3.5-3.
  package func quantile(
    _ p: Double = 0.5, level: Double = 0.95, limits: Limits = defaultLimits
  ) -> Interval {
    guard count > 0, p > 0, p < 1, isLevel(level) else { return .undefined }
    let z = Normal.critical(level)
    let curve = steps.map { interval(of: $0, z: z, limits: limits) }
    return Interval(
      estimate: crossing(curve.map(\.estimate), below: 1 - p),
      lower: crossing(curve.map(\.lower), below: 1 - p),
      upper: crossing(curve.map(\.upper), below: 1 - p))
  }

  private func interval(of step: Step, z: Double, limits: Limits) -> Interval {
    let s = step.survival
    guard s > 0 else { return Interval(estimate: s, lower: nil, upper: nil) }
    guard step.greenwood > 0 else { return Interval(estimate: s, lower: s, upper: s) }
    let error = step.greenwood.squareRoot()
    let (lower, upper) =
      switch limits {
      case .logLog: Self.logLogLimits(s, error, z)
      case .log: Self.logLimits(s, error, z)
      case .plain: Self.plainLimits(s, error, z)
      }
    return Interval(estimate: s, lower: lower, upper: upper)
  }

  private func crossing(_ curve: [Double?], below height: Double) -> Double? {
    let tolerance = 1e-12
    guard let first = curve.firstIndex(where: { ($0 ?? 2) < height + tolerance }),
      let value = curve[first]
    else { return nil }
    guard abs(value - height) < tolerance,
      let next = curve[first...].firstIndex(where: { ($0 ?? 2) < value - tolerance })
    else { return steps[first].time }
    return (steps[first].time + steps[next].time) / 2
  }
}
