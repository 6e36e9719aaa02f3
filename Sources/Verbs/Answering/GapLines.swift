import Columns
import Diagnostics
import Engine
import Statistics
import Syntax

/// Two shares of the same event, their difference, ratio and odds ratio.
struct GapLines {
  private let first: (name: String, tally: Tally)
  private let second: (name: String, tally: Tally)
  private let level: Double
  private let sample: SampleSize?
  private let differenceMethod: ProportionDifference.Method
  private let riskMethod: RiskRatio.Method
  private let oddsMethod: OddsRatio.Method
  private let difference: Interval
  private let risk: Interval
  private let odds: Interval
  private let notes: [String]
  let p: Double?
  private let expectedIsSmall: Bool

  init(
    _ a: Tally, _ nameA: String, _ b: Tally, _ nameB: String, _ question: Question,
    _ inquiry: Inquiry
  ) {
    first = (nameA, a)
    second = (nameB, b)
    level = question.level
    sample = question.sample
    let (x1, n1, x2, n2) = (a.events, a.trials, b.events, b.trials)
    differenceMethod = inquiry.methodIfNamed(question, ProportionDifference.defaultMethod)
    var notes: [String] = []
    var risk = inquiry.methodIfNamed(question, RiskRatio.defaultMethod)
    if let objection = RiskRatio.objection(to: risk, x1, x2) {
      notes.append(objection)
      risk = .koopman
    }
    riskMethod = risk
    let recommended = OddsRatio.recommended(x1, n1 - x1, x2, n2 - x2).method
    oddsMethod = inquiry.methodIfNamed(question, recommended)
    difference = ProportionDifference.interval(
      x1, of: n1, minus: x2, of: n2, level: level, method: differenceMethod)
    self.risk = RiskRatio.interval(x1, of: n1, over: x2, of: n2, level: level, method: risk)
    odds =
      OddsRatio.interval(
        x1, n1 - x1, x2, n2 - x2, level: level, method: oddsMethod
      ).interval
    let table = ContingencyTable([[x1, n1 - x1], [x2, n2 - x2]])
    expectedIsSmall = table?.leastExpected.map { $0 < 5 } ?? false
    p = table?.pearson().p
    self.notes = notes
  }

  /// Fails where `using` names no method of this question.
  func check(_ question: Question, _ inquiry: Inquiry) throws {
    guard let name = question.method?.text else { return }
    let isKnown =
      ProportionDifference.Method.named(name) != nil || RiskRatio.Method.named(name) != nil
      || OddsRatio.Method.named(name) != nil
    try inquiry.checkMethod(
      question,
      [
        ProportionDifference.Method.allCases.map(\.rawValue),
        RiskRatio.Method.allCases.map(\.rawValue), OddsRatio.Method.allCases.map(\.rawValue),
      ], isKnown)
  }

  private func figure(
    _ id: String, _ label: String, _ interval: Interval, _ method: String, _ form: NumberForm,
    _ group: [GroupLabel]
  ) -> Figure {
    Figure(
      id, label, interval.estimate, low: interval.lower, high: interval.upper, level: level,
      method: method, group: group,
      reason: interval.estimate == nil ? "both groups have none" : nil, form: form)
  }

  /// The share of each group, told apart by `group`.
  func shares(_ labels: [GroupLabel]) -> [Figure] {
    [first, second].map { name, tally in
      ShareInterval(tally, sample: sample, level: level, method: .wilson).figure(
        "share", name, group: labels + [GroupLabel(key: "group", value: .text(name))])
    }
  }

  /// difference, risk-ratio, odds-ratio, to-parity.
  func figures(_ group: [GroupLabel] = []) -> [Figure] {
    let parity = (second.tally.share ?? 0) * first.tally.known - first.tally.yes
    return [
      figure("difference", "difference", difference, differenceMethod.rawValue, .points, group),
      figure("risk-ratio", "ratio of the shares", risk, riskMethod.rawValue, .ratio, group),
      figure("odds-ratio", "odds ratio", odds, oddsMethod.rawValue, .ratio, group),
      Figure("to-parity", "to parity", parity, group: group, form: .count),
    ]
  }

