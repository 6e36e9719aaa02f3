package import Columns
package import Syntax

/// People to compare with: groups with a number each, and a card.
package struct Population {
  /// A group read from a column of its own.
  package struct Group: Hashable, Sendable {
    package let name: String
    package let people: Decimal
    /// The survey's 90% margin of error.
    package let marginOfError: Decimal?

    package init(name: String, people: Decimal, marginOfError: Decimal?) {
      self.name = name
      self.people = people
      self.marginOfError = marginOfError
    }
  }

  /// Where the numbers of people stand.
  package enum Content {
    /// One row a group, with a number of people.
    case rows(Dataset, Predicate, people: Field, marginOfError: Field?)
    /// One column a group, of one row.
    case across(field: String, groups: [Group], total: Group)
  }

  /// Whether it holds parts of a whole, and no numbers of people.
  package var isShares: Bool { whole != nil }
  /// What the parts add up to, 1 or 100; nothing where it holds numbers of people.
  package let whole: Decimal?

  /// What it is called in an answer: its name, and what a question narrowed it to.
  package private(set) var name: String
  /// The name that it was defined by.
  package let registeredName: String
  package var card: Card
  package private(set) var content: Content
  /// Its numbers as it was defined, before any question narrowed it.
  package let registeredContent: Content

  /// `sha256:…` of the table that its numbers come from; empty where there is none.
  package func fingerprint() throws -> String {
    guard let dataset = dataset ?? origin else { return "" }
    return try dataset.source.fingerprint(of: dataset.table)
  }

  /// The table that its numbers stand in; nothing where they were read across.
  package var dataset: Dataset? {
    if case .rows(let dataset, _, _, _) = content { dataset } else { nil }
  }

  /// Whether it has the groups of a key, each with its own people.
  package func tells(_ key: BoundKey) -> Bool { dataset?.column(named: key.name) != nil }

  /// Whether its rows name years, of which there may be several.
  package var hasYears: Bool { dataset?.column(named: "year") != nil }

  /// The table that numbers read across were taken from.
  private let origin: Dataset?

  /// The people of it that a question is about: `residents with neighborhood Ash Hill`.
  package func narrowed(to content: Content, words: String) -> Population {
    var population = self
    population.content = content
    population.name += " \(words)"
    return population
  }

  package init(
    name: String, card: Card, content: Content, whole: Decimal? = nil, origin: Dataset? = nil
  ) {
    self.origin = origin
    self.name = name
    registeredName = name
    self.card = card
    self.content = content
    registeredContent = content
    self.whole = whole
  }
}

/// A guideline for charging, as rules over the fields of a case; the fields are looked up in the cohort it is held against.
package struct Guideline {
  package let name: String
  package let since: Day?
  package let rules: [GuidelineRule]
  /// What holds where no rule does: `allow`, `decline` or `unclear`.
  package let otherwise: String

  package init(name: String, since: Day?, rules: [GuidelineRule], otherwise: String) {
    self.name = name
    self.since = since
    self.rules = rules
    self.otherwise = otherwise
  }
}
