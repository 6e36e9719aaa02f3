import Columns
import Diagnostics
package import Engine
package import Statistics
package import Syntax

/// How many points apart two groups are, and how many people that is.
package struct Gap: Verb {
  package static let signature = Signature(
    "gap",
    summary: "how many points apart two groups are, how many times, and how many people that is",
    subjects: [.cohort, .figures],
    slots: [.condition("EVENT", isRequired: true), .condition("GROUP", isRequired: true)],
    clauses: [
      .of, .versus, .where, .by, .within, .in, .since, .before, .top, .unit, .level, .using,
      .anyway,
    ],
    examples: [
      .init("gap drug filed of referred race=Black vs race=White", "a stage's rate in two groups"),
      .init("gap homicides cleared race=Black vs everyone else", "one group against the others"),
      .init("gap 40 of 73 vs 153 of 236", "figures of one's own"),
    ],
    figures: [
      ("share", "the event's part of each group"),
      ("difference", "the first share − the second, in parts of 1"),
      ("risk-ratio", "the first share ÷ the second"), ("odds-ratio", "odds ÷ odds"),
      ("to-parity", "events more the first group would have at the second group's share"),
      ("difference-bound-low", "the least difference, were every unknown known"),
      ("difference-bound-high", "the greatest difference, were every unknown known"),
    ] + Stratified.figures)

  package static let mainFigures = ["difference"]

  package static let families: [MethodFamily] = [
    .proportionDifference, .riskRatio, .oddsRatio, .stratifiedOddsRatio, .stratifiedRiskRatio,
    .stratifiedTest, .homogeneity,
  ]

  package static func isAskedOfEach(_ question: Question) -> Bool { question.versus != nil }

  package static func answer(_ question: Question, _ inquiry: Inquiry) throws -> Answer {
    guard let versus = question.versus else {
      throw BindingMessages.needsClause(
        "gap", "vs", at: question.ask.span, help: ["the form is: \(signature.usage)"])
    }
    if case .figures(let figures) = question.about {
      return try given(figures, versus, question, inquiry)
    }
    let cohort = try inquiry.cohort(of: question)
    let event = try inquiry.condition(0, of: question, signature)
    let denominator = StageDenominator(event, question, cohort)
    let (group, other, rows) = try groups(versus, question, inquiry)
    var answer = try inquiry.begin(
      question,
      words:
        "the share \(event.wording.clause) among \(group.wording.people), less that among \(other.wording.people)"
    )
    let base = rows.and(denominator.predicate)
    let first = try inquiry.tallies(
      question, event: event.predicate, among: base.and(group.predicate), by: [])[0]
    let second = try inquiry.tallies(
      question, event: event.predicate,
      among: otherRows(base, other, versus, question, denominator), by: [])[0]
    answer.counted = try inquiry.counted(
      question, n: first.total + second.total, fields: event.fields + group.fields + other.fields)
    for (tally, condition) in [(first, group), (second, other)] where tally.known == 0 {
      throw VerbMessages.nothingCounted(condition.wording.people, at: question.ask.span)
    }
    let comparison = GapLines(
      first, group.wording.people, second, other.wording.people, question, inquiry)
    try comparison.check(question, inquiry)
    comparison.write(event, unit: inquiry.unit(of: question), of: denominator.name, &answer)
    try boundUnknown(first, second, base, event, group, other, question, inquiry, &answer)
    inquiry.cautionSmall(share: first, of: "the share of \(group.wording.people)", &answer)
    inquiry.cautionSmall(share: second, of: "the share of \(other.wording.people)", &answer)
    if !question.within.isEmpty {
      try Stratified.add(
        event: event.predicate, group: group.predicate, other: other.predicate, rows: base,
        question, inquiry, &answer)
    }
    try inquiry.cautionUnknown(event, question, first.total + second.total, &answer)
    return answer
  }

  /// How far the difference could be another if unknown events and groups were known.
  private static func boundUnknown(
    _ first: Tally, _ second: Tally, _ base: Predicate, _ event: BoundCondition,
    _ group: BoundCondition, _ other: BoundCondition, _ question: Question, _ inquiry: Inquiry,
    _ answer: inout Answer
  ) throws {
    let either = Predicate.any([group.predicate, other.predicate])
    let table = try inquiry.tabulate(
      question, rows: base, keys: [.test(either), .test(event.predicate)])
    func sum(_ event: Value?) -> Double {
      table.rows.filter { row in
        row.keys[0].isMissing && (event.map { $0 == row.keys[1] } ?? row.keys[1].isMissing)
      }.reduce(0) { $0 + ($1.measures[0].double ?? 0) }
    }
    let (yes, no) = (sum(.truth(true)), sum(.truth(false)))
    let outside = Tally(group: [], yes: yes, no: no, unknown: sum(nil), known: yes + no)
    inquiry.cautionBounds(
      first, second, outside: outside, event, group: group.unknownName, question, &answer)
  }

  /// The two groups; `vs everyone else` and `vs` a period are made from the first.
  static func groups(
    _ versus: BoundOpponent, _ question: Question, _ inquiry: Inquiry
  ) throws -> (BoundCondition, BoundCondition, Predicate) {
    switch versus {
    case .condition(let other):
      return (try inquiry.condition(1, of: question, signature), other, question.rows)
    case .everyoneElse:
      let group = try inquiry.condition(1, of: question, signature)
      let node = ConditionNode.not(group.node, group.node.span)
      return (
        group,
        BoundCondition(
          predicate: .not(group.predicate), node: node, text: Formatter.text(of: node),
          fields: [],
          wording: Wording(
            people: "everyone else", adjective: nil, with: "not \(group.wording.with)")),
        question.rows
      )
    case .period(_, let period):
      let group = question.conditions.count > 1 ? question.conditions[1] : nil
      let whose = group?.wording.people ?? question.cohort?.name ?? ""
      let words = question.periodWords
      let now = words.isEmpty ? whose : "\(whose) \(words)"
      let other = BoundCondition(
        predicate: period.predicate, node: period.node, text: period.text, fields: period.fields,
        wording: Wording(
          people: "\(whose) in \(period.text)", adjective: nil, with: period.wording.with))
      let all = BoundCondition(
        predicate: group?.predicate ?? .constant(true), node: .missing(question.ask.span),
        text: now, fields: group?.fields ?? [],
        wording: Wording(people: now, adjective: nil, with: now))
      return (all, other, question.rows)
    case .cohort(let cohort) where cohort.dataset === question.cohort?.dataset:
      let group = BoundCondition(
        predicate: question.cohort?.rows ?? .constant(true), node: .missing(question.ask.span),
        text: question.cohort?.name ?? "", fields: [],
        wording: Wording(
          people: question.cohort?.name ?? "", adjective: nil, with: question.cohort?.name ?? ""))
      let other = BoundCondition(
        predicate: cohort.rows, node: .missing(question.ask.span), text: cohort.name, fields: [],
        wording: Wording(people: cohort.name, adjective: nil, with: cohort.name))
      return (
        group, other,
        (question.where?.predicate ?? .constant(true)).and(question.periodCondition)
      )
    default:
      throw VerbMessages.sharesOnly(
        "this comparison", at: question.span(of: .versus) ?? question.ask.span)
    }
  }

  /// For a period as the other side its rows take the place of the question's period.
  static func otherRows(
    _ base: Predicate, _ other: BoundCondition, _ versus: BoundOpponent, _ question: Question,
    _ denominator: StageDenominator
  ) -> Predicate {
    guard case .period = versus else { return base.and(other.predicate) }
    var moved = question
    moved.periodCondition = other.predicate
    let group = question.conditions.count > 1 ? question.conditions[1].predicate : .constant(true)
    return moved.rows.and(denominator.predicate).and(group)
  }

  private static func given(
    _ figures: GivenFigures, _ versus: BoundOpponent, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    guard case .figures(let other) = versus else {
      throw VerbMessages.sharesOnly(
        "anything but figures such as `153 of 236`",
        at: question.span(of: .versus) ?? question.ask.span)
    }
    let (x1, n1) = try Given.counts(figures)
    let (x2, n2) = try Given.counts(other)
    var answer = try inquiry.begin(question, words: "\(x1) of \(n1), less \(x2) of \(n2)")
    answer.counted = Counted(unit: "case", n: Double(n1 + n2), kind: "figures given")
    let first = Tally(
      group: [], yes: Double(x1), no: Double(n1 - x1), unknown: 0, known: Double(n1))
    let second = Tally(
      group: [], yes: Double(x2), no: Double(n2 - x2), unknown: 0, known: Double(n2))
    let lines = GapLines(first, "the first group", second, "the second group", question, inquiry)
    try lines.check(question, inquiry)
    lines.write(nil, unit: "case", of: "", &answer)
    inquiry.cautionSmall(share: first, of: "the first share", &answer)
    inquiry.cautionSmall(share: second, of: "the second share", &answer)
    return answer
  }
}
