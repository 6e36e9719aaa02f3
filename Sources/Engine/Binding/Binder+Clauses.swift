import Columns
import Diagnostics
package import Syntax

extension Binder {
  func bind(_ clause: Clause, in scope: Scope, _ question: inout Question) throws {
    switch clause.kind {
    case .where(let node): question.where = try condition(node, in: scope)
    case .by(let nodes): try bindBy(nodes, in: scope, &question)
    case .within(let nodes): question.within = try nodes.map { try key($0, in: scope) }
    case .versus(let opponent):
      let told = told(question.ask.conditions, question.ask)
      question.versus = try bound(opponent, in: scope, telling: told)
    case .of(let node): question.of = try condition(node, in: scope)
    case .per(let number, let name):
      let told = told(question.ask.groupsTold, question.ask)
      question.per = try per(number, name, in: scope, telling: told)
    case .standardized(let name, let nodes):
      question.standard = Standard(
        population: try population(name), keys: try nodes.map { try key($0, in: scope) })
    case .in(let period): try confine(to: period, clause.span, in: scope, &question)
    case .since(let period):
      try confine(
        to: PeriodNode(period.first, nil, at: period.span), clause.span, in: scope, &question)
    case .before(let period): try confine(before: period, clause.span, in: scope, &question)
    case .mark(let periods): question.marks = try periods.map { try days($0).first }
    case .unit(let name): try bindUnit(name, in: scope, &question)
    case .against(let name): question.guideline = try guideline(name)
    case .until(let node): question.until = try condition(node, in: scope)
    case .from(let start, let end):
      question.from = (try stage(start, in: scope), try stage(end, in: scope))
    case .top, .limit, .seed, .level, .using, .at, .anyway: try bindPlain(clause, &question)
    }
  }

  /// Clauses that name nothing in the data.
  func bindPlain(_ clause: Clause, _ question: inout Question) throws {
    switch clause.kind {
    case .top(let number): question.top = number.literal.integer
    case .limit(let number): question.limit = number.literal.integer
    case .seed(let number):
      question.seed = UInt64(number.literal.integer ?? 0)
    case .level(let number):
      let level =
        number.literal.isPercent || number.literal.double < 1
        ? number.literal.double : number.literal.double / 100
      guard level > 0.5, level < 1 else {
        throw Diagnostic(
          "level-out-of-range", "a confidence level lies between 50 and 100 percent",
          at: number.span, help: ["level 95", "level 99"])
      }
      question.level = level
    case .using(let name): question.method = name
    case .at(let times): question.times = times.map(\.literal.double)
    case .anyway: question.isAnyway = true
    default: break
    }
  }

  /// `by reason` of a check is a part of the guideline, unless the dataset has a field of that name.
  private func bindBy(
    _ nodes: [ExpressionNode], in scope: Scope, _ question: inout Question
  ) throws {
    for node in nodes {
      if case .name(let name) = node, name.key == "reason",
        question.ask.clauses.contains(where: { $0.word == .against }),
        try knownField(name.text, in: scope) == nil
      {
        question.isByReason = true
      } else {
        question.by.append(try key(node, in: scope))
      }
    }
  }

  /// The stage that a bare name stands for.
  private func stage(_ node: ConditionNode, in scope: Scope) throws -> Stage {
    if case .named(let name) = node { return try stage(name, in: scope) }
    throw BindingMessages.unknownStage(
      Formatter.text(of: node), scope.dataset.name, known: scope.dataset.stages.map(\.name),
      at: node.span)
  }

  private func days(_ period: PeriodNode) throws -> (first: Day, last: Day) {
    let first = try period.first.map { try days($0, period.span).first }
    let last = try period.last.map { try days($0, period.span).last }
    return (
      first ?? Day(number: -1_000_000), last ?? Day(number: 3_000_000)
    )
  }

  private func days(_ literal: PeriodLiteral, _ span: Span) throws -> (first: Day, last: Day) {
    guard let days = literal.days else {
      throw Diagnostic("no-such-day", "the calendar has no day \(literal.written)", at: span)
    }
    return (days.first, days.last)
  }

  /// A period as a coverage and a condition on the card's date.
  package func coverage(_ period: PeriodNode) throws -> Coverage {
    let (first, last) = try days(period)
    guard first <= last else {
      throw Diagnostic(
        "empty-period", "the period ends before it begins", at: period.span)
    }
    return Coverage(
      first: first, last: last, firstWritten: period.first?.written ?? "",
      lastWritten: period.last?.written ?? "")
  }

  private func confine(
    to period: PeriodNode, _ span: Span, in scope: Scope, _ question: inout Question
  ) throws {
    let coverage = try coverage(period)
    try narrow(&question, to: coverage, try date(of: scope, at: span))
  }

