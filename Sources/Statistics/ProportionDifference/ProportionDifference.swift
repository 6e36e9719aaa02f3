/// The difference of two shares, x1 of n1 minus x2 of n2, with a confidence interval.
///
/// All intervals: undefined when a total is 0 or a count not within it; limits within -1 and 1.
package enum ProportionDifference {
  /// The methods to choose from; the raw values are the ids of their cards.
  package enum Method: String, NamedMethod {
    case newcombe
    case miettinenNurminen = "miettinen-nurminen-difference"
    case agrestiCaffo = "agresti-caffo"
    case wald = "wald-difference"

    /// Where the names of these methods are looked up.
    package static var family: MethodFamily { .proportionDifference }
  }

  /// What is used unless another is asked for.
  package static let defaultMethod = Method.newcombe

  /// The interval by the method asked for.
  package static func interval(
    _ x1: Int, of n1: Int, minus x2: Int, of n2: Int, level: Double = 0.95,
    method: Method = defaultMethod
  ) -> Interval {
    switch method {
    case .newcombe: newcombe(x1, of: n1, minus: x2, of: n2, level: level)
    case .miettinenNurminen: miettinenNurminen(x1, of: n1, minus: x2, of: n2, level: level)
    case .agrestiCaffo: agrestiCaffo(x1, of: n1, minus: x2, of: n2, level: level)
    case .wald: wald(x1, of: n1, minus: x2, of: n2, level: level)
    }
  }

  /// `x1/n1 - x2/n2` with one rounding where the shares are close.
  static func difference(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) -> Double {
    differenceOfProducts(Double(x1), Double(n2), Double(x2), Double(n1))
      / (Double(n1) * Double(n2))
  }
}

/// A group: how many of its cases have the property, with shares free of cancellation.
struct BinomialSample {
  let x: Double
  let n: Double
  let rest: Double

  var p: Double { x / n }
  var q: Double { rest / n }
  /// The variance of the share, `p q / n`.
  var variance: Double { p * q / n }

  /// Nil when there are no cases or the count is not within them.
  init?(_ x: Int, of n: Int) {
    guard n > 0, isCount(n), (0...n).contains(x) else { return nil }
    (self.x, self.n, rest) = (Double(x), Double(n), Double(n - x))
  }
}

/// `a b - c d` to within two units in the last place (Kahan; Jeannerod et al. 2013).
func differenceOfProducts(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  let second = c * d
  let error = second.addingProduct(-c, d)
  return (-second).addingProduct(a, b) + error
}
