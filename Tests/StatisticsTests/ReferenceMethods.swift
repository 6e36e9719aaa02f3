import Statistics

/// How the methods of the reference files are asked, by name.
enum ReferenceMethods {
  typealias Method = @Sendable (ReferenceInputs) throws -> [String: Answer]

  static let all: [String: Method] = [
    proportions, ratios, populationShares, rates, standardisation, strata, tables, bounds,
    variables, survival,
    trends,
  ].reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }

  static func parts(_ interval: Interval, estimate: String = "estimate") -> [String: Answer] {
    [
      estimate: .number(interval.estimate), "lower": .number(interval.lower),
      "upper": .number(interval.upper),
    ]
  }

  static func tested(_ result: TestedInterval, estimate: String) -> [String: Answer] {
    parts(result.interval, estimate: estimate).merging([
      "p": .number(result.test.p), "p_central": .number(result.central.p),
    ]) { first, _ in first }
  }

  static func test(_ test: HypothesisTest, statistic: String) -> [String: Answer] {
    [
      statistic: .number(test.statistic), "p": .number(test.p), "log10_p": .number(test.log10p),
      "df": .integer(test.df.map { Int($0) }),
    ]
  }

  static let proportions: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in Proportion.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          Proportion.interval(
            inputs.int("x"), of: inputs.int("n"), level: inputs.double("conf"), method: method))
      }
    }
    for method in ProportionDifference.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          ProportionDifference.interval(
            inputs.int("x1"), of: inputs.int("n1"), minus: inputs.int("x2"), of: inputs.int("n2"),
            level: inputs.double("conf"), method: method))
      }
    }
    methods["binomial_test.exact"] = { inputs in
      try test(
        BinomialTest.exact(inputs.int("x"), of: inputs.int("n"), against: inputs.double("p0")),
        statistic: "z")
    }
    methods["binomial_test.z"] = { inputs in
      try test(
        BinomialTest.z(inputs.int("x"), of: inputs.int("n"), against: inputs.double("p0")),
        statistic: "z")
    }
    for method in TwoProportionsTest.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try test(
          TwoProportionsTest.z(
            inputs.int("x1"), of: inputs.int("n1"), against: inputs.int("x2"),
            of: inputs.int("n2"), method: method), statistic: "z")
      }
    }
    return methods
  }()

  static let ratios: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in RiskRatio.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          RiskRatio.interval(
            inputs.int("x1"), of: inputs.int("n1"), over: inputs.int("x2"), of: inputs.int("n2"),
            level: inputs.double("conf"), method: method))
      }
    }
    for method in OddsRatio.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try tested(
          OddsRatio.interval(
            inputs.int("a"), inputs.int("b"), inputs.int("c"), inputs.int("d"),
            level: inputs.double("conf"), method: method), estimate: "estimate")
      }
    }
    for method in RelativeRateIndex.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        let result = try RelativeRateIndex.comparison(
          events: inputs.int("events_group"), per: inputs.double("base_group"),
          against: inputs.int("events_reference"), per: inputs.double("base_reference"),
          level: inputs.double("conf"), method: method)
        return parts(result.index, estimate: "rri").merging(test(result.test, statistic: "z")) {
          first, _ in first
        }.merging([
          "rate_group": .number(result.rateGroup), "rate_reference": .number(result.rateReference),
        ]) { first, _ in first }
      }
    }
    return methods
  }()

  static let populationShares: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in [PopulationShare.Method.fixedWilson, .fixedClopperPearson] {
      methods[method.card!.referenceName] = { inputs in
        let result = try PopulationShare.comparison(
          inputs.int("x"), of: inputs.int("n"),
          populationShare: inputs.double("population_share"), level: inputs.double("conf"),
          isExact: method == .fixedClopperPearson)
        return parts(result.ratio, estimate: "ratio").merging([
          "share": .number(result.share), "expected": .number(result.expected),
          "excess": .number(result.excess), "difference_points": .number(result.differencePoints),
        ]) { first, _ in first }
      }
    }
    for method in GroupAgainstRest.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          GroupAgainstRest.rateRatio(
            inputs.int("x"), of: inputs.int("n"),
            populationShare: inputs.double("population_share"), level: inputs.double("conf"),
            method: method), estimate: "ratio")
      }
    }
    methods["share_vs_population.sampled_benchmark"] = { inputs in
      try parts(
        PopulationShare.sampledBenchmark(
          inputs.int("x"), of: inputs.int("n"), benchmark: inputs.int("benchmark_x"),
          of: inputs.int("benchmark_n"), level: inputs.double("conf")), estimate: "ratio")
    }
    methods["share_vs_population.acs_moe_benchmark"] = { inputs in
      let result = try PopulationShare.acsMarginOfError(
        inputs.int("x"), of: inputs.int("n"),
        group: .init(
          inputs.double("group_estimate"), marginOfError: inputs.double("group_moe90")),
        total: .init(
          inputs.double("total_estimate"), marginOfError: inputs.double("total_moe90")),
        level: inputs.double("conf"))
      return parts(result.ratio, estimate: "ratio").merging([
        "benchmark_share": .number(result.benchmarkShare),
        "benchmark_se": .number(result.benchmarkStandardError),
        "moe_formula": .text(result.usesRatioFormula ? "ratio" : "proportion"),
      ]) { first, _ in first }
    }
    return methods
  }()
}
