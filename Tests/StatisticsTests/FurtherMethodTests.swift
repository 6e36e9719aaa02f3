import Testing

@testable import Statistics

/// Methods outside the reference cases, against other software, and the choices between methods.
struct FurtherMethodTests {
  func near(_ got: Double?, _ expected: Double, _ relative: Double = 1e-9) -> Bool {
    guard let got else { return false }
    return abs(got - expected) <= relative * abs(expected)
  }

  @Test("the logistic trend gives statsmodels' fit")
  func logisticTrend() {
    // statsmodels 0.15.0 GLM(Binomial), tol=1e-14.
    let fit = LogisticTrend.fit(events: [3, 5, 9, 14, 20], totals: [40, 42, 45, 44, 41])
    #expect(near(fit.oddsRatio.estimate, 1.8798629889206886))
    #expect(near(fit.standardError, 0.1375730887226697, 1e-7))
    #expect(near(fit.dispersion, 0.024089014815110957, 1e-6))
    // Shares that the times separate have no finite slope.
    #expect(LogisticTrend.fit(events: [0, 0, 9], totals: [5, 5, 9]) == .undefined)
    #expect(LogisticTrend.fit(events: [0, 0], totals: [5, 5]) == .undefined)
  }

  @Test("a sample that is much of its population narrows the Wilson interval")
  func finitePopulation() {
    // 82 of a sample of 595 of 1,402 cases. statsmodels 0.15.0 proportion_confint(wilson) at
    // the effective sample size 595 * 1401 / 807.
    let interval = FinitePopulation.wilson(82, ofSample: 595, population: 1402)
    #expect(near(interval.lower, 0.11813205053870612))
    #expect(near(interval.upper, 0.16018207985495347))
    let census = FinitePopulation.wilson(30, ofSample: 40, population: 40)
    #expect(census == Interval(estimate: 0.75, lower: 0.75, upper: 0.75))
    #expect(FinitePopulation.wilson(3, ofSample: 40, population: 39) == .undefined)
    // 7 of a part of 7, of a sample of 75 of 80 cases: five are still out there, 7/15 of them as likely as
    // any in this part. scipy 1.17.1, Wilson's formula at 7 * (112/15 - 1) / (112/15 - 7) = 97 cases.
    let part = FinitePopulation.wilson(7, ofSample: 7, population: 7 * 80.0 / 75)
    #expect(near(part.lower, 0.9619059574740523))
    #expect(part.upper == 1)
  }

  @Test("the mean of a sample that is much of its population has narrower limits")
  func meanOfFinitePopulation() {
    // scipy 1.17.1 t.interval(.95, 3, loc=4, scale=s * sqrt(.75 / 4)) of 1, 2, 4 and 9.
    let mean = Mean.t(ValueCounts([1, 2, 4, 9]), drawn: 0.25)
    #expect(near(mean.interval.lower, -0.9044791419969425))
    #expect(near(mean.interval.upper, 8.904479141996942))
    let all = Mean.t(ValueCounts([1, 2, 4, 9]), drawn: 1)
    #expect(all.interval == Interval(estimate: 4, lower: 4, upper: 4))
  }

  @Test("weights with fractions give exact means, and ranks by their running totals")
  func fractionalWeights() {
    let data = ValueCounts(ascending: [20, 30, 40, 50, 60], weights: [0.4, 0.4, 0.4, 1.8, 2.4])
    // numpy 2.4.6 average(weights=w); scipy 1.17.1 t.interval(.95, 4.4).
    let mean = Mean.t(data)
    #expect(near(mean.interval.estimate, 50))
    #expect(near(mean.standardDeviation, 13.483997249264842))
    #expect(near(mean.interval.lower, 34.45092254727028))
    // Running totals 0.4, 0.8, 1.2, 3, 5.4 are 0, 1, 1, 3, 5 in whole numbers.
    #expect(data.values == [30, 50, 60])
    #expect(data.counts == [1, 2, 2])
    #expect(near(data.total, 5.4))
    #expect(data.least == 20)
    // Many small weights do not vanish one by one.
    let many = ValueCounts(
      ascending: (1...1000).map(Double.init), weights: [Double](repeating: 0.4, count: 1000))
    #expect(many.count == 400)
    #expect(Quantile.type7(many, at: 0.5).map { abs($0 - 500.5) <= 2 } == true)
  }

