package import Diagnostics

/// One statement with its place.
package struct Statement: Hashable, Sendable {
  /// What a statement does.
  package indirect enum Kind: Hashable, Sendable {
    case ask(Ask)
    case open(path: String, pathSpan: Span, name: Name?)
    case card(Name, [CardLine])
    case cohort(Name, base: Name, steps: [CohortStep])
    case population(PopulationNode)
    case field(Name, of: Name, ExpressionNode)
    case link(LinkEnd, LinkEnd)
    case stages(of: Name, [StageNode])
    case guideline(Name, since: PeriodNode?, [GuidelineRule], otherwise: String?)
    case `let`(Name, LetValue)
    case param(Name, LetValue)
    case set(Name, value: String?)
    /// `show plan for ASK`, `explain ASK`, `expect ASK between 80% and 82%`
    case about(Name, stage: Name?, Ask?, Expectation?)
    /// A session command with its arguments: `fields drug`, `how ratio`, `whatif race=?`
    case command(Name, [Argument])
    /// A statement that could not be read; its problems were reported.
    case unread
  }

  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, at span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A step of a cohort's definition; each takes from what those before it left.
package enum CohortStep: Hashable, Sendable {
  /// `where`, `in`, `since` or `before`.
  case clause(Clause)
  case pick(PickNode)

  package var span: Span {
    switch self {
    case .clause(let clause): clause.span
    case .pick(let pick): pick.span
    }
  }
}

/// `first by disposition_date per case_participant_id`: one row of each unit.
package struct PickNode: Hashable, Sendable {
  package let isLast: Bool
  /// The field that orders the rows; without one it is their order in the file.
  package let by: Name?
  /// The fields whose values together make a unit; one at least.
  package let per: [Name]
  package let span: Span

  package init(isLast: Bool, by: Name?, per: [Name], at span: Span) {
    self.isLast = isLast
    self.by = by
    self.per = per
    self.span = span
  }
}

/// An argument of a session command.
package enum Argument: Hashable, Sendable {
  case name(Name)
  case text(String, Span)
  case condition(ConditionNode)
  /// `year=2021`
  case setting(Name, String)

  package var span: Span {
    switch self {
    case .name(let name): name.span
    case .text(_, let span): span
    case .condition(let condition): condition.span
    case .setting(let name, _): name.span
    }
  }
}

/// A line of a card: its word and the words behind it.
package struct CardLine: Hashable, Sendable {
  /// What stands behind the word of a card line.
  package enum Content: Hashable, Sendable {
    /// Everything else: `unit case`, `source "…"`, `period 2017..2020`, `sample 595 of 1402`.
    case words([ValueNode])
    /// `missing race = U | Unknown`
    case values(field: Name, [ValueNode])
    /// `recode race B=Black W=White`
    case pairs(field: Name, [(ValueNode, ValueNode)])

    package static func == (left: Content, right: Content) -> Bool {
      switch (left, right) {
      case (.words(let a), .words(let b)): a == b
      case (.values(let f, let a), .values(let g, let b)): f == g && a == b
      case (.pairs(let f, let a), .pairs(let g, let b)):
        f == g && a.elementsEqual(b) { $0.0 == $1.0 && $0.1 == $1.1 }
      default: false
      }
    }

    package func hash(into hasher: inout Hasher) {
      switch self {
      case .words(let words): hasher.combine(words)
      case .values(let field, let values):
        hasher.combine(field)
        hasher.combine(values)
      case .pairs(let field, let pairs):
        hasher.combine(field)
        for pair in pairs {
          hasher.combine(pair.0)
          hasher.combine(pair.1)
        }
      }
    }
  }

  package let word: Name
  package let content: Content

  package init(_ word: Name, _ content: Content) {
    self.word = word
    self.content = content
  }
}

/// `population NAME from "file" …`
package struct PopulationNode: Hashable, Sendable {
  /// A group of a wide population, with the columns of its number and its margin of error.
  package struct Group: Hashable, Sendable {
    package let name: ValueNode
    package let column: Name
    package let marginOfError: Name?

    package init(_ name: ValueNode, column: Name, marginOfError: Name?) {
      self.name = name
      self.column = column
      self.marginOfError = marginOfError
    }
  }

  package var name: Name
  package var origin: ValueNode
  package var condition: ConditionNode?
  /// `weight=people place="…" year=2019 ages=all coding=census moe=margin`
  package var settings: [(Name, ValueNode)]
  package var across: Name?
  package var groups: [Group]
  package var total: Group?

  package init(
    name: Name, origin: ValueNode, condition: ConditionNode? = nil,
    settings: [(Name, ValueNode)] = [], across: Name? = nil, groups: [Group] = [],
    total: Group? = nil
  ) {
    self.name = name
    self.origin = origin
    self.condition = condition
    self.settings = settings
    self.across = across
    self.groups = groups
    self.total = total
  }

  package static func == (left: PopulationNode, right: PopulationNode) -> Bool {
    left.name == right.name && left.origin == right.origin && left.condition == right.condition
      && left.settings.elementsEqual(right.settings) { $0.0 == $1.0 && $0.1 == $1.1 }
      && left.across == right.across && left.groups == right.groups && left.total == right.total
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(origin)
    hasher.combine(condition)
    hasher.combine(across)
    hasher.combine(groups)
  }
}

/// `referrals.neighborhood`
package struct LinkEnd: Hashable, Sendable {
  package let dataset: Name
  package let field: Name

  package init(dataset: Name, field: Name) {
    self.dataset = dataset
    self.field = field
  }
}

/// `filed on filed_date`, `convicted when disposition=Guilty`
package struct StageNode: Hashable, Sendable {
  package let name: Name
  package let date: Name?
  package let condition: ConditionNode?

  package init(_ name: Name, date: Name?, condition: ConditionNode?) {
    self.name = name
    self.date = date
    self.condition = condition
  }
}

/// `allow "violence" when gun=yes`
package struct GuidelineRule: Hashable, Sendable {
  package let allows: Bool
  package let reason: String
  package let condition: ConditionNode

  package init(allows: Bool, reason: String, condition: ConditionNode) {
    self.allows = allows
    self.reason = reason
    self.condition = condition
  }
}

/// What `let` and `param` give a name to.
package enum LetValue: Hashable, Sendable {
  case number(Quantity)
  case text(String, Span)
  case ask(Ask)
}

extension LetValue {
  /// The number or text as written; nothing for a question.
  package var written: String? {
    switch self {
    case .number(let quantity): quantity.literal.written
    case .text(let text, _): text
    case .ask: nil
    }
  }
}

/// `between 80% and 82%`, `= 162`, `raises ages-differ`
package enum Expectation: Hashable, Sendable {
  case between(Quantity, Quantity)
  case compare(Relation, Quantity)
  case raises(Name)
}
