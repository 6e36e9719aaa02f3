import Columns
import Diagnostics
package import Engine
import Statistics
package import Syntax

/// How many rows would have to be coded otherwise before an answer's conclusion changes.
package enum WhatIf {
  /// The page for an answered question and the condition that picks the rows in doubt.
  ///
  /// The search is exact: the least number of recoded rows at which the interval reaches 1.
  package static func page(
    _ question: Question, _ node: ConditionNode, _ inquiry: Inquiry
  ) throws -> Page {
    guard let cohort = question.cohort else { throw nothing(question, at: node.span) }
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    let doubt = try inquiry.binder.condition(node, in: scope)
    if let comparison = try GroupComparison(question, inquiry) {
      return try RecodedGroups(comparison, doubt, question, inquiry).page
    }
    guard question.by.isEmpty, let event = question.conditions.first,
      ["ratio", "share", "rate"].contains(question.ask.verb.text.lowercased())
    else { throw nothing(question, at: node.span) }
    var benchmark: Benchmark?
    switch question.versus {
    case .share(let share, let written)?:
      benchmark = Benchmark(
        name: written, share: share, people: nil, margins: nil, population: nil)
    case .population(let population)?:
      benchmark = try inquiry.benchmark(population, event, question, at: question.ask.span)
    case nil where question.per == nil: break
    default: throw nothing(question, at: node.span)
    }
    var rows = question.rows
    if question.ask.verb.text.lowercased() == "rate" {
      rows = rows.and(StageDenominator(event, question, cohort).predicate)
    }
    return try RecodedShare(event, doubt, rows, benchmark, question, inquiry).page
  }

  private static func nothing(_ question: Question, at span: Span) -> Diagnostic {
    Diagnostic(
      "nothing-to-change",
      "`\(question.text)` draws no conclusion that other codes could change", at: span,
      help: ["`whatif` is about a share, about `ratio … vs` a population, or about a `gap`"])
  }

  /// The least number from 0 to `most` for which a condition holds that stays once it has come.
  static func least(upTo most: Int, _ holds: (Int) -> Bool) -> Int? {
    guard holds(most) else { return nil }
    var (low, high) = (0, most)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  static func text(_ interval: Interval) -> String {
    guard let low = interval.lower, let high = interval.upper else { return "no interval" }
    return "\(Numbers.ratio(low)) to \(Numbers.ratio(high))"
  }

  /// Where an interval of a ratio lies.
  enum Side { case above, below, both }

  static func side(_ interval: Interval) -> Side {
    if let low = interval.lower, low > 1 { return .above }
    if let high = interval.upper, high < 1 { return .below }
    return .both
  }
}

/// A share, against a known one or alone, with some of its rows coded otherwise.
private struct RecodedShare {
  private let event: BoundCondition
  private let doubt: BoundCondition
  private let benchmark: Benchmark?
  private let level: Double
  private let unit: String
  /// Rows in all with the event, and all that are known.
  private let yes: Int
  private let known: Int
  private let unknown: Int
  /// Rows in doubt that are now counted so, counted otherwise, or not counted.
  private let doubtful: (yes: Int, no: Int, unknown: Int)

  init(
    _ event: BoundCondition, _ doubt: BoundCondition, _ rows: Predicate, _ benchmark: Benchmark?,
    _ question: Question, _ inquiry: Inquiry
  ) throws {
    self.event = event
    self.doubt = doubt
    self.benchmark = benchmark
    level = question.level
    unit = inquiry.unit(of: question)
    let table = try inquiry.tabulate(
      question, rows: rows, keys: [.test(event.predicate), .test(doubt.predicate)])
    func sum(_ event: Value?, doubted: Bool) -> Int {
      let rows = table.rows.filter { row in
        (event.map { row.keys[0] == $0 } ?? row.keys[0].isMissing)
          && (!doubted || row.keys[1] == .truth(true))
      }
      return Int(rows.reduce(0) { $0 + ($1.measures[0].double ?? 0) }.rounded())
    }
    yes = sum(.truth(true), doubted: false)
    known = yes + sum(.truth(false), doubted: false)
    unknown = sum(nil, doubted: false)
    doubtful = (
      sum(.truth(true), doubted: true), sum(.truth(false), doubted: true),
      sum(nil, doubted: true)
    )
  }

  private struct State {
    let x: Int
    let n: Int
  }

  /// With so many rows of the pools coded as having the event, or as not having it.
  private func state(_ k: Int, towardsYes: Bool, turning: Int, adding: Int) -> State {
    let turned = min(k, turning)
    let added = min(k - turned, adding)
    return towardsYes
      ? State(x: yes + turned + added, n: known + added)
      : State(x: yes - turned, n: known + added)
  }

  private func index(_ state: State) -> Interval {
    guard let benchmark else {
      return Proportion.wilson(state.x, of: state.n, level: level)
    }
    return PopulationShare.comparison(
      state.x, of: state.n, populationShare: benchmark.share, level: level, isExact: false
    ).ratio
  }

  private func row(_ name: String, _ state: State) -> [Cell] {
    let interval = index(state)
    let form: NumberForm = benchmark == nil ? .percent : .ratio
    var cells: [Cell] = [
      .value(.text(name)), .number(Double(state.x), .count), .number(Double(state.n), .count),
    ]
    if benchmark != nil {
      cells.append(
        state.n > 0 ? .number(Double(state.x) / Double(state.n), .percent) : .none("none"))
    }
    return cells + [
      interval.estimate.map { .number($0, form) } ?? .none("none"),
      .interval(interval.lower, interval.upper, form),
    ]
  }

  var page: Page {
    let recorded = State(x: yes, n: known)
    let most = doubtful.no + doubtful.unknown
    let least = doubtful.yes + doubtful.unknown
    let people = event.wording.people
    var rows = [row("as recorded", recorded)]
    if most > 0 {
      rows.append(
        row(
          "all in doubt are \(event.wording.with)",
          state(most, towardsYes: true, turning: doubtful.no, adding: doubtful.unknown)))
    }
    if least > 0 {
      rows.append(
        row(
          "none in doubt is \(event.wording.with)",
          state(least, towardsYes: false, turning: doubtful.yes, adding: doubtful.unknown)))
    }
    let inDoubt = doubtful.yes + doubtful.no + doubtful.unknown
    var blocks: [Page.Block] = [
      .paragraph(
        "In doubt: \(Words.grouped(inDoubt)) of \(Words.count(Double(known + unknown), unit)), those with \(doubt.text)."
      )
    ]
    if benchmark == nil {
      blocks.append(
        .paragraph("A share alone draws no conclusion; this is how far other codes could move it."))
    } else {
      let (words, changed) = conclusion(people)
      blocks += words.map(Page.Block.paragraph)
      if let changed { rows.append(row("where the interval reaches 1", changed)) }
    }
    let name = benchmark == nil ? "share" : "index"
    let columns: [AnswerTable.Column] =
      [.init("coded", .text), .init("n", .integer), .init("of", .integer)]
      + (benchmark == nil ? [] : [.init("share", .percent)])
      + [
        .init(name, benchmark == nil ? .percent : .number),
        .init("\(Numbers.level(level)) interval", .interval),
      ]
    blocks.append(.table(AnswerTable(columns: columns, rows: rows)))
    return Page(title: "whatif \(doubt.text)", blocks)
  }

  /// The sentences, and the state at which the conclusion changes where the rows in doubt suffice.
  private func conclusion(_ people: String) -> (words: [String], changed: State?) {
    let side = WhatIf.side(index(State(x: yes, n: known)))
    guard side != .both else {
      return (
        ["The interval of the index holds 1 as recorded: there is no conclusion to change."], nil
      )
    }
    let towardsYes = side == .below
    let turning = towardsYes ? doubtful.no : doubtful.yes
    let otherwise = towardsYes ? "as \(event.wording.with)" : "as not \(event.wording.with)"
    var words: [String] = []
    func reaches(_ turning: Int, _ adding: Int) -> (Int) -> Bool {
      { k in
        WhatIf.side(index(state(k, towardsYes: towardsYes, turning: turning, adding: adding)))
          != side
      }
    }
    let pool = turning + doubtful.unknown
    var changed: State?
    if let k = WhatIf.least(upTo: pool, reaches(turning, doubtful.unknown)), k > 0 {
      changed = state(k, towardsYes: towardsYes, turning: turning, adding: doubtful.unknown)
      words.append(
        "\(Words.grouped(k)) of these \(Words.grouped(pool)) would have to be coded \(otherwise) before the interval of the index reaches 1."
      )
    } else if pool == 0 {
      words.append(
        "None of them counts against that: no other code of theirs could weaken the conclusion.")
    } else {
      let end = index(
        state(pool, towardsYes: towardsYes, turning: turning, adding: doubtful.unknown))
      words.append(
        "If all \(Words.grouped(pool)) were coded \(otherwise), the index would be \(Numbers.ratio(end.estimate ?? 0)) (\(WhatIf.text(end))): the conclusion stands."
      )
    }
    let recorded = towardsYes ? known - yes : yes
    if let k = WhatIf.least(upTo: recorded, reaches(recorded, 0)), k > 0 {
      let whom = towardsYes ? "that are not \(people)" : "of \(people)"
      words.append(
        "Of the \(Words.grouped(recorded)) known rows \(whom), \(Words.grouped(k)) would have to be coded \(otherwise)."
      )
    }
    return (words, changed)
  }
}

/// Two shares of an event, with some rows moved between the groups or between having and not having it.
private struct RecodedGroups {
  private let comparison: GroupComparison
  private let doubt: BoundCondition
  private let level: Double
  private let unit: String
  /// Events and other rows of the first group, then of the second.
  private let recorded: Cells
  /// Rows in doubt that can be moved against the conclusion, by what moving one does.
  private let moves: [Move]
  private let side: WhatIf.Side

  struct Cells: Equatable {
    var a: Int
    var b: Int
    var c: Int
    var d: Int
  }

  /// A kind of recoding: first rows that are taken from one cell and put into another, then rows
  /// that were in none.
  struct Move {
    let from: WritableKeyPath<Cells, Int>
    let to: WritableKeyPath<Cells, Int>
    let turning: Int
    let adding: Int
    let words: String

    var most: Int { turning + adding }

    func apply(_ k: Int, to cells: inout Cells) {
      cells[keyPath: from] -= min(k, turning)
      cells[keyPath: to] += k
    }
  }

  init(
    _ comparison: GroupComparison, _ doubt: BoundCondition, _ question: Question, _ inquiry: Inquiry
  ) throws {
    self.comparison = comparison
    self.doubt = doubt
    level = question.level
    unit = inquiry.unit(of: question)
    let table = try inquiry.tabulate(
      question, rows: comparison.rows,
      keys: [
        .test(comparison.event.predicate), .test(comparison.first), .test(comparison.second),
        .test(doubt.predicate),
      ])
    func sum(_ isIncluded: (SmallTable.Row) -> Bool) -> Int {
      Int(
        table.rows.filter(isIncluded).reduce(0) { $0 + ($1.measures[0].double ?? 0) }.rounded())
    }
    let yes = Value.truth(true)
    let no = Value.truth(false)
    recorded = Cells(
      a: sum { $0.keys[0] == yes && $0.keys[1] == yes },
      b: sum { $0.keys[0] == no && $0.keys[1] == yes },
      c: sum { $0.keys[0] == yes && $0.keys[2] == yes },
      d: sum { $0.keys[0] == no && $0.keys[2] == yes })
    side = WhatIf.side(RecodedGroups.ratio(recorded, level))
    let isUp = side != .below
    let isAboutGroup = !doubt.predicate.columns.isDisjoint(with: comparison.groupColumns)
    func pool(_ event: Value?, _ group: Int?) -> Int {
      sum { row in
        row.keys[3] == yes && (event.map { row.keys[0] == $0 } ?? row.keys[0].isMissing)
          && (group.map { row.keys[$0] == yes } ?? (row.keys[1] != yes && row.keys[2] != yes))
      }
    }
    let (one, two) = (comparison.firstName, comparison.secondName)
    if isAboutGroup {
      moves = [
        Move(
          from: isUp ? \.a : \.c, to: isUp ? \.c : \.a, turning: pool(yes, isUp ? 1 : 2),
          adding: pool(yes, nil), words: "with the event as \(isUp ? two : one)"),
        Move(
          from: isUp ? \.d : \.b, to: isUp ? \.b : \.d, turning: pool(no, isUp ? 2 : 1),
          adding: pool(no, nil), words: "without the event as \(isUp ? one : two)"),
      ]
    } else {
      moves = [
        Move(
          from: isUp ? \.a : \.b, to: isUp ? \.b : \.a, turning: pool(isUp ? yes : no, 1),
          adding: pool(nil, 1), words: "of \(one) as \(isUp ? "not having" : "having") the event"),
        Move(
          from: isUp ? \.d : \.c, to: isUp ? \.c : \.d, turning: pool(isUp ? no : yes, 2),
          adding: pool(nil, 2), words: "of \(two) as \(isUp ? "having" : "not having") the event"),
      ]
    }
  }

  private static func ratio(_ cells: Cells, _ level: Double) -> Interval {
    RiskRatio.koopman(
      cells.a, of: cells.a + cells.b, over: cells.c, of: cells.c + cells.d, level: level)
  }

  /// Whether the ratio's interval still lies on the side of 1 where it was recorded.
  ///
  /// Koopman's interval leaves 1 out exactly where the uncorrected chi-square is above z².
  private func stands(_ cells: Cells, _ critical: Double) -> Bool {
    let (a, b, c, d) = (Double(cells.a), Double(cells.b), Double(cells.c), Double(cells.d))
    let cross = a * d - b * c
    guard side == .above ? cross > 0 : cross < 0 else { return false }
    let margins = (a + b) * (c + d) * (a + c) * (b + d)
    return margins > 0 && cross * cross * (a + b + c + d) / margins > critical
  }

  private func cells(_ i: Int, _ j: Int) -> Cells {
    var cells = recorded
    moves[0].apply(i, to: &cells)
    moves[1].apply(j, to: &cells)
    return cells
  }

  /// How `k` recodings are best shared out: those that leave the conclusion standing least.
  private func change(_ k: Int, _ critical: Double) -> (Int, Int)? {
    let low = max(0, k - moves[1].most)
    let high = min(k, moves[0].most)
    guard low <= high else { return nil }
    return (low...high).first { !stands(cells($0, k - $0), critical) }.map { ($0, k - $0) }
  }

  private func row(_ name: String, _ cells: Cells) -> [Cell] {
    let interval = RecodedGroups.ratio(cells, level)
    func share(_ x: Int, _ n: Int) -> Cell {
      n > 0 ? .number(Double(x) / Double(n), .percent) : .none("none")
    }
    return [
      .value(.text(name)), share(cells.a, cells.a + cells.b),
      .number(Double(cells.a + cells.b), .count), share(cells.c, cells.c + cells.d),
      .number(Double(cells.c + cells.d), .count),
      interval.estimate.map { .number($0, .ratio) } ?? .none("none"),
      .interval(interval.lower, interval.upper, .ratio),
    ]
  }

  var page: Page {
    var rows = [row("as recorded", recorded)]
    let most = moves[0].most + moves[1].most
    var words = [
      "In doubt: \(Words.count(Double(most), unit)) with \(doubt.text) that could be coded against the conclusion."
    ]
    let critical = Normal.critical(level)
    let limit = critical * critical
    if side == .both {
      words = ["The interval of the ratio holds 1 as recorded: there is no conclusion to change."]
    } else if let k = WhatIf.least(upTo: most, { change($0, limit) != nil }), k > 0,
      let (i, j) = change(k, limit)
    {
      let parts = zip([i, j], moves).filter { $0.0 > 0 }
        .map { "\(Words.grouped($0.0)) \($0.1.words)" }
      words.append(
        "\(Words.grouped(k)) of them would have to be coded otherwise before the interval of the ratio reaches 1: \(Words.list(parts))."
      )
      rows.append(row("where the interval reaches 1", cells(i, j)))
    } else if most > 0 {
      words.append("If all of them were coded so, the conclusion would still stand.")
      rows.append(row("all in doubt against it", cells(moves[0].most, moves[1].most)))
    } else {
      words.append("No row in doubt could be coded against the conclusion.")
    }
    let table = AnswerTable(
      columns: [
        .init("coded", .text), .init(comparison.firstName, .percent), .init("of", .integer),
        .init(comparison.secondName, .percent), .init("of ", .integer), .init("ratio", .number),
        .init("\(Numbers.level(level)) interval", .interval),
      ], rows: rows)
    return Page(
      title: "whatif \(doubt.text)", words.map(Page.Block.paragraph) + [.table(table)])
  }
}
