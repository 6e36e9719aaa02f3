import Foundation
import Statistics

/// How often the default 95% intervals hold the truth, by adding up every outcome that counts at this precision.
///
/// Nothing is drawn at random: the chance of each outcome within seven standard deviations is summed.
enum Coverage {
  static let sizes = [20, 60, 200, 2000]
  private static let shares = (1...50).map { Double($0) / 100 }
  /// How many times the second group's share or rate the first group's is.
  private static let ratios = [1.0, 1.5, 2.0]
  private static let level = 0.95

  struct Line {
    let method: String
    let size: Int
    let mean: Double
    let least: Double
    let leastAt: Double

    /// `| wilson | 20 | 95.3% | 87.6% at 1% |`
    var row: String {
      func percent(_ share: Double) -> String { String(format: "%.1f%%", share * 100) }
      let mark = least < 0.93 ? " (dips)" : ""
      return
        "| \(method) | \(size) | \(percent(mean)) | \(percent(least)) at \(percent(leastAt))\(mark) |"
    }
  }

  /// The whole table as Markdown.
  static func table() -> String {
    var lines = [
      "| method | n or expected of a group | mean over p | least, and where |",
      "| --- | --- | --- | --- |",
    ]
    for method in Proportion.Method.allCases {
      lines += sizes.map { share(method, $0).row }
    }
    for size in sizes {
      lines.append(pairs("koopman (ratio)", size, ratioHolds).row)
      lines.append(pairs("katz (ratio)", size, katzHolds).row)
      lines.append(pairs("newcombe (gap)", size, gapHolds).row)
    }
    for size in sizes { lines.append(rateRatio(size).row) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ method: String, _ size: Int, _ coverages: [(Double, Double)]) -> Line {
    let least = coverages.min { $0.1 < $1.1 } ?? (0, 0)
    let mean = coverages.reduce(0) { $0 + $1.1 } / Double(coverages.count)
    return Line(method: method, size: size, mean: mean, least: least.1, leastAt: least.0)
  }

  private static func share(_ method: Proportion.Method, _ n: Int) -> Line {
    let intervals = (0...n).map { Proportion.interval($0, of: n, level: level, method: method) }
    return line(
      method.rawValue, n,
      shares.map { p in
        let chance = outcomes(n, p).reduce(0) { sum, outcome in
          sum + (holds(intervals[outcome.x], p) ? outcome.chance : 0)
        }
        return (p, chance)
      })
  }

  private static func holds(_ interval: Interval, _ truth: Double) -> Bool {
    guard let lower = interval.lower, let upper = interval.upper else { return true }
    return lower <= truth && truth <= upper
  }

  private static func ratioHolds(_ a: Int, _ b: Int, _ n: Int, _ p: Double, _ q: Double) -> Bool {
    holds(RiskRatio.koopman(a, of: n, over: b, of: n, level: level), p / q)
  }

  private static func katzHolds(_ a: Int, _ b: Int, _ n: Int, _ p: Double, _ q: Double) -> Bool {
    holds(RiskRatio.katz(a, of: n, over: b, of: n, level: level), p / q)
  }

  private static func gapHolds(_ a: Int, _ b: Int, _ n: Int, _ p: Double, _ q: Double) -> Bool {
    holds(ProportionDifference.newcombe(a, of: n, minus: b, of: n, level: level), p - q)
  }

  /// Two groups of the same size whose shares are `p × ratio` and `p`.
  private static func pairs(
    _ method: String, _ n: Int, _ holds: (Int, Int, Int, Double, Double) -> Bool
  ) -> Line {
    var coverages: [(Double, Double)] = []
    for p in n < 2000
      ? shares
      : shares.filter({ ($0 * 100).rounded().truncatingRemainder(dividingBy: 5) == 0 || $0 < 0.05 })
    {
      for ratio in ratios where p * ratio < 0.99 {
        let first = outcomes(n, p * ratio)
        let second = outcomes(n, p)
        var sum = 0.0
        for a in first {
          for b in second where holds(a.x, b.x, n, p * ratio, p) { sum += a.chance * b.chance }
        }
        coverages.append((p, sum))
      }
    }
    return line(method, n, coverages)
  }

  /// Two counts whose expected values are `size × ratio` and `size`.
  private static func rateRatio(_ size: Int) -> Line {
    var coverages: [(Double, Double)] = []
    for part in stride(from: 0.1, through: 1.0, by: 0.1) {
      let mean = Double(size) * part / 2
      for ratio in ratios {
        let first = counts(mean * ratio)
        let second = counts(mean)
        var sum = 0.0
        for a in first {
          for b in second {
            let interval = RateRatio.exact(
              a.x, exposure: 1, over: b.x, exposure: 1, level: level
            ).interval
            if holds(interval, ratio) { sum += a.chance * b.chance }
          }
        }
        coverages.append((part / 2, sum))
      }
    }
    return line("exact (rate ratio)", size, coverages)
  }

  /// The binomial outcomes that matter, with their chances.
  private static func outcomes(_ n: Int, _ p: Double) -> [(x: Int, chance: Double)] {
    let (mean, deviation) = (Double(n) * p, (Double(n) * p * (1 - p)).squareRoot())
    let range = max(0, Int(mean - 7 * deviation) - 2)...min(n, Int(mean + 7 * deviation) + 2)
    return range.map { x in
      let choose = lgamma(Double(n) + 1) - lgamma(Double(x) + 1) - lgamma(Double(n - x) + 1)
      return (x, exp(choose + Double(x) * log(p) + Double(n - x) * log1p(-p)))
    }
  }

  /// The Poisson outcomes that matter, with their chances.
  private static func counts(_ mean: Double) -> [(x: Int, chance: Double)] {
    let deviation = mean.squareRoot()
    let range = max(0, Int(mean - 7 * deviation) - 2)...(Int(mean + 7 * deviation) + 4)
    return range.map { x in
      (x, exp(Double(x) * log(mean) - mean - lgamma(Double(x) + 1)))
    }
  }
}
