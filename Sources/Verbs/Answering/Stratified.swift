import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// A comparison inside each stratum, combined by Mantel and Haenszel, beside the crude one.
enum Stratified {
  /// What `within` adds, for a verb's signature.
  static let figures: [(id: String, meaning: String)] = [
    ("crude-difference", "with `within`: the difference in all strata taken together"),
    ("adjusted-difference", "with `within`: the difference inside the strata, Mantel-Haenszel"),
    ("crude-risk-ratio", "with `within`: the ratio in all strata taken together"),
    ("adjusted-risk-ratio", "with `within`: the ratio inside the strata, Mantel-Haenszel"),
    ("crude-odds-ratio", "with `within`: the odds ratio in all strata taken together"),
    ("adjusted-odds-ratio", "with `within`: the odds ratio inside the strata, Mantel-Haenszel"),
    ("cmh", "with `within`: the Cochran-Mantel-Haenszel statistic"),
    ("cmh-p", "with `within`: its p-value"),
    ("cmh-corrected", "with `within`: the same with continuity correction"),
    ("cmh-corrected-p", "with `within`: its p-value"),
    ("homogeneity", "with `within`: the p-value of strata that agree, Breslow-Day-Tarone"),
    ("homogeneity-chi-square", "with `within`: the statistic of that test"),
  ]

  /// Adds crude-, adjusted- and homogeneity figures, the strata as a table, and the caution of a reversal.
  static func add(
    event: Predicate, group: Predicate, other: Predicate, rows: Predicate, _ question: Question,
    _ inquiry: Inquiry, _ answer: inout Answer
  ) throws {
    let strata = try strata(
      event: event, group: group, other: other, rows: rows, by: question.within, question, inquiry)
    guard !strata.tables.isEmpty else {
      throw VerbMessages.noStrata(
        Words.list(question.within.map(\.name)),
        at: question.span(of: .within) ?? question.ask.span)
    }
    let adjusted = Adjusted(strata.tables, level: question.level)
    answer.steps += adjusted.steps(within: Words.list(question.within.map(\.name)))
    adjusted.write(
      &answer, within: Words.list(question.within.map(\.name)), strata: strata.tables.count)
    let table = AnswerTable(
      title: "inside each \(Words.list(question.within.map(\.name)))",
      columns: question.within.map { .init($0.name, .category) } + [
        .init("first", .percent), .init("of", .integer), .init("second", .percent),
        .init("of ", .integer), .init("difference", .number),
      ], rows: strata.rows)
    answer.table = table
    answer.blocks.append(.table(table))
  }

  /// Tables [a, b, c, d] of each stratum in which both groups occur.
  static func strata(
    event: Predicate, group: Predicate, other: Predicate, rows: Predicate, by keys: [BoundKey],
    _ question: Question, _ inquiry: Inquiry
  ) throws -> (tables: [[Int]], rows: [[Cell]]) {
    let first = try inquiry.tallies(
      question, event: event, among: rows.and(group), by: keys)
    let second = try inquiry.tallies(
      question, event: event, among: rows.and(other), by: keys)
    let byGroup = Dictionary(second.map { ($0.group, $0) }, uniquingKeysWith: { a, _ in a })
    var tables: [[Int]] = []
    var lines: [[Cell]] = []
    for a in first where !a.group.contains(.missing) {
      guard let b = byGroup[a.group], a.trials > 0, b.trials > 0 else { continue }
      tables.append([a.events, a.trials - a.events, b.events, b.trials - b.events])
      let p1 = a.share ?? 0
      let p2 = b.share ?? 0
      lines.append(
        a.group.map(Cell.value) + [
          .number(p1, .percent), .number(a.known, .count), .number(p2, .percent),
          .number(b.known, .count), .number(p1 - p2, .points),
        ])
    }
    return (tables, lines)
  }
}

/// Crude and Mantel-Haenszel estimates of the same strata.
struct Adjusted {
  let crude: [Int]
  let crudeRisk: Interval
  let crudeOdds: Interval
  let crudeDifference: Interval
  let risk: Interval
  let odds: Interval
  let difference: Interval
  /// Cochran-Mantel-Haenszel, without and with the continuity correction.
  let association: HypothesisTest
  let corrected: HypothesisTest
  let homogeneity: HypothesisTest
  let level: Double
  private let tables: [[Int]]

