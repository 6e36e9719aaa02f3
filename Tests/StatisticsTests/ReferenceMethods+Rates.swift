import Statistics

extension ReferenceMethods {
  static let rates: [String: Method] = {
    var methods: [String: Method] = [:]
    for method in PoissonRate.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try parts(
          PoissonRate.interval(
            inputs.int("count"), exposure: inputs.double("exposure"), per: inputs.double("per"),
            level: inputs.double("conf"), method: method), estimate: "rate")
      }
    }
    for method in RateRatio.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try tested(
          RateRatio.interval(
            inputs.int("count1"), exposure: inputs.double("exposure1"),
            over: inputs.int("count2"), exposure: inputs.double("exposure2"),
            level: inputs.double("conf"), method: method), estimate: "ratio")
      }
    }
    for method in StandardizedMortality.Method.allCases {
      methods[method.card!.referenceName] = { inputs in
        try tested(
          StandardizedMortality.ratio(
            observed: inputs.int("observed"), expected: inputs.double("expected"),
            level: inputs.double("conf"), method: method), estimate: "smr")
      }
    }
    return methods
  }()
}
