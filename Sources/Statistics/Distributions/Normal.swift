import Glibc

extension MethodCatalogue {
  package static let normalTail = MethodCard(
    id: "normal-tail", referenceName: "tail_probability.normal_two_sided", names: ["normal", "z"],
    family: .tailProbability, name: "Two-sided tail of the normal distribution",
    reference: "DLMF 7.2.2", formula: "erfc(|z| / sqrt 2)", whenToUse: "Every z test.",
    assumptions: "Holds for p down to 1e-4000 and beyond, as a logarithm.",
    agreesWith: "R 4.2.2 pnorm(log.p=TRUE)")
}

/// The standard normal distribution: tails, their logs, quantiles.
package enum Normal {
  private static let rootHalf = 0.707_106_781_186_547_524_4

  /// P(Z > z), to within a few units in the last place times z squared.
  static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z * rootHalf) }

  /// log P(Z > z), also where the probability itself is below the smallest double.
  ///
  /// Beyond z = 36 by the asymptotic series DLMF 7.12.1.
  static func logUpperTail(_ z: Double) -> Double {
    logOfErfc(z * rootHalf) - 0.693_147_180_559_945_3
  }

  private static func logOfErfc(_ x: Double) -> Double {
    if x < 0.5 { return log1p(-erf(x)) }
    if x < 26 { return log(erfc(x)) }
    let inverse = 1 / (2 * x * x)
    var term = 1.0
    var sum = 0.0
    for index in 1...12 {
      term *= -Double(2 * index - 1) * inverse
      sum += term
    }
    return -x * x - log(x * Double.pi.squareRoot()) + log1p(sum)
  }

  /// The two-sided test of a standard normal statistic.
  ///
  /// Formula: `p = P(|Z| >= |z|) = erfc(|z| / sqrt 2)`. The log10 of p is exact to 1e-13
  /// relative for any z, so p values like 1e-4341 keep their size.
  /// Reference: DLMF 7.2.2, 7.12.1.
  package static func twoSided(_ z: Double?) -> HypothesisTest {
    guard let z, !z.isNaN else { return .undefined }
    let size = abs(z) * rootHalf
    return HypothesisTest(statistic: z, df: nil, p: erfc(size), logP: logOfErfc(size))
  }

  /// The z with P(Z > z) = tail.
  static func quantile(upperTail tail: Double) -> Double {
    quantile(logUpperTail: log(tail))
  }

  /// The z whose upper tail has the given log; Newton steps on the log of the tail.
  static func quantile(logUpperTail logTail: Double) -> Double {
    if logTail >= 0 { return -.infinity }
    if logTail > -0.693 { return -quantile(logUpperTail: logOfComplement(ofLog: logTail)) }
    // Abramowitz and Stegun 26.2.23, within 4.5e-4.
    let t = (-2 * logTail).squareRoot()
    let top = 2.515517 + t * (0.802853 + t * 0.010328)
    let bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return increasingRoot(from: t - top / bottom, tolerance: 1e-8) { z in
      let tail = logUpperTail(z)
      let density = -0.5 * z * z - 0.918_938_533_204_672_8
      return (logTail - tail, exp(density - tail))
    }
  }

  /// The half-width of a two-sided interval at this confidence level, in standard errors.
  package static func critical(_ level: Double) -> Double {
    quantile(upperTail: (1 - level) / 2)
  }
}
