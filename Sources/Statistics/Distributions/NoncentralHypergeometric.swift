import Glibc

/// The distribution of the first cell of a 2x2 table given its margins and an odds ratio.
///
/// Reference: Fisher 1935; Liao and Rosen 2001, American Statistician 55, 366.
struct NoncentralHypergeometric {
  let margins: Hypergeometric
  let observed: Int

  /// What the equations for limits and estimates need, at one odds ratio.
  struct Moments {
    /// P(A = observed).
    var at: Double
    /// P(A > observed).
    var above: Double
    /// P(A < observed).
    var below: Double
    /// The mean of A, minus the observed cell.
    var lead: Double
    /// The variance of A.
    var variance: Double
    /// The parts of the lead contributed by cells above and below the observed one.
    var leadAbove: Double
    var leadBelow: Double
  }

  /// Sums outward from the likeliest cell until terms no longer count.
  /// O(standard deviation of A).
  func moments(logOddsRatio: Double) -> Moments {
    let psi = exp(logOddsRatio)
    let center = margins.mode(oddsRatio: psi)
    var sums = Sums(observed: observed)
    sums.add(1, at: center)
    var term = 1.0
    var cell = center
    while cell < margins.most, term > 1e-20 {
      term *= margins.ratio(after: cell) * psi
      cell += 1
      sums.add(term, at: cell)
    }
    term = 1
    cell = center
    while cell > margins.least, term > 1e-20 {
      cell -= 1
      term /= margins.ratio(after: cell) * psi
      sums.add(term, at: cell)
    }
    return sums.moments
  }

  private struct Sums {
    let observed: Int
    var at = 0.0
    var above = 0.0
    var below = 0.0
    var leadAbove = 0.0
    var leadBelow = 0.0
    var squares = 0.0

    init(observed: Int) { self.observed = observed }

    mutating func add(_ term: Double, at cell: Int) {
      let lead = Double(cell - observed)
      if cell > observed {
        above += term
        leadAbove += term * lead
      } else if cell < observed {
        below += term
        leadBelow += term * lead
      } else {
        at += term
      }
      squares += term * lead * lead
    }

    var moments: Moments {
      let total = at + above + below
      let lead = (leadAbove + leadBelow) / total
      return Moments(
        at: at / total, above: above / total, below: below / total, lead: lead,
        variance: squares / total - lead * lead, leadAbove: leadAbove / total,
        leadBelow: leadBelow / total)
    }
  }

  /// The log odds ratio at which `P(A > a) + share P(A = a)` has this value, for a above least.
  ///
  /// `share` is 1 for exact limits and 1/2 for mid-p.
  func logOddsRatio(upperTail target: Double, share: Double, from start: Double) -> Double {
    increasingRoot(from: start) { theta in
      let now = moments(logOddsRatio: theta)
      let tail = now.above + share * now.at
      // d log tail / d theta = E[A | tail] - E[A].
      return (log(tail / target), now.leadAbove / tail - now.lead)
    }
  }

  /// The same for `P(A < a) + share P(A = a)`, for a below most.
  func logOddsRatio(lowerTail target: Double, share: Double, from start: Double) -> Double {
    increasingRoot(from: start) { theta in
      let now = moments(logOddsRatio: theta)
      let tail = now.below + share * now.at
      return (log(target / tail), now.lead - now.leadBelow / tail)
    }
  }

  /// The log odds ratio at which the mean of A is the observed cell.
  func logOddsRatioOfMean(from start: Double) -> Double {
    increasingRoot(from: start) { theta in
      let now = moments(logOddsRatio: theta)
      return (now.lead, now.variance)
    }
  }
}
