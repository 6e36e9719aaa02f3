import Columns
package import Engine
package import Statistics
package import Syntax

/// The value that half are at or below, with quartiles.
package struct Median: Verb {
  package static let signature = Signature(
    "median", summary: "the middle value of a number field, with its interval and quartiles",
    slots: [.fields(least: 1, most: 1), .condition("CONDITION", isRequired: false)],
    clauses: [.by, .where, .in, .since, .before, .top, .unit, .level, .anyway],
    examples: [
      .init("median drug wait", "half wait so long or less; a histogram and a box"),
      .init("median drug age by method", "the middle of each group"),
    ],
    figures: [
      ("median", "half of the known values are at or below it"),
      ("quartile-1", "a quarter are at or below it"),
      ("quartile-3", "a quarter are at or above it"),
      ("sd", "standard deviation: how far single values lie from the mean"),
      ("least", "the least value"), ("greatest", "the greatest value"),
      ("u", "with two groups: pairs in which the first group's value is larger, ties as half"),
      ("p", "with two groups: the rank sum test that neither tends to be larger"),
    ])

  package static let families: [MethodFamily] = [.median, .quantile, .rankSum]

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    var answer = try middle.answer(question, inquiry)
    answer.cite(MethodCatalogue.quantileType7)
    return answer
  }

  private static var middle: Middle {
    Middle(
      word: "median", card: MethodCatalogue.medianOrderStatistic,
      interval: { MedianInterval.orderStatistic($0, level: $1).interval }, compare: rankSum,
      steps: steps, hasQuartiles: true)
  }

  private static func rankSum(_ first: Measured, _ second: Measured, _ level: Double)
    -> Middle.Comparison
  {
    let card = MethodCatalogue.mannWhitney
    let result = RankSum.mannWhitney(first.values, second.values)
    let pairs = first.n * second.n
    let share = result.u.map { Numbers.percent($0 / pairs) } ?? "none"
    let u = Figure("u", "U", result.u, of: pairs, method: card.id, form: .number(decimals: 1))
    let p = Figure(
      "p", "p", result.test.p, method: card.id,
      reason: result.test.p == nil ? "all values are equal" : nil, form: .probability)
    return Middle.Comparison(
      figures: [
        (u, "\(first.group.label) is larger in \(share) of pairs with \(second.group.label)"),
        (p, "rank sum test"),
      ], card: card, p: result.test.p)
  }

  private static func steps(_ group: Measured, _ field: MeasuredField) -> [String] {
    let result = MedianInterval.orderStatistic(group.values)
    let name = group.group.isEmpty ? "" : " of \(group.group.label)"
    let n = Words.grouped(group.n)
    let limits =
      result.ranks.map { ranks in
        "interval: the values of ranks \(Words.grouped(ranks.lowerBound)) and "
          + "\(Words.grouped(ranks.upperBound)) of \(n); it covers "
          + "\(result.coverage.map { Numbers.percent($0) } ?? "") or more"
      } ?? "interval: fewer than 6 values have none at 95%"
    return [
      "median\(name) = the middle of \(n) known values in order = "
        + (result.interval.estimate.map { field.text($0) } ?? "not to be had"),
      limits,
      "quartiles by linear interpolation at rank 1 + (n − 1) × 1/4 and 3/4",
    ]
  }
}
