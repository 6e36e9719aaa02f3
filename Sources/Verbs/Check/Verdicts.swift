import Columns
import Engine
import Syntax

/// How the cases of a question stand to a guideline.
struct Verdicts {
  /// Cases of one group by verdict.
  struct Count {
    var chargedAndAllowed = 0.0
    var notChargedAndDeclined = 0.0
    var chargedThoughDeclined = 0.0
    var notChargedThoughAllowed = 0.0
    var unclear = 0.0

    var follows: Double { chargedAndAllowed + notChargedAndDeclined }
    var doesNot: Double { chargedThoughDeclined + notChargedThoughAllowed }
    var total: Double { follows + doesNot + unclear }

    mutating func add(_ n: Double, _ outcome: GuidelineInForce.Outcome, charged: Bool?) {
      switch (outcome, charged) {
      case (.allow, true?): chargedAndAllowed += n
      case (.allow, false?): notChargedThoughAllowed += n
      case (.decline, true?): chargedThoughDeclined += n
      case (.decline, false?): notChargedAndDeclined += n
      case (.undecided, _), (_, nil): unclear += n
      }
    }
  }

  private(set) var all = Count()
  /// Groups that `top` leaves out.
  var hidden = 0
  /// By the keys of `by`, in key order; the largest first where `top` cuts them.
  var groups: [(keys: [Value], count: Count)] = []
  /// By whether the case is from after the guideline's date; a missing date is unknown.
  private(set) var inTime: [Value: Count] = [:]
  /// By the reason of the rule that decided, in the order of the rules.
  private(set) var reasons: [(reason: String, count: Count)]
  /// Why cases can't be told, most first.
  private(set) var unclear: [(reason: String, n: Double)] = []

  /// One tabulation: keys, date, charged, each rule, and whether each field of the rules is missing.
  init(
    _ rules: GuidelineInForce, charged: Predicate, _ question: Question, _ inquiry: Inquiry
  ) throws {
    var keys: [Key] = question.by.map { .field($0.field) }
    keys.append(.test(try Verdicts.inTime(rules, question, inquiry)))
    keys.append(.test(charged))
    keys += rules.rules.map { .test($0.condition.predicate) }
    keys += rules.fields.map { .test(.missing($0)) }
    let table = try inquiry.tabulate(
      question, rows: question.rows, keys: keys, measures: [.rows])
    let by = question.by.count
    let firstMissing = by + 2 + rules.rules.count
    reasons = (rules.rules.map(\.reason) + ["otherwise", GuidelineInForce.oneOfSeveral]).map {
      ($0, Count())
    }
    var causes: [String: Double] = [:]
    for row in table.rows {
      let n = row.measures[0].double ?? 0
      let truths = row.keys[(by + 2)..<firstMissing].map { $0.truth }
      let charged = row.keys[by + 1].truth
      let verdict = rules.decide(Array(truths))
      let group = Array(row.keys.prefix(by))
      all.add(n, verdict.outcome, charged: charged)
      inTime[row.keys[by], default: Count()].add(n, verdict.outcome, charged: charged)
      if groups.last?.keys != group { groups.append((group, Count())) }
      groups[groups.count - 1].count.add(n, verdict.outcome, charged: charged)
      if let reason = verdict.reason, let index = reasons.firstIndex(where: { $0.reason == reason })
      {
        reasons[index].count.add(n, verdict.outcome, charged: charged)
      }
      guard verdict.outcome == .undecided || charged == nil else { continue }
      let missing = rules.fields.enumerated().filter { index, field in
        row.keys[firstMissing + index] == .truth(true)
          && verdict.unknown.contains { rules.rules[$0].condition.fields.contains(field) }
      }.map(\.element.name)
      let cause =
        verdict.outcome != .undecided
        ? "it is not known whether they were charged"
        : missing.isEmpty
          ? (verdict.unknown.isEmpty ? "no rule decides" : "a rule can't be told")
          : "\(Words.list(missing)) \(missing.count == 1 ? "is" : "are") missing"
      causes[cause, default: 0] += n
    }
    if groups.count == 1, by == 0 { groups = [] }
    unclear = causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// Whether a case is from the guideline's date on; true of all where it has none.
  private static func inTime(
    _ rules: GuidelineInForce, _ question: Question, _ inquiry: Inquiry
  ) throws -> Predicate {
    guard let since = rules.since, let cohort = question.cohort else { return .constant(true) }
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    let date = try inquiry.binder.date(of: scope, at: question.ask.span)
    return .test(date, .between(lower: .date(since), upper: nil))
  }
}

extension Value {
  /// Nothing where it is unknown.
  fileprivate var truth: Bool? {
    if case .truth(let truth) = self { truth } else { nil }
  }
}
