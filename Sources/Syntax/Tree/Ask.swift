package import Diagnostics

/// A number as written, with its place.
package struct Quantity: Hashable, Sendable {
  package let literal: NumberLiteral
  package let span: Span

  package init(_ literal: NumberLiteral, at span: Span) {
    self.literal = literal
    self.span = span
  }
}

/// Figures that stand where data could: `162 of 200`, `176 per 100k of 508090`.
package struct GivenFigures: Hashable, Sendable {
  package let events: Quantity
  package let of: Quantity
  package let per: Quantity?

  package init(events: Quantity, of: Quantity, per: Quantity? = nil) {
    self.events = events
    self.of = of
    self.per = per
  }

  package var span: Span { events.span.union(of.span) }
}

/// What a question is about.
package enum Subject: Hashable, Sendable {
  case cohort(Name)
  case figures(GivenFigures)
  /// `[40 33; 153 83]`
  case matrix([[Quantity]], Span)
  /// `it`: the cohort of the answer before.
  case none(Span)

  package var span: Span {
    switch self {
    case .cohort(let name): name.span
    case .figures(let figures): figures.span
    case .matrix(_, let span), .none(let span): span
    }
  }
}

/// A period, or one with an open end.
package struct PeriodNode: Hashable, Sendable {
  package let first: PeriodLiteral?
  package let last: PeriodLiteral?
  /// As written, for messages.
  package let span: Span

  package init(_ first: PeriodLiteral?, _ last: PeriodLiteral?, at span: Span) {
    self.first = first
    self.last = last
    self.span = span
  }
}

/// What stands after `vs`.
package enum Opponent: Hashable, Sendable {
  /// A population, a cohort, a `let` figure, or the word `population`.
  case named(Name)
  case everyPopulation(Span)
  case everyoneElse(Span)
  case share(Quantity)
  case figures(GivenFigures)
  case period(PeriodNode)
  case condition(ConditionNode)

  package var span: Span {
    switch self {
    case .named(let name): name.span
    case .everyPopulation(let span), .everyoneElse(let span): span
    case .share(let quantity): quantity.span
    case .figures(let figures): figures.span
    case .period(let period): period.span
    case .condition(let condition): condition.span
    }
  }
}

/// A clause of a question, with the span of its first word.
package struct Clause: Hashable, Sendable {
  /// What the clause says.
  package enum Kind: Hashable, Sendable {
    case `where`(ConditionNode)
    case by([ExpressionNode])
    case within([ExpressionNode])
    case versus(Opponent)
    case of(ConditionNode)
    /// `per 100k residents`, `per convicted`, `per population`
    case per(Quantity?, Name)
    case standardized(to: Name, by: [ExpressionNode])
    case `in`(PeriodNode)
    case since(PeriodNode)
    case before(PeriodNode)
    case mark([PeriodNode])
    case top(Quantity)
    case limit(Quantity)
    case seed(Quantity)
    case unit(Name)
    case level(Quantity)
    case using(Name)
    case against(Name)
    /// `until arrest=1`: what a time given as a number ends in; else it is still open.
    case until(ConditionNode)
    /// `at 30, 90`: times at which a curve is read.
    case at([Quantity])
    case from(ConditionNode, to: ConditionNode)
    case anyway
  }

  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, at span: Span) {
    self.kind = kind
    self.span = span
  }

  package var word: ClauseWord {
    switch kind {
    case .where: .where
    case .by: .by
    case .within: .within
    case .versus: .versus
    case .of: .of
    case .per: .per
    case .standardized: .standardized
    case .in: .in
    case .since: .since
    case .before: .before
    case .mark: .mark
    case .top: .top
    case .limit: .limit
    case .seed: .seed
    case .unit: .unit
    case .level: .level
    case .using: .using
    case .against: .against
    case .until: .until
    case .at: .at
    case .from: .from
    case .anyway: .anyway
    }
  }
}

/// The words that begin clauses.
package enum ClauseWord: String, CaseIterable, Hashable, Sendable {
  case `where`, by, within
  case versus = "vs"
  case of, per, standardized
  case `in`, since, before, mark, top, limit, seed, unit, level, using, against, until, at, from,
    anyway
}

/// A question: a verb, what it is about, its conditions and its clauses.
package struct Ask: Hashable, Sendable {
  package var verb: Name
  package var subject: Subject
  package var conditions: [ConditionNode]
  /// Bare field names: what to total, what to list.
  package var fields: [Name]
  /// `sample drug 60`, `claim 81% is …`
  package var number: Quantity?
  /// `time drug referred to filed`
  package var stages: [Name]
  package var clauses: [Clause]
  /// `claim 81% is share …`
  package var inner: [Ask]
  package var span: Span

  package init(
    verb: Name, subject: Subject, conditions: [ConditionNode] = [], fields: [Name] = [],
    number: Quantity? = nil, stages: [Name] = [], clauses: [Clause] = [], inner: [Ask] = [],
    span: Span
  ) {
    self.verb = verb
    self.subject = subject
    self.conditions = conditions
    self.fields = fields
    self.number = number
    self.stages = stages
    self.clauses = clauses
    self.inner = inner
    self.span = span
  }
}
