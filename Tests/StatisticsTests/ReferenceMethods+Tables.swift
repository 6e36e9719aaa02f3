import Statistics

extension ReferenceMethods {
  static let tables: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in ContingencyTable.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        let table = try ContingencyTable(inputs.table("table"))
        let result = table?.test(method) ?? .undefined
        return test(result, statistic: method == .gTest ? "g" : "chi2")
      }
    }
    methods["contingency.cramers_v"] = { inputs in
      ["v": .number(try ContingencyTable(inputs.table("table"))?.cramersV())]
    }
    methods["contingency.cochran_armitage"] = { inputs in
      let result = try CochranArmitage.test(
        cases: inputs.ints("cases"), totals: inputs.ints("totals"),
        scores: inputs.doubles("scores"))
      return [
        "z": .number(result.statistic), "chi2": .number(result.statistic.map { $0 * $0 }),
        "p": .number(result.p),
      ]
    }
    for method in PValueAdjustment.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        ["adjusted": .numbers(PValueAdjustment.adjusted(try inputs.doubles("p"), method: method))]
      }
    }
    return methods
  }()

  static let bounds: [String: Method] = {
    var methods: [String: Method] = [:]
    let group = { @Sendable (inputs: ReferenceInputs, mark: String) in
      try MissingBounds.Group(
        inputs.int("x\(mark)"), known: inputs.int("n\(mark)_known"),
        missing: inputs.int("n\(mark)_missing"))
    }
    methods["missing_bounds.share"] = { inputs in
      let group = try group(inputs, "")
      return parts(MissingBounds.share(group), estimate: "share_known").merging([
        "missing_share": .number(MissingBounds.missingShare(group))
      ]) { first, _ in first }
    }
    methods["missing_bounds.share_vs_population"] = { inputs in
      try parts(
        MissingBounds.shareRatio(
          group(inputs, ""), populationShare: inputs.double("population_share")),
        estimate: "ratio_known")
    }
    methods["missing_bounds.risk_ratio"] = { inputs in
      try parts(
        MissingBounds.riskRatio(group(inputs, "1"), over: group(inputs, "2")),
        estimate: "ratio_known")
    }
    methods["missing_bounds.risk_difference"] = { inputs in
      try parts(
        MissingBounds.riskDifference(group(inputs, "1"), minus: group(inputs, "2")),
        estimate: "difference_known")
    }
    methods["tail_probability.normal_two_sided"] = { inputs in
      ["log10_p": .number(Normal.twoSided(try inputs.double("z")).log10p)]
    }
    methods["tail_probability.chi2_upper"] = { inputs in
      let test = try ChiSquared.upperTail(inputs.double("chi2"), df: inputs.int("df"))
      return ["log10_p": .number(test.log10p)]
    }
    return methods
  }()
}
