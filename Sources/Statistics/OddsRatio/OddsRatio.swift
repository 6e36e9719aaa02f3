/// The odds ratio `ad / bc` of the table a b / c d, whose rows are groups and first column events.
///
/// All methods: undefined when a cell is negative or all are 0.
package enum OddsRatio {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case woolf
    case midP = "mid-p"
    case fisher
    case haldaneAnscombe = "haldane-anscombe"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .oddsRatio }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.woolf

  /// The interval and, for the exact methods, the test.
  package static func interval(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double = 0.95, method: Method = defaultMethod
  ) -> TestedInterval {
    switch method {
    case .woolf:
      TestedInterval(interval: woolf(a, b, c, d, level: level), test: .undefined)
    case .haldaneAnscombe:
      TestedInterval(interval: haldaneAnscombe(a, b, c, d, level: level), test: .undefined)
    case .fisher: fisher(a, b, c, d, level: level)
    case .midP: midP(a, b, c, d, level: level)
    }
  }

  /// The method that fits these counts, with the reason where it is not the default.
  package static func recommended(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> (method: Method, reason: String?) {
    if min(a, b, c, d) == 0 {
      return (.midP, "a cell is empty, so the log interval is undefined")
    }
    guard let least = ContingencyTable([[a, b], [c, d]])?.leastExpected, least < 5 else {
      return (.woolf, nil)
    }
    return (.midP, "an expected count is below 5")
  }

  static func isDefined(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ level: Double) -> Bool {
    [a, b, c, d].allSatisfy(isCount) && max(a, b, c, d) > 0 && isLevel(level)
  }

  /// What is known when a margin is empty: nothing.
  static let uninformative = TestedInterval(
    interval: Interval(estimate: nil, lower: 0, upper: .infinity), test: HypothesisTest(logP: 0))

  /// Where to start the search for the log odds ratio: Haldane and Anscombe's, with its error.
  static func start(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, level: Double
  ) -> (low: Double, middle: Double, high: Double) {
    let adjusted = haldaneAnscombe(a, b, c, d, level: level)
    let low = logarithm(adjusted.lower)
    let high = logarithm(adjusted.upper)
    return (low, (low + high) / 2, high)
  }
}
