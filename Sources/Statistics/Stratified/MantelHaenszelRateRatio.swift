extension MethodCatalogue {
  package static let mantelHaenszelRateRatio = MethodCard(
    id: "mantel-haenszel-rate-ratio", referenceName: "mantel_haenszel.rate_ratio",
    names: ["mantel-haenszel", "mh"],
    family: .stratifiedRateRatio, name: "Mantel-Haenszel rate ratio",
    reference: "Rothman and Boice 1979; Greenland and Robins 1985",
    formula: "(sum a T0/T) / (sum c T1/T)",
    whenToUse: "Counts per person-time or per head compared within strata.",
    assumptions: "One rate ratio in all strata; counts vary as Poisson.",
    agreesWith: "R 4.2.2 metafor rma.mh(IRR)")
}

extension MantelHaenszel {
  /// One stratum of two rates: exposed events and time, unexposed events and time.
  package struct RateStratum: Sendable, Equatable {
    package var exposedEvents: Int
    package var exposedTime: Double
    package var unexposedEvents: Int
    package var unexposedTime: Double

    /// From its parts.
    package init(
      exposedEvents: Int, exposedTime: Double, unexposedEvents: Int, unexposedTime: Double
    ) {
      self.exposedEvents = exposedEvents
      self.exposedTime = exposedTime
      self.unexposedEvents = unexposedEvents
      self.unexposedTime = unexposedTime
    }
  }

  /// The Mantel-Haenszel rate ratio with the Greenland-Robins variance of its log.
  ///
  /// Formula: `R = sum a T0/T`, `S = sum c T1/T`, `IRR = R/S`,
  /// `Var ln IRR = sum((a + c) T1 T0/T^2) / (R S)`. Strata without exposure in a group contribute
  /// nothing; limits undefined when R or S is 0. O(strata).
  /// Reference: Greenland and Robins 1985, Biometrics 41, 55, eq. 6.
  package static func rateRatio(_ strata: [RateStratum], level: Double = 0.95) -> Estimate {
    var (r, s, sum) = (0.0, 0.0, 0.0)
    for stratum in strata where stratum.exposedTime > 0 && stratum.unexposedTime > 0 {
      let time = stratum.exposedTime + stratum.unexposedTime
      let exposed = stratum.exposedTime / time
      let unexposed = stratum.unexposedTime / time
      r += Double(stratum.exposedEvents) * unexposed
      s += Double(stratum.unexposedEvents) * exposed
      sum += Double(stratum.exposedEvents + stratum.unexposedEvents) * exposed * unexposed
    }
    return ratioEstimate(r, s, variance: sum / (r * s), level: level)
  }
}