  private func confine(
    before period: PeriodNode, _ span: Span, in scope: Scope, _ question: inout Question
  ) throws {
    let first = try days(period).first
    let last = Day(number: first.number - 1)
    let coverage = Coverage(
      first: Day(number: -1_000_000), last: last, firstWritten: "", lastWritten: last.asEndWritten)
    try narrow(&question, to: coverage, try date(of: scope, at: span))
  }

  /// Several period clauses hold together: `since 2019 before 2021`.
  private func narrow(_ question: inout Question, to coverage: Coverage, _ date: Field) throws {
    question.periodCondition = question.periodCondition.and(
      Binder.condition(on: date, coverage))
    guard let known = question.period else {
      question.period = coverage
      return
    }
    let (later, earlier) =
      (
        known.first >= coverage.first ? known : coverage,
        known.last <= coverage.last ? known : coverage
      )
    question.period = Coverage(
      first: later.first, last: earlier.last, firstWritten: later.firstWritten,
      lastWritten: earlier.lastWritten)
  }

  /// The condition that a date falls into a time.
  package static func condition(on date: Field, _ coverage: Coverage) -> Predicate {
    .test(
      date,
      .between(
        lower: coverage.first.number > -1_000_000 ? .date(coverage.first) : nil,
        upper: coverage.last.number < 3_000_000 ? .date(coverage.last) : nil))
  }

  private func bindUnit(_ name: Name, in scope: Scope, _ question: inout Question) throws {
    let card = scope.dataset.card
    question.unitName = name.text
    if name.key == Name.key(of: card.unit) || name.text == Words.plural(card.unit),
      let id = card.id
    {
      question.unitField = try knownField(id, in: scope)
    } else if ["people", "persons", "person", "defendants", "defendant"].contains(name.key) {
      guard let person = card.person else {
        throw BindingMessages.noPerson(scope.dataset.name, at: name.span)
      }
      question.unitField = try knownField(person, in: scope)
      question.unitName = name.key.hasPrefix("defendant") ? "defendant" : "person"
    } else {
      question.unitField = try field(name, in: scope)
    }
  }

  private func guideline(_ name: Name) throws -> Guideline {
    if let guideline = catalogue.guideline(named: name.text) { return guideline }
    throw BindingMessages.unknownGuideline(
      name.text,
      nearest: Nearest.matches(to: name.text, in: catalogue.guidelines.map(\.name), limit: 1),
      at: name.span)
  }

  // What stands after `vs`, `per` and `standardized to`.

  private func bound(
    _ opponent: Opponent, in scope: Scope, telling group: [ConditionNode]
  ) throws -> BoundOpponent {
    switch opponent {
    case .named(let name): return try named(name, scope, telling: group)
    case .everyPopulation(let span): return try everyPopulation(span, telling: group)
    case .everyoneElse: return .everyoneElse
    case .share(let quantity): return try share(quantity)
    case .figures(let figures): return .figures(figures)
    case .period(let period):
      let coverage = try coverage(period)
      let date = try date(of: scope, at: period.span)
      let text = Formatter.text(of: period)
      return .period(
        coverage,
        BoundCondition(
          predicate: Binder.condition(on: date, coverage), node: .missing(period.span),
          text: text, fields: [date],
          wording: Wording(people: text, adjective: nil, with: text)))
    case .condition(let node): return .condition(try condition(node, in: scope))
    }
  }

  func share(_ quantity: Quantity) throws -> BoundOpponent {
    let share = quantity.literal.double
    guard share > 0, share < 1 else {
      let written = quantity.literal.written
      throw Diagnostic(
        "not-a-share", "a share lies between 0% and 100%, and \(written) does not",
        at: quantity.span,
        help: share > 1 && share < 100 ? ["say \(written)%"] : [])
    }
    return .share(share, written: quantity.literal.written)
  }

