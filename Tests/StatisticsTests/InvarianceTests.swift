import Testing

@testable import Statistics

/// What must not change when data are written another way.
struct InvarianceTests {
  static let pairs = [
    (0, 7, 3, 9), (5, 5, 2, 8), (40, 73, 153, 236), (1, 1000, 3, 900), (700, 1000, 300, 1000),
  ]

  func near(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-11) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
  }

  @Test("counting the cases without the property mirrors every interval of a share")
  func complementsMirror() {
    for method in Proportion.Method.allCases {
      for (x, n) in [(0, 4), (3, 7), (57, 60), (1, 1_000_000)] {
        let with = Proportion.interval(x, of: n, level: 0.9, method: method)
        let without = Proportion.interval(n - x, of: n, level: 0.9, method: method)
        #expect(near(with.lower, without.upper.map { 1 - $0 }, 1e-9), "\(method) \(x) of \(n)")
        #expect(near(with.upper, without.lower.map { 1 - $0 }, 1e-9), "\(method) \(x) of \(n)")
      }
    }
  }

  @Test("an interval holds its estimate, and a higher level gives a wider one")
  func intervalsNest() throws {
    for method in Proportion.Method.allCases {
      for (x, n) in [(0, 4), (3, 7), (57, 60), (400, 401)] {
        let narrow = Proportion.interval(x, of: n, level: 0.8, method: method)
        let wide = Proportion.interval(x, of: n, level: 0.99, method: method)
        let bounds = try #require(
          [wide.lower, narrow.lower, narrow.estimate, narrow.upper, wide.upper]
            .reduce(into: [Double]?([])) { list, bound in
              if let bound { list?.append(bound) } else { list = nil }
            })
        #expect(bounds == bounds.sorted(), "\(method) \(x) of \(n)")
      }
    }
  }

  @Test("swapping the groups turns a difference around and a ratio over")
  func swappedGroups() {
    for (x1, n1, x2, n2) in Self.pairs {
      for method in ProportionDifference.Method.allCases {
        let one = ProportionDifference.interval(x1, of: n1, minus: x2, of: n2, method: method)
        let other = ProportionDifference.interval(x2, of: n2, minus: x1, of: n1, method: method)
        #expect(near(one.lower, other.upper.map { -$0 }, 1e-9), "\(method) \(x1) \(n1)")
        #expect(near(one.estimate, other.estimate.map { -$0 }))
      }
      for method in RiskRatio.Method.allCases {
        let one = RiskRatio.interval(x1, of: n1, over: x2, of: n2, method: method)
        let other = RiskRatio.interval(x2, of: n2, over: x1, of: n1, method: method)
        #expect(near(one.lower, other.upper.map { 1 / $0 }, 1e-9), "\(method) \(x1) \(n1)")
      }
      for method in OddsRatio.Method.allCases {
        let one = OddsRatio.interval(x1, n1 - x1, x2, n2 - x2, method: method)
        let other = OddsRatio.interval(x2, n2 - x2, x1, n1 - x1, method: method)
        #expect(
          near(one.interval.lower, other.interval.upper.map { 1 / $0 }, 1e-9), "\(method) \(x1)")
        #expect(near(one.test.log10p, other.test.log10p, 1e-9), "\(method) \(x1)")
      }
      for method in RateRatio.Method.allCases {
        let one = RateRatio.interval(x1, exposure: 3, over: x2, exposure: 7, method: method)
        let other = RateRatio.interval(x2, exposure: 7, over: x1, exposure: 3, method: method)
        #expect(near(one.interval.lower, other.interval.upper.map { 1 / $0 }, 1e-9))
        #expect(near(one.test.log10p, other.test.log10p, 1e-9))
      }
    }
  }

  @Test("Koopman's interval leaves out 1 exactly when Pearson's p is below what its level leaves")
  func koopmanAgreesWithPearson() throws {
    for (x1, n1, x2, n2) in Self.pairs {
      for level in [0.8, 0.9, 0.95, 0.99, 0.999] {
        let interval = RiskRatio.koopman(x1, of: n1, over: x2, of: n2, level: level)
        let lower = try #require(interval.lower)
        let upper = try #require(interval.upper)
        let table = try #require(ContingencyTable([[x1, n1 - x1], [x2, n2 - x2]]))
        let p = try #require(table.pearson().p)
        #expect((lower > 1 || upper < 1) == (p < 1 - level), "\(x1)/\(n1) \(x2)/\(n2) \(level)")
      }
    }
  }

  @Test("rows, columns and order change nothing about a table")
  func tablePermutations() throws {
    let rows = [[12, 5, 7, 1], [8, 8, 6, 2], [4, 9, 3, 9]]
    let turned = (0..<4).map { column in rows.map { $0[column] } }
    let mixed = [[7, 1, 12, 5], [3, 9, 4, 9], [6, 2, 8, 8]]
    for method in ContingencyTable.Method.allCases {
      let p = try #require(ContingencyTable(rows)).test(method).p
      #expect(near(p, try #require(ContingencyTable(turned)).test(method).p), "\(method)")
      #expect(near(p, try #require(ContingencyTable(mixed)).test(method).p), "\(method)")
    }
    #expect(
      near(try #require(ContingencyTable(rows)).cramersV(), ContingencyTable(turned)?.cramersV()))
  }

  @Test("strata in another order, or one cut into proportional halves, estimate the same")
  func strataInAnyOrder() {
    let strata = [StratumTable(8, 98, 5, 115), StratumTable(22, 76, 16, 69)]
    let halves = [
      StratumTable(4, 49, 2, 60), StratumTable(4, 49, 2, 60), StratumTable(22, 76, 16, 69),
    ]
    let whole = [StratumTable(8, 98, 4, 120), StratumTable(22, 76, 16, 69)]
    #expect(
      near(
        MantelHaenszel.oddsRatio(strata).interval.upper,
        MantelHaenszel.oddsRatio(strata.reversed()).interval.upper))
    #expect(
      near(
        MantelHaenszel.oddsRatio(halves).interval.estimate,
        MantelHaenszel.oddsRatio(whole).interval.estimate))
    #expect(
      near(
        MantelHaenszel.riskDifference(halves).interval.estimate,
        MantelHaenszel.riskDifference(whole).interval.estimate))
  }

  @Test("values may come one by one, tabulated, in any order and split into halves")
  func tabulatedValues() {
    let values: [Double] = [7, 3, 3, 9, 12, 3, 7, 40, 1, 7, 9, 9]
    let forms = [
      ValueCounts(values), ValueCounts(values.reversed()),
      ValueCounts(values: [40, 1, 3, 7, 9, 12], counts: [1, 1, 3, 3, 3, 1]),
      ValueCounts(values: [3, 7, 3, 40, 9, 1, 12, 7, 5], counts: [2, 1, 1, 1, 3, 1, 1, 2, 0]),
    ]
    for form in forms {
      #expect(Mean.t(form) == Mean.t(forms[0]))
      #expect(Quantile.type7(form, at: 0.3) == Quantile.type7(forms[0], at: 0.3))
      #expect(
        MedianInterval.orderStatistic(form) == MedianInterval.orderStatistic(forms[0]))
      #expect(Gini.coefficient(form) == Gini.coefficient(forms[0]))
      #expect(Bootstrap.median(form) == Bootstrap.median(forms[0]))
      #expect(RankSum.mannWhitney(form, forms[1]).u == 72)
    }
  }

  @Test("durations may come one by one or tabulated, and in any unit")
  func tabulatedDurations() {
    let times: [Double] = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
    let isEvent = times.map { $0 != 16 }
    let single = KaplanMeier(times: times, isEvent: isEvent)
    let tallies =
      [
        KaplanMeier.Tally(time: 8, events: 2, censored: 0), .init(time: 16, events: 0, censored: 1),
        .init(time: 5, events: 2, censored: 0),
      ] + [45, 12, 23, 27, 30, 33, 43].map { .init(time: $0, events: 1, censored: 0) }
    #expect(KaplanMeier(tallies).steps == single.steps)
    let weeks = KaplanMeier(times: times.map { $0 / 7 }, isEvent: isEvent)
    #expect(near(weeks.quantile().estimate, single.quantile().estimate.map { $0 / 7 }))
    let groups = [Array(tallies[0..<4]), Array(tallies[4...])]
    #expect(
      near(LogRank.test(groups).test.statistic, LogRank.test(groups.reversed()).test.statistic))
  }

  @Test("another unit scales a mean, a slope and a rate, and leaves Gini and p alone")
  func scale() {
    let values: [Double] = [7, 3, 3, 9, 12, 3, 7, 40, 1, 7, 9, 9]
    let cents = values.map { $0 * 100 }
    #expect(
      near(
        Mean.t(ValueCounts(cents)).interval.lower,
        Mean.t(ValueCounts(values)).interval.lower.map { $0 * 100 }, 1e-12))
    #expect(near(TheilSen.slope(cents).upper, TheilSen.slope(values).upper.map { $0 * 100 }))
    #expect(
      near(Gini.coefficient(ValueCounts(cents)), Gini.coefficient(ValueCounts(values))))
    #expect(MannKendall.test(cents) == MannKendall.test(values))
    let rate = PoissonRate.garwood(11, exposure: 800, per: 1000)
    #expect(near(rate.upper, PoissonRate.garwood(11, exposure: 8, per: 10).upper))
  }

  @Test("impossible counts and levels are undefined, never a trap")
  func impossibleInputs() {
    for method in Proportion.Method.allCases {
      for (x, n, level) in [(-1, 5, 0.95), (6, 5, 0.95), (1, -2, 0.95), (1, 5, 0), (1, 5, 1)] {
        #expect(Proportion.interval(x, of: n, level: level, method: method) == .undefined)
      }
    }
    #expect(OddsRatio.fisher(-1, 2, 3, 4) == .undefined)
    #expect(OddsRatio.midP(0, 0, 0, 0) == .undefined)
    #expect(RateRatio.exact(-1, exposure: 1, over: 2, exposure: 1) == .undefined)
    #expect(
      ContingencyTable([[1, 2], [3]]) == nil || ContingencyTable([[1, 2], [3]])!.total > 0)
    #expect(ContingencyTable([[0, 0], [0, 0]])?.fisher() == .undefined)
    #expect(KaplanMeier([]).quantile() == .undefined)
    #expect(LogRank.test([]).test.statistic == nil)
    #expect(LinearFit.fit(x: [1, 1, 1], y: [1, 2, 3]) == nil)
  }
}
