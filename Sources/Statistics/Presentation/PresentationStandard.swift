extension MethodCatalogue {
  package static let nchsProportions = MethodCard(
    id: "nchs-proportions", referenceName: "", names: ["nchs", "nchs-proportions"],
    family: .presentation, name: "NCHS data presentation standard for proportions",
    reference: "Parker et al. 2017",
    formula:
      "show if n >= 30 and (width <= .05, or width < .30 and width <= 130% of p)",
    whenToUse: "To decide whether a share is steady enough to be shown.",
    assumptions: "Width of the Clopper-Pearson (Korn-Graubard) 95% interval; n effective.",
    agreesWith: "Parker et al. 2017, Vital and Health Statistics 2(175)")
  package static let nchsRates = MethodCard(
    id: "nchs-rates", referenceName: "", names: ["nchs-rates"],
    family: .presentation, name: "NCHS data presentation standard for rates and counts",
    reference: "Parker et al. 2023",
    formula: "show if the count >= 10 and the interval is at most 160% as wide as the rate",
    whenToUse: "To decide whether a rate or count is steady enough to be shown.",
    assumptions: "Width of the exact (Garwood) 95% interval of a Poisson count.",
    agreesWith: "Parker et al. 2023, Vital and Health Statistics 2(200)")
}

/// Whether a figure is steady enough to be shown, by a published rule set.
package enum PresentationStandard {
  /// Whether to show a figure or, if not, why.
  package enum Verdict: Sendable, Equatable {
    case show
    case suppress(Reason)
  }

  /// Why a figure is not shown, with the number that decided.
  package enum Reason: Sendable, Equatable {
    case fewCases(n: Double, least: Double)
    case wideInterval(width: Double, limit: Double)
    case wideRelativeInterval(percent: Double, limit: Double)
    case nothingObserved(width: Double)

    /// The reason in a phrase: `n is 20, below 30`.
    package var phrase: String {
      switch self {
      case .fewCases(let n, let least): "n is \(rounded(n, 0)), below \(rounded(least, 0))"
      case .wideInterval(let width, let limit):
        "the interval is \(rounded(width, 3)) wide, \(rounded(limit, 2)) or more"
      case .wideRelativeInterval(let percent, let limit):
        "the interval is \(rounded(percent, 0))% as wide as the figure, "
          + "more than \(rounded(limit, 0))%"
      case .nothingObserved(let width):
        "no case was observed and the interval is \(rounded(width, 3)) wide"
      }
    }
  }

  /// The rule for proportions.
  ///
  /// Formula: not shown with an effective n below 30; shown with a 95% Clopper-Pearson interval
  /// at most .05 wide; not shown with one .30 or wider; between, shown when the width is at most
  /// 130% of p. At 81%: 16 of 20 are too few, 24 of 30 have a width of .309 and 28 of 35 one of
  /// .285.
  /// - Parameter effectiveN: the sample size after a design effect; n itself when nil.
  /// Reference: Parker et al. 2017, Vital and Health Statistics 2(175), with Korn and Graubard
  /// 1998 for effective n.
  package static func nchsProportion(
    _ x: Int, of n: Int, effectiveN: Double? = nil
  ) -> Verdict {
    let effective = min(effectiveN ?? Double(n), Double(n))
    guard n > 0, isCount(n), (0...n).contains(x), effective >= 30 else {
      return .suppress(.fewCases(n: effective, least: 30))
    }
    let p = Double(x) / Double(n)
    let limits = Proportion.exact(p * effective, of: effective, level: 0.95)
    let width = (limits.upper ?? 1) - (limits.lower ?? 0)
    if width <= 0.05 { return .show }
    if width >= 0.3 { return .suppress(.wideInterval(width: width, limit: 0.3)) }
    guard x > 0 else { return .suppress(.nothingObserved(width: width)) }
    let percent = 100 * width / p
    return percent <= 130
      ? .show : .suppress(.wideRelativeInterval(percent: percent, limit: 130))
  }

  /// The rule for rates and counts.
  ///
  /// Formula: not shown with a count below 10, or when the exact 95% interval is more than 160%
  /// as wide as the count. Reference: Parker et al. 2023, Vital and Health Statistics 2(200).
  package static func nchsRate(count: Int) -> Verdict {
    guard count >= 10, isCount(count) else {
      return .suppress(.fewCases(n: Double(count), least: 10))
    }
    let limits = PoissonRate.garwood(count, exposure: 1)
    let percent = 100 * ((limits.upper ?? .infinity) - (limits.lower ?? 0)) / Double(count)
    return percent <= 160
      ? .show : .suppress(.wideRelativeInterval(percent: percent, limit: 160))
  }
}

/// A number with so many decimals, for a phrase.
private func rounded(_ value: Double, _ decimals: Int) -> String {
  guard abs(value) < 1e15 else { return String(value) }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let result = (value * scale).rounded() / scale
  return decimals == 0 ? String(Int(result)) : String(result)
}
