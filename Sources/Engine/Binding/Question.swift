package import Columns
package import Diagnostics
package import Syntax

/// A condition with its names resolved, and the words for it.
package struct BoundCondition {
  package let predicate: Predicate
  package let node: ConditionNode
  /// As written, formatted.
  package let text: String
  /// The fields whose missing values make it unknown.
  package let fields: [Field]
  package let wording: Wording

  package init(
    predicate: Predicate, node: ConditionNode, text: String, fields: [Field], wording: Wording
  ) {
    self.predicate = predicate
    self.node = node
    self.text = text
    self.fields = fields
    self.wording = wording
  }
}

/// What an answer is repeated for.
package struct BoundKey {
  package let name: String
  package let field: Field

  package init(name: String, field: Field) {
    self.name = name
    self.field = field
  }
}

/// What a question compares with.
package enum BoundOpponent {
  case population(Population)
  case everyPopulation([Population])
  case everyoneElse
  /// A share of 0 to 1, as it was written or named.
  case share(Double, written: String)
  case figures(GivenFigures)
  case period(Coverage, BoundCondition)
  case condition(BoundCondition)
  case cohort(Cohort)
}

/// What a rate is counted per.
package enum Denominator {
  /// `per 100k residents`: so many people of a population.
  case people(Double, Population)
  /// `per convicted`: each case that reached a stage, or for which a condition holds.
  case stage(BoundCondition)
}

/// The population whose make-up rates are weighted to.
package struct Standard {
  package let population: Population
  package let keys: [BoundKey]

  package init(population: Population, keys: [BoundKey]) {
    self.population = population
    self.keys = keys
  }
}

/// A question with every name resolved: what verbs answer.
package struct Question {
  /// What the question is about.
  package enum About {
    case cohort(Cohort)
    case figures(GivenFigures)
    case matrix([[Int]])
    case nothing
  }

  package private(set) var ask: Ask
  /// The statement, formatted.
  package private(set) var text: String
  package var about: About
  package var conditions: [BoundCondition] = []
  package var fields: [Field] = []
  package var number: Quantity?
  package var stages: [Stage] = []
  package var `where`: BoundCondition?
  package var by: [BoundKey] = []
  package var within: [BoundKey] = []
  package var versus: BoundOpponent?
  package var of: BoundCondition?
  package var per: Denominator?
  package var standard: Standard?
  /// The time asked about, and the condition it makes.
  package var period: Coverage?
  package var periodCondition: Predicate = .constant(true)
  package var marks: [Day] = []
  package var top: Int?
  package var limit: Int?
  package var seed: UInt64
  /// The field whose distinct values are counted instead of rows.
  package var unitField: Field?
  package var unitName: String?
  package var level: Double
  package var method: Name?
  package var guideline: Guideline?
  /// Where a time given as a number ends in an event.
  package var until: BoundCondition?
  /// Times at which a curve is read.
  package var times: [Double] = []
  /// The stages in which a case enters and leaves.
  package var from: (Stage, Stage)?
  /// Whether a check is repeated for each rule of its guideline: `by reason`.
  package var isByReason = false
  package var isAnyway = false
  package var inner: [Question] = []

  package init(ask: Ask, about: About, level: Double, seed: UInt64) {
    self.ask = ask
    text = Formatter.text(of: ask)
    self.about = about
    self.level = level
    self.seed = seed
  }

  /// Lets the question be said as another that has the same meaning.
  mutating func say(_ ask: Ask) {
    self.ask = ask
    text = Formatter.text(of: ask)
  }

  package var cohort: Cohort? {
    if case .cohort(let cohort) = about { cohort } else { nil }
  }

  /// The rows of the cohort that the question is about: cohort, `where` and period together.
  package var rows: Predicate {
    (cohort?.rows ?? .constant(true)).and(`where`?.predicate ?? .constant(true))
      .and(periodCondition)
  }

  /// The field whose dates are meant where the question names a time and no date: the card's, or the one that
  /// was found; nothing where it names none.
  package var periodDate: String? {
    guard let dataset = cohort?.dataset else { return nil }
    let namesTime = ask.clauses.contains { clause in
      switch clause.kind {
      case .in, .since, .before, .versus(.period): true
      case .by(let keys), .within(let keys):
        keys.contains { key in
          guard case .name(let name) = key, PeriodWord.words.contains(name.key) else {
            return false
          }
          return dataset.column(named: name.text) == nil
            && dataset.computed(named: name.text) == nil
        }
      default: false
      }
    }
    return namesTime ? dataset.card.date ?? dataset.foundDate : nil
  }

  /// Whether the person wrote this clause.
  package func has(_ word: ClauseWord) -> Bool { ask.clauses.contains { $0.word == word } }

  /// Where the clause stands, if it was written.
  package func span(of word: ClauseWord) -> Span? {
    ask.clauses.first { $0.word == word }?.span
  }
}