  @Test("bounds of a difference put each case of unknown group into one group only")
  func boundsWithUnknownGroups() {
    // The least and greatest of all ways to complete the data, one by one.
    let bounds = MissingBounds.riskDifference(
      MissingBounds.Group(3, known: 8, missing: 2),
      minus: MissingBounds.Group(4, known: 5, missing: 1),
      either: MissingBounds.OfEither(yes: 2, no: 3, open: 4))
    #expect(near(bounds.lower, -0.7013888888888888))
    #expect(near(bounds.upper, 0.2820512820512821))
  }

  @Test("the presentation standard shows 28 of 35 and neither 24 of 30 nor 16 of 20")
  func presentationOfProportions() {
    #expect(
      PresentationStandard.nchsProportion(16, of: 20) == .suppress(.fewCases(n: 20, least: 30)))
    guard
      case .suppress(.wideInterval(let width, _)) = PresentationStandard.nchsProportion(
        24, of: 30)
    else {
      Issue.record("24 of 30 should be suppressed for its width")
      return
    }
    // scipy 1.17.1: beta.ppf(.975, 25, 6) - beta.ppf(.025, 24, 7).
    #expect(near(width, 0.30853099899554147))
    #expect(PresentationStandard.nchsProportion(28, of: 35) == .show)
    // Narrow enough, but 2 of 60 is a small share for its interval.
    guard case .suppress(.wideRelativeInterval) = PresentationStandard.nchsProportion(2, of: 60)
    else {
      Issue.record("2 of 60 should be suppressed for its relative width")
      return
    }
    #expect(PresentationStandard.nchsProportion(5, of: 1000, effectiveN: 29) != .show)
    #expect(PresentationStandard.nchsProportion(0, of: 40) != .show)
    #expect(PresentationStandard.nchsProportion(0, of: 4000) == .show)
  }

  @Test("the presentation standard needs ten events for a rate")
  func presentationOfRates() {
    #expect(PresentationStandard.nchsRate(count: 10) == .show)
    #expect(PresentationStandard.nchsRate(count: 9) == .suppress(.fewCases(n: 9, least: 10)))
    let phrase = PresentationStandard.Reason.fewCases(n: 9, least: 10).phrase
    #expect(phrase == "n is 9, below 10")
  }

  @Test("the recommended method changes with small counts, and says why")
  func recommendations() {
    #expect(OddsRatio.recommended(40, 33, 153, 83).method == .woolf)
    #expect(OddsRatio.recommended(3, 1, 1, 3).method == .midP)
    #expect(OddsRatio.recommended(30, 0, 31, 33).reason?.contains("empty") == true)
    #expect(ContingencyTable([[40, 33], [153, 83]])?.recommended.method == .pearson)
    #expect(ContingencyTable([[3, 1], [1, 3]])?.recommended.method == .fisher)
    #expect(RiskRatio.objection(to: .katz, 0, 5) != nil)
    #expect(RiskRatio.objection(to: .koopman, 0, 5) == nil)
  }

  @Test("the figures of the flagship question")
  func flagship() {
    // 162 of 200 against 39%: index 2.0769, ceiling 2.5641, rate against others 6.668.
    let index = PopulationShare.fixedWilson(162, of: 200, populationShare: 0.39)
    #expect(near(index.ratio.estimate, 2.0769, 1e-4))
    #expect(near(PopulationShare.ceiling(populationShare: 0.39), 2.5641, 1e-4))
    let rest = GroupAgainstRest.rateRatio(162, of: 200, populationShare: 0.39)
    #expect(near(rest.estimate, 6.668, 1e-4))
    // 162 against 28 with 39% against 48%: 7.1209, exact conditional 4.7467 to 11.0509.
    let index2 = RateRatio.exact(162, exposure: 0.39, over: 28, exposure: 0.48)
    #expect(near(index2.interval.estimate, 7.1209, 1e-4))
    #expect(near(index2.interval.lower, 4.7467, 1e-4))
    #expect(near(index2.interval.upper, 11.0509, 1e-4))
    // Florida (Radelet 1981): crude 0.8624, within strata of victims 1.4738 (0.7400 to 2.9355).
    let adjusted = MantelHaenszel.riskRatio([
      StratumTable(11, 52, 19, 132), StratumTable(6, 97, 0, 9),
    ]).interval
    #expect(near(adjusted.estimate, 1.4738, 1e-4))
    #expect(near(adjusted.lower, 0.7400, 1e-4))
    #expect(near(adjusted.upper, 2.9355, 1e-4))
  }
}
