import Columns
package import Engine
package import Statistics
package import Syntax

/// The mean of a number field, with its spread.
package struct Average: Verb {
  package static let signature = Signature(
    "average", summary: "the mean of a number field, with its interval and spread",
    slots: [.fields(least: 1, most: 1), .condition("CONDITION", isRequired: false)],
    clauses: [.by, .where, .in, .since, .before, .top, .unit, .level, .anyway],
    examples: [
      .init("average drug age by race", "a mean in each group"),
      .init("average drug cost where filed", "of some rows"),
    ],
    figures: [
      ("average", "sum of the known values ÷ their number"),
      ("sd", "standard deviation: how far single values lie from the mean"),
      ("least", "the least value"), ("greatest", "the greatest value"),
      ("difference", "with two groups: the first mean − the second"),
      ("p", "with two groups: Welch's test that the means are one"),
    ])

  package static let families: [MethodFamily] = [.mean, .meanDifference]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    try middle(of: question.sample).answer(question, inquiry)
  }

  /// The mean of a sample of a known whole takes the finite-population correction.
  private static func middle(of sample: SampleSize?) -> Middle {
    let drawn =
      sample.flatMap { $0.population > 0 ? Double($0.drawn) / Double($0.population) : nil } ?? 0
    let card = sample == nil ? MethodCatalogue.meanT : MethodCatalogue.meanTFinite
    return Middle(
      word: "average", card: card,
      interval: { Mean.t($0, level: $1, drawn: drawn).interval }, compare: welch,
      steps: { steps($0, $1, card) }, hasQuartiles: false)
  }

  private static func welch(_ first: Measured, _ second: Measured, _ level: Double)
    -> Middle.Comparison
  {
    let result = MeanDifference.welch(first.values, minus: second.values, level: level)
    let card = MethodCatalogue.welch
    let difference = Figure(
      "difference", "difference of the means", result.interval.estimate,
      form: .number(decimals: 2)
    ).with(result.interval, level: level, method: card.id)
    let p = Figure(
      "p", "p", result.test.p, method: card.id,
      reason: result.test.p == nil ? "too few values, or no spread" : nil, form: .probability)
    return Middle.Comparison(
      figures: [
        (difference, "\(first.group.label) less \(second.group.label)"),
        (p, "Welch's t test"),
      ], card: card, p: result.test.p)
  }

  private static func steps(_ group: Measured, _ field: MeasuredField, _ card: MethodCard)
    -> [String]
  {
    let mean = group.mean
    let name = group.group.isEmpty ? "" : " of \(group.group.label)"
    return [
      "average\(name) = sum of the known values ÷ their number = "
        + "\(sum(group)) ÷ \(Words.grouped(group.n)) = "
        + (mean.interval.estimate.map { Numbers.decimal($0, 4) } ?? "not to be had"),
      "standard deviation = root of (sum of (value − average)² ÷ (n − 1)) = "
        + (mean.standardDeviation.map { Numbers.decimal($0, 4) } ?? "not to be had"),
      "interval: \(card.name), \(card.formula)",
    ]
  }

  private static func sum(_ group: Measured) -> String {
    switch group.total {
    case .number(let exact): DecimalExpansion(exact).text(decimals: exact.scale)
    default: Numbers.decimal(group.total.double ?? 0, 2)
    }
  }
}
