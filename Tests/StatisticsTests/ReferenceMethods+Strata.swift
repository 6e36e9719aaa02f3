import Statistics

extension ReferenceMethods {
  static func direct(
    _ inputs: ReferenceInputs, _ mark: String = ""
  ) throws -> [DirectStandardisation.Stratum] {
    let populations = try inputs.doubles("populations\(mark)")
    let standard = try inputs.doubles("standard")
    return try zip(inputs.ints("counts\(mark)"), zip(populations, standard)).map {
      .init(count: $0, population: $1.0, standard: $1.1)
    }
  }

  static let standardisation: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in DirectStandardisation.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        let result = try DirectStandardisation.rate(
          direct(inputs), per: inputs.double("per"), level: inputs.double("conf"), method: method)
        return parts(result.adjusted, estimate: "adjusted_rate").merging([
          "crude_rate": .number(result.crude), "se": .number(result.standardError),
        ]) { first, _ in first }
      }
    }
    methods["direct_standardisation.rate_ratio_log"] = { inputs in
      let result = try DirectStandardisation.rateRatio(
        direct(inputs, "1"), over: direct(inputs, "2"), level: inputs.double("conf"))
      return parts(result.ratio, estimate: "ratio").merging([
        "rate1": .number(result.first), "rate2": .number(result.second),
      ]) { first, _ in first }
    }
    for method in IndirectStandardisation.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        let area = try zip(inputs.ints("counts"), inputs.doubles("populations"))
        let standard = try zip(
          inputs.doubles("standard_counts"), inputs.doubles("standard_populations"))
        let strata = zip(area, standard).map {
          IndirectStandardisation.Stratum(
            count: $0.0, population: $0.1, standardCount: $1.0, standardPopulation: $1.1)
        }
        let result = try IndirectStandardisation.ratio(
          strata, per: inputs.double("per"), level: inputs.double("conf"), method: method)
        return parts(result.ratio, estimate: "sir").merging([
          "observed": .integer(result.observed), "expected": .number(result.expected),
          "adjusted_rate": .number(result.adjustedRate),
        ]) { first, _ in first }
      }
    }
    return methods
  }()

  static func tables2x2(_ inputs: ReferenceInputs) throws -> [StratumTable] {
    try inputs.table("strata").map { StratumTable($0[0], $0[1], $0[2], $0[3]) }
  }

  static func parts(_ result: MantelHaenszel.Estimate, error: String) -> [String: Answer] {
    parts(result.interval).merging([error: .number(result.standardError)]) { first, _ in first }
  }

  static let strata: [String: Method] = {
    var methods: [String: Method] = [
      "mantel_haenszel.odds_ratio": { inputs in
        try parts(
          MantelHaenszel.oddsRatio(tables2x2(inputs), level: inputs.double("conf")),
          error: "se_log")
      },
      "mantel_haenszel.risk_ratio": { inputs in
        try parts(
          MantelHaenszel.riskRatio(tables2x2(inputs), level: inputs.double("conf")),
          error: "se_log")
      },
      "mantel_haenszel.rate_ratio": { inputs in
        let strata = try inputs.list("strata").map(ReferenceInputs.list).map { row in
          try MantelHaenszel.RateStratum(
            exposedEvents: ReferenceInputs.int(row[0]),
            exposedTime: ReferenceInputs.double(row[1]),
            unexposedEvents: ReferenceInputs.int(row[2]),
            unexposedTime: ReferenceInputs.double(row[3]))
        }
        return try parts(
          MantelHaenszel.rateRatio(strata, level: inputs.double("conf")), error: "se_log")
      },
      "cmh.general": { inputs in
        let tables = try inputs.list("tables").map { try ReferenceInputs.list($0) }
        return try test(
          CochranMantelHaenszel.generalAssociation(
            tables.map { try $0.map(ReferenceInputs.ints) }), statistic: "chi2")
      },
    ]
    for method in MantelHaenszel.DifferenceMethod.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          MantelHaenszel.riskDifference(
            tables2x2(inputs), level: inputs.double("conf"), method: method), error: "se")
      }
    }
    for method in CochranMantelHaenszel.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try test(
          CochranMantelHaenszel.test(tables2x2(inputs), method: method), statistic: "chi2")
      }
    }
    for method in BreslowDay.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try test(BreslowDay.test(tables2x2(inputs), method: method), statistic: "chi2")
      }
    }
    return methods
  }()
}