  private func noPopulation(at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown-population",
      catalogue.populations.isEmpty
        ? "no population is defined yet" : "no population has these groups", at: span,
      help: ["population NAME from \"FILE\" weight=people place=\"…\" year=2019"])
  }

  /// Every population that tells the groups of a condition apart.
  func everyPopulation(_ span: Span, telling group: [ConditionNode]) throws -> BoundOpponent {
    let telling = catalogue.populations.filter { $0.tells(group) }
    guard !telling.isEmpty else { throw noPopulation(at: span) }
    return .everyPopulation(telling)
  }

  /// A population, the word `population`, a cohort, a `let` figure, or a condition of one name.
  func named(_ name: Name, _ scope: Scope?, telling group: [ConditionNode]) throws
    -> BoundOpponent
  {
    if let population = catalogue.population(named: name.text) { return .population(population) }
    if name.key == "population" {
      return .population(
        try fittingPopulation(name, scope?.dataset.card, telling: group))
    }
    if let cohort = catalogue.cohort(named: name.text) { return .cohort(cohort) }
    if let figure = catalogue.figure(named: name.text) {
      return .share(figure.value, written: name.text)
    }
    if let scope, scope.dataset.stage(named: name.text) != nil {
      return .condition(try condition(.named(name), in: scope))
    }
    let known = catalogue.populations.map(\.name) + catalogue.cohortNames + ["population"]
    throw BindingMessages.unknownOpponent(
      name.text, nearest: Nearest.matches(to: name.text, in: known, limit: 2), at: name.span)
  }

  /// What the word `population` must tell apart: the groups, and the keys of `within` where some
  /// population knows them.
  private func told(_ groups: [ConditionNode], _ ask: Ask) -> [ConditionNode] {
    let keys = ask.clauses.flatMap { clause -> [ConditionNode] in
      guard case .within(let nodes) = clause.kind else { return [] }
      return nodes.compactMap { if case .name(let name) = $0 { .named(name) } else { nil } }
    }
    return catalogue.populations.contains { $0.tells(groups + keys) } ? groups + keys : groups
  }

  /// The one population that fits the cohort's card: the same place, and no other coding.
  private func fittingPopulation(
    _ name: Name, _ card: Card?, telling group: [ConditionNode]
  ) throws -> Population {
    let all = catalogue.populations.filter { $0.tells(group) }
    let fitting = all.filter { population in
      guard let place = card?.place else { return true }
      return population.card.place.map { Name.key(of: $0) == Name.key(of: place) } ?? false
        && (card?.coding == nil || population.card.coding == nil
          || card?.coding == population.card.coding)
    }
    if fitting.count == 1 { return fitting[0] }
    guard !all.isEmpty else { throw noPopulation(at: name.span) }
    let candidates = (fitting.isEmpty ? all : fitting).map { population in
      ([population.name + ":", population.card.place, population.card.year].compactMap(\.self))
        .joined(separator: " ")
    }
    throw BindingMessages.ambiguousPopulation(candidates, at: name.span)
  }

  /// The population of a name, or the one that fits where the word `population` stands.
  package func population(_ name: Name) throws -> Population {
    if let population = catalogue.population(named: name.text) { return population }
    if name.key == "population" { return try fittingPopulation(name, nil, telling: []) }
    throw BindingMessages.unknownOpponent(
      name.text,
      nearest: Nearest.matches(to: name.text, in: catalogue.populations.map(\.name), limit: 2),
      at: name.span)
  }

  private func per(
    _ number: Quantity?, _ name: Name, in scope: Scope, telling group: [ConditionNode]
  ) throws -> Denominator {
    if let population = catalogue.population(named: name.text) {
      return .people(number?.literal.double ?? 1, population)
    }
    if name.key == "population" {
      return .people(
        number?.literal.double ?? 1, try fittingPopulation(name, scope.dataset.card, telling: group)
      )
    }
    if number == nil, let stage = scope.dataset.stage(named: name.text) {
      return .stage(try condition(.named(Name(stage.name, at: name.span)), in: scope))
    }
    let known = catalogue.populations.map(\.name) + scope.dataset.stages.map(\.name)
    throw BindingMessages.unknownOpponent(
      name.text, nearest: Nearest.matches(to: name.text, in: known, limit: 2), at: name.span)
  }
}

extension Day {
  /// As the year or month that it is the last day of, where it is: `2017`, `2017-03`, `2017-03-15`.
  fileprivate var asEndWritten: String {
    let year = Period(.year, of: self)
    if year.last == self { return "\(year)" }
    let month = Period(.month, of: self)
    return month.last == self ? "\(month)" : description
  }
}

extension Card {
  /// The year or years, as written.
  package var year: String? {
    period.map {
      $0.firstWritten == $0.lastWritten ? $0.firstWritten : "\($0.firstWritten)–\($0.lastWritten)"
    }
  }
}

extension Population {
  /// Whether it has the fields that conditions are about.
  func tells(_ conditions: [ConditionNode]) -> Bool {
    let names = Set(conditions.flatMap(NamesInTree.fieldNames(in:)))
    switch content {
    case .rows(let dataset, _, _, _):
      return names.allSatisfy { dataset.column(named: $0) != nil }
    case .across(let field, _, _):
      return names.allSatisfy { Name.key(of: $0) == Name.key(of: field) }
    }
  }
}

extension Ask {
  /// The conditions whose groups a population must tell apart: those on both sides of `vs`.
  var groupsTold: [ConditionNode] {
    conditions
      + clauses.compactMap {
        if case .versus(.condition(let condition)) = $0.kind { condition } else { nil }
      }
  }
}