  init(_ tables: [[Int]], level: Double) {
    self.level = level
    self.tables = tables
    crude = tables.reduce([0, 0, 0, 0]) { zip($0, $1).map(+) }
    let (a, b, c, d) = (crude[0], crude[1], crude[2], crude[3])
    crudeRisk = RiskRatio.koopman(a, of: a + b, over: c, of: c + d, level: level)
    crudeOdds = OddsRatio.woolf(a, b, c, d, level: level)
    crudeDifference = ProportionDifference.newcombe(a, of: a + b, minus: c, of: c + d, level: level)
    let strata = tables.map { StratumTable($0[0], $0[1], $0[2], $0[3]) }
    risk = MantelHaenszel.riskRatio(strata, level: level).interval
    odds = MantelHaenszel.oddsRatio(strata, level: level).interval
    difference = MantelHaenszel.riskDifference(strata, level: level).interval
    association = CochranMantelHaenszel.test(strata)
    corrected = CochranMantelHaenszel.test(strata, method: .corrected)
    homogeneity = BreslowDay.test(strata)
  }

  /// Whether the adjusted comparison points the other way than the crude one.
  var reverses: Bool {
    guard let crude = crudeOdds.estimate, let adjusted = odds.estimate else { return false }
    return (crude - 1) * (adjusted - 1) < 0
  }

  /// How far the risk ratio moves inside the strata, as a part of the crude one.
  var shift: Double? {
    guard let crude = crudeRisk.estimate, let adjusted = risk.estimate, crude > 0 else {
      return nil
    }
    return (adjusted / crude - 1).magnitude
  }

  func write(_ answer: inout Answer, within: String, strata: Int) {
    let entries: [(String, String, Interval, NumberForm, String)] = [
      ("crude-difference", "difference, crude", crudeDifference, .points, "newcombe"),
      (
        "adjusted-difference", "difference, within \(within)", difference, .points,
        MethodCatalogue.mantelHaenszelDifferenceSato.id
      ),
      ("crude-risk-ratio", "ratio, crude", crudeRisk, .ratio, "koopman"),
      (
        "adjusted-risk-ratio", "ratio, within \(within)", risk, .ratio,
        MethodCatalogue.mantelHaenszelRiskRatio.id
      ),
      ("crude-odds-ratio", "odds ratio, crude", crudeOdds, .ratio, "woolf"),
      (
        "adjusted-odds-ratio", "odds ratio, within \(within)", odds, .ratio,
        MethodCatalogue.mantelHaenszelOddsRatio.id
      ),
    ]
    var lines: [FigureLine] = []
    for (id, label, interval, form, method) in entries {
      let figure = Figure(
        id, label, interval.estimate, low: interval.lower, high: interval.upper, level: level,
        method: method, form: form)
      answer.figures.append(figure)
      lines.append(FigureLine(figure))
      answer.cite(MethodCatalogue.card(id: method))
    }
    lines += tests(&answer, within, strata)
    answer.blocks.append(.figures(lines))
    cautions(&answer, within)
  }

  /// The sums over the strata that the combined figures are quotients of; of each stratum a and b are
  /// those of the first group with and without the event, c and d those of the second, N is all.
  func steps(within: String) -> [String] {
    func sum(_ term: (_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ n: Double) -> Double)
      -> Double
    {
      tables.reduce(0) { sum, table in
        let (a, b, c, d) = (
          Double(table[0]), Double(table[1]), Double(table[2]), Double(table[3])
        )
        return sum + term(a, b, c, d, a + b + c + d)
      }
    }
    func line(_ name: String, _ formula: String, _ over: Double, _ under: Double, _ value: Double?)
      -> String
    {
      "\(name), within \(within) = \(formula) = \(Numbers.decimal(over, 3)) ÷ "
        + "\(Numbers.decimal(under, 3)) = \(value.map { Numbers.decimal($0, 4) } ?? "not to be had")"
    }
    return [
      "in each \(within): a, b = the first group with and without the event, c, d = the second, N = all",
      line(
        "difference", "sum (a (c + d) − c (a + b)) ÷ N over sum (a + b)(c + d) ÷ N",
        sum { a, b, c, d, n in (a * (c + d) - c * (a + b)) / n },
        sum { a, b, c, d, n in (a + b) * (c + d) / n }, difference.estimate),
      line(
        "ratio", "sum a (c + d) ÷ N over sum c (a + b) ÷ N",
        sum { a, _, c, d, n in a * (c + d) / n }, sum { a, b, c, _, n in c * (a + b) / n },
        risk.estimate),
      line(
        "odds ratio", "sum a d ÷ N over sum b c ÷ N", sum { a, _, _, d, n in a * d / n },
        sum { _, b, c, _, n in b * c / n }, odds.estimate),
    ]
  }

