import Columns
import Engine
import Syntax

/// An event in two groups of rows of one dataset: what a question compares, whichever verb asks it.
struct GroupComparison {
  let event: BoundCondition
  /// Every row that the question is about, whichever group it is in.
  let rows: Predicate
  let first: Predicate
  let second: Predicate
  let firstName: String
  let secondName: String
  /// Fields that tell the groups apart.
  let groupColumns: Set<String>

  /// Nothing where the question compares no event in two groups of its own dataset.
  init?(_ question: Question, _ inquiry: Inquiry) throws {
    guard question.cohort != nil else { return nil }
    switch question.ask.verb.text.lowercased() {
    case "gap": try self.init(gap: question, inquiry)
    case "ratio": self.init(ratio: question)
    case "rate", "share": try self.init(grouped: question, inquiry)
    default: return nil
    }
  }

  private init?(gap question: Question, _ inquiry: Inquiry) throws {
    guard let versus = question.versus, question.by.isEmpty, let cohort = question.cohort else {
      return nil
    }
    let event = try inquiry.condition(0, of: question, Gap.signature)
    let denominator = StageDenominator(event, question, cohort)
    let (group, other, rows) = try Gap.groups(versus, question, inquiry)
    let base = rows.and(denominator.predicate)
    self.event = event
    self.rows = .any([base, Gap.otherRows(base, other, versus, question, denominator)])
    first = base.and(group.predicate)
    second = Gap.otherRows(base, other, versus, question, denominator)
    firstName = group.wording.people
    secondName = other.wording.people
    groupColumns = group.predicate.columns.union(other.predicate.columns)
  }

  /// A share against the same share of another cohort or period of the dataset.
  private init?(ratio question: Question) {
    guard let versus = question.versus, question.by.isEmpty, let event = question.conditions.first,
      let cohort = question.cohort
    else { return nil }
    self.event = event
    first = question.rows
    firstName = cohort.name
    switch versus {
    case .period(_, let period):
      var moved = question
      moved.periodCondition = period.predicate
      second = moved.rows
      secondName = period.text
      groupColumns = period.predicate.columns
    case .cohort(let other) where other.dataset === cohort.dataset:
      var moved = question
      moved.about = .cohort(other)
      second = moved.rows
      secondName = other.name
      groupColumns = cohort.rows.columns.union(other.rows.columns)
    default: return nil
    }
    rows = .any([first, second])
  }

  /// A rate by a key that has two values.
  private init?(grouped question: Question, _ inquiry: Inquiry) throws {
    guard question.by.count == 1, question.per == nil, let cohort = question.cohort,
      let event = question.conditions.first
    else { return nil }
    let denominator =
      question.ask.verb.text.lowercased() == "rate"
      ? StageDenominator(event, question, cohort).predicate : .constant(true)
    let base = question.rows.and(denominator)
    let key = question.by[0]
    let groups = try inquiry.tabulate(question, rows: base, keys: [.field(key.field)]).rows
      .map { $0.keys[0] }.filter { !$0.isMissing }
    guard groups.count == 2 else { return nil }
    self.event = event
    rows = base
    first = base.and(.test(key.field, .among([groups[0]])))
    second = base.and(.test(key.field, .among([groups[1]])))
    firstName = "\(key.name) \(groups[0])"
    secondName = "\(key.name) \(groups[1])"
    groupColumns = key.field.columns
  }

  /// Every column that the comparison is defined by.
  var columns: Set<String> {
    event.predicate.columns.union(first.columns).union(second.columns).union(groupColumns)
  }
}