  /// Figures, sentence, steps; without an event the figures were given.
  func write(_ event: BoundCondition?, unit: String, of stage: String, _ answer: inout Answer) {
    var lines: [FigureLine] = []
    for entry in [first, second] {
      let share = ShareInterval(entry.tally, sample: sample, level: level, method: .wilson)
      let figure = share.figure(
        "share", entry.name, group: [GroupLabel(key: "group", value: .text(entry.name))])
      answer.figures.append(figure)
      lines.append(
        FigureLine(
          figure.ungrouped,
          remark: "\(Words.grouped(entry.tally.yes)) of \(Words.grouped(entry.tally.known))"
            + (stage.isEmpty ? "" : " \(stage)")
            + (entry.tally.unknown > 0 ? ", \(Words.grouped(entry.tally.unknown)) unknown" : "")))
    }
    let figures = figures()
    answer.figures += figures
    lines.append(
      FigureLine(figures[0], remark: p.map { "p \(Numbers.probability($0)), chi-square" } ?? ""))
    lines.append(FigureLine(figures[1]))
    lines.append(FigureLine(figures[2]))
    lines.append(FigureLine(figures[3], remark: parityRemark(figures[3].value ?? 0, unit)))
    answer.blocks = [.figures(lines)]
    for method in [
      Proportion.Method.wilson.card, differenceMethod.card, riskMethod.card, oddsMethod.card,
    ] {
      answer.cite(method)
    }
    answer.sentences = [sentence(event, stage)]
    answer.tests = p.map { [$0] } ?? []
    for note in notes {
      answer.cautions.append(Caution("method-replaced", Words.sentence(note) + "."))
    }
    if expectedIsSmall {
      answer.cautions.append(
        Caution(
          "small-expected",
          "Fewer than 5 events are expected in one of the groups: the odds ratio is by the mid-p exact method, and the chi-square p is rough."
        ))
    }
    answer.steps = steps
  }

  private func parityRemark(_ parity: Double, _ unit: String) -> String {
    let number = Words.grouped(parity.magnitude.rounded())
    return
      "\(number) \(parity < 0 ? "fewer" : "more") among \(first.name) at the share of \(second.name)"
  }

  private func sentence(_ event: BoundCondition?, _ stage: String) -> String {
    let a = first.tally.share ?? 0
    let b = second.tally.share ?? 0
    let points = Numbers.decimal((a - b).magnitude * 100, 1)
    let ratio = risk.estimate.map { ", \(Numbers.ratio($0)) times" } ?? ""
    let way = a >= b ? "higher" : "lower"
    let rest = event.map { Tally.sum([first.tally, second.tally]).rest($0) } ?? ""
    let holds =
      event.map { "of \(second.name) \($0.wording.predicate)" }
      ?? "of \(second.name) have the event"
    let who = stage.isEmpty ? "" : "Of those \(stage), "
    return Words.sentence(
      "\(who)\(Numbers.percent(a)) of \(first.name) and \(Numbers.percent(b)) \(holds): "
        + "\(points) points \(way)\(ratio)\(rest).")
  }

  private var steps: [String] {
    let (a, b) = (first.tally, second.tally)
    let (p1, p2) = (Numbers.decimal(a.share ?? 0, 4), Numbers.decimal(b.share ?? 0, 4))
    let figures = figures()
    func limits(_ figure: Figure) -> String {
      (Worked.interval(figure) ?? "no interval").replacing("interval: ", with: "")
    }
    func written(_ figure: Figure) -> String {
      figure.value.map { Numbers.decimal($0, 4) } ?? "not to be had"
    }
    let wilson = [(first.name, a), (second.name, b)].compactMap { name, tally -> String? in
      let share = ShareInterval(tally, sample: sample, level: level, method: .wilson)
      guard let low = share.interval.lower, let high = share.interval.upper else { return nil }
      return "\(name) \(Numbers.decimal(low, 4)) to \(Numbers.decimal(high, 4))"
    }
    let parity = figures[3].value.map { Numbers.decimal($0, 1) } ?? "not to be had"
    return [
      "\(first.name): \(Words.grouped(a.yes)) ÷ \(Words.grouped(a.known)) = \(p1)",
      "\(second.name): \(Words.grouped(b.yes)) ÷ \(Words.grouped(b.known)) = \(p2)",
      "Wilson limits of the shares: \(Words.list(wilson))",
      "difference = \(p1) − \(p2) = \(written(figures[0])); \(limits(figures[0]))",
      "ratio of the shares = \(p1) ÷ \(p2) = \(written(figures[1])); \(limits(figures[1]))",
      "odds ratio = (\(a.events) × \(b.trials - b.events)) ÷ (\(a.trials - a.events) × \(b.events)) = "
        + "\(written(figures[2])); \(limits(figures[2]))",
      "to parity = \(p2) × \(Words.grouped(a.known)) − \(Words.grouped(a.yes)) = \(parity)",
    ]
  }
}