  /// Whether the groups differ inside the strata, and whether the strata agree.
  private func tests(_ answer: inout Answer, _ within: String, _ strata: Int) -> [FigureLine] {
    let none = association.statistic == nil ? "no stratum has both outcomes and both groups" : nil
    let few = homogeneity.p == nil ? "fewer than two strata with all four counts" : nil
    let figures = [
      Figure(
        "cmh", "chi-square, within \(within)", association.statistic,
        method: MethodCatalogue.cochranMantelHaenszel.id, reason: none, form: .number(decimals: 2)),
      Figure(
        "cmh-p", "apart inside the strata? p", association.p,
        method: MethodCatalogue.cochranMantelHaenszel.id, reason: none, form: .probability),
      Figure(
        "cmh-corrected", "chi-square with continuity correction", corrected.statistic,
        method: MethodCatalogue.cochranMantelHaenszelCorrected.id, reason: none,
        form: .number(decimals: 2)),
      Figure(
        "cmh-corrected-p", "p with continuity correction", corrected.p,
        method: MethodCatalogue.cochranMantelHaenszelCorrected.id, reason: none,
        form: .probability),
      Figure(
        "homogeneity", "alike in all strata? p", homogeneity.p,
        method: MethodCatalogue.breslowDayTarone.id, reason: few, form: .probability),
      Figure(
        "homogeneity-chi-square", "chi-square of strata that differ", homogeneity.statistic,
        method: MethodCatalogue.breslowDayTarone.id, reason: few, form: .number(decimals: 2)),
    ]
    answer.figures += figures
    for card in [
      MethodCatalogue.cochranMantelHaenszel, MethodCatalogue.cochranMantelHaenszelCorrected,
      MethodCatalogue.breslowDayTarone,
    ] { answer.cite(card) }
    let withCorrection = corrected.statistic.map {
      "; with continuity correction \(Numbers.decimal($0, 2)), p \(Numbers.probability(corrected.p ?? 1))"
    }
    return [
      FigureLine(figures[0], remark: "Cochran-Mantel-Haenszel" + (withCorrection ?? "")),
      FigureLine(figures[1]),
      FigureLine(
        figures[4],
        remark: "\(strata) strata, Breslow-Day-Tarone"
          + (homogeneity.statistic.map { " \(Numbers.decimal($0, 2))" } ?? "")),
    ]
  }

  private func cautions(_ answer: inout Answer, _ within: String) {
    if reverses {
      answer.cautions.insert(
        Caution(
          "simpson",
          "The comparison turns around inside \(within): the crude odds ratio is \(Numbers.ratio(crudeOdds.estimate ?? 0)), within \(within) it is \(Numbers.ratio(odds.estimate ?? 0)) (Simpson's paradox)."
        ),
        at: 0)
    } else if let shift, shift > 0.1 {
      answer.cautions.append(
        Caution(
          "confounding",
          "Inside \(within) the ratio moves from \(Numbers.ratio(crudeRisk.estimate ?? 0)) to \(Numbers.ratio(risk.estimate ?? 0)), by more than 10%."
        ))
    }
    if let p = homogeneity.p, p < 0.05 {
      answer.cautions.append(
        Caution(
          "strata-differ",
          "The strata do not agree (p \(Numbers.probability(p))): one combined figure hides that; look at the table."
        ))
    }
  }
}
