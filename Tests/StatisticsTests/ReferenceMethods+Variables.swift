import Statistics

extension ReferenceMethods {
  static let variables: [String: Method] = [
    "quantile.type7": { inputs in
      let data = try ValueCounts(inputs.doubles("values"))
      return [
        "quantiles": .numbers(try inputs.doubles("probs").map { Quantile.type7(data, at: $0) })
      ]
    },
    "median_ci.order_statistic": { inputs in
      let result = try MedianInterval.orderStatistic(
        ValueCounts(inputs.doubles("values")), level: inputs.double("conf"))
      return parts(result.interval, estimate: "median").merging([
        "coverage": .number(result.coverage), "rank_lower": .integer(result.ranks?.lowerBound),
        "rank_upper": .integer(result.ranks?.upperBound),
      ]) { first, _ in first }
    },
    "mean_ci.t": { inputs in
      let result = try Mean.t(
        ValueCounts(inputs.doubles("values")), level: inputs.double("conf"))
      return parts(result.interval, estimate: "mean").merging([
        "n": .integer(result.n), "sd": .number(result.standardDeviation),
      ]) { first, _ in first }
    },
    "mean_difference.welch_t": { inputs in
      let result = try MeanDifference.welch(
        ValueCounts(inputs.doubles("x")), minus: ValueCounts(inputs.doubles("y")),
        level: inputs.double("conf"))
      return parts(result.interval, estimate: "difference").merging([
        "t": .number(result.test.statistic), "df": .number(result.test.df),
        "p": .number(result.test.p),
      ]) { first, _ in first }
    },
    "rank_sum.mann_whitney_normal": { inputs in
      let result = try RankSum.mannWhitney(
        ValueCounts(inputs.doubles("x")), ValueCounts(inputs.doubles("y")))
      return test(result.test, statistic: "z").merging(["u": .number(result.u)]) {
        first, _ in first
      }
    },
    "segregation.dissimilarity": { inputs in
      [
        "d": .number(
          Segregation.dissimilarity(
            try inputs.doubles("group_a"), try inputs.doubles("group_b")))
      ]
    },
    "inequality.gini": { inputs in
      ["gini": .number(Gini.coefficient(try ValueCounts(inputs.doubles("values"))))]
    },
    "effective_sample_size.kish": { inputs in
      let result = EffectiveSampleSize.kish(weights: try inputs.doubles("weights"))
      return ["n_eff": .number(result.size), "design_effect": .number(result.designEffect)]
    },
    "effective_sample_size.icc": { inputs in
      let result = try EffectiveSampleSize.clustered(
        n: inputs.double("n"), meanClusterSize: inputs.double("mean_cluster_size"),
        icc: inputs.double("icc"))
      return ["n_eff": .number(result.size), "design_effect": .number(result.designEffect)]
    },
    "bootstrap.percentile_proportion": { inputs in
      // The answer is that of endless replicates, so of more than any number asked for.
      _ = try inputs.int("min_replicates")
      return try parts(
        Bootstrap.proportion(
          inputs.int("x"), of: inputs.int("n"), level: inputs.double("conf")))
    },
    "bootstrap.percentile_median": { inputs in
      _ = try inputs.int("min_replicates")
      return try parts(
        Bootstrap.median(
          ValueCounts(inputs.doubles("values")), level: inputs.double("conf")))
    },
  ]

  static let survival: [String: Method] = {
    var methods: [String: Method] = [:]
    let curve = { @Sendable (inputs: ReferenceInputs) in
      KaplanMeier(
        times: try inputs.doubles("time"), isEvent: try inputs.ints("event").map { $0 == 1 })
    }
    for limits in KaplanMeier.Limits.allCases {
      let name = limits.card!.referenceName
      methods[name] = { inputs in
        let curve = try curve(inputs)
        let level = try inputs.double("conf")
        let times = try inputs.doubles("at")
        let survival = times.map { curve.survival(at: $0, level: level, limits: limits) }
        return [
          "survival": .numbers(survival.map(\.estimate)),
          "lower": .numbers(survival.map(\.lower)), "upper": .numbers(survival.map(\.upper)),
          "at_risk": .list(times.map { .integer(curve.atRisk(at: $0)) }),
        ]
      }
      methods[name.replacing("survival_at", with: "median")] = { inputs in
        let curve = try curve(inputs)
        let median = curve.quantile(level: try inputs.double("conf"), limits: limits)
        return parts(median, estimate: "median").merging([
          "n": .integer(curve.count), "events": .integer(curve.events),
        ]) { first, _ in first }
      }
    }
    methods["survival.log_rank"] = logRank
    return methods
  }()

  private static let logRank: Method = { inputs in
    let labels = try inputs.list("group").map { label in
      if case .text(let text) = label { text } else { "\(try ReferenceInputs.int(label))" }
    }
    let names = Set(labels).sorted()
    let rows = try Array(zip(inputs.doubles("time"), inputs.ints("event")))
    let groups = names.map { name in
      zip(labels, rows).filter { $0.0 == name }.map { _, row in
        KaplanMeier.Tally(time: row.0, events: row.1, censored: 1 - row.1)
      }
    }
    let result = LogRank.test(groups)
    return test(result.test, statistic: "chi2").merging([
      "observed": .numbers(result.observed), "expected": .numbers(result.expected),
      "groups": .list(names.map { .text($0) }),
    ]) { first, _ in first }
  }

  static let trends: [String: Method] = [
    "trend.mann_kendall": { inputs in
      let result = MannKendall.test(try inputs.doubles("values"))
      return test(result.test, statistic: "z").merging([
        "s": .integer(result.s), "var_s": .number(result.variance), "tau_b": .number(result.tau),
      ]) { first, _ in first }
    },
    "trend.theil_sen": { inputs in
      try parts(
        TheilSen.slope(inputs.doubles("values"), level: inputs.double("conf")), estimate: "slope")
    },
    "trend.poisson_loglinear": { inputs in
      let exposure =
        try inputs.value("exposure") == .null ? nil : try inputs.doubles("exposure")
      let result = try PoissonTrend.fit(
        counts: inputs.ints("counts"), exposure: exposure, level: inputs.double("conf"))
      return parts(result.ratio, estimate: "rate_ratio_per_step").merging([
        "se_log": .number(result.standardError), "z": .number(result.test.statistic),
        "p": .number(result.test.p), "dispersion": .number(result.dispersion),
        "lower_quasi": .number(result.quasi.lower), "upper_quasi": .number(result.quasi.upper),
      ]) { first, _ in first }
    },
  ]
}
