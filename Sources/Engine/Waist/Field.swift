package import Columns

/// A field of a dataset, resolved: where its values come from and how they are read.
package indirect enum Field: Hashable, Sendable {
  /// A column of the dataset, with its type, missing codes and recoding.
  case column(name: String, meaning: Meaning)
  /// A value worked out from other fields of the same row.
  case computed(name: String, Expression)
  /// The calendar period of a date field.
  case period(PeriodUnit, of: Field)
  /// The day of the week of a date field, 1 (Monday) to 7.
  case weekday(of: Field)
  /// A field of another dataset, found by a key that is unique there (many to one).
  case linked(Link, value: Field)
  /// Whether the row is the one picked of its unit.
  case picked(Pick)

  /// The name a person reads.
  package var name: String {
    switch self {
    case .column(let name, _), .computed(let name, _): name
    case .period(let unit, _): unit.rawValue
    case .weekday: "weekday"
    case .linked(_, let value): value.name
    case .picked(let pick): pick.name
    }
  }
}

/// How rows of one dataset find their one row of another.
package struct Link: Hashable, Sendable {
  package let key: Field
  package let dataset: String
  /// The field there that holds the key; a value that repeats there is an error.
  package let target: Field
  /// The rows there that may be found: those of a cohort, or all.
  package let rows: Predicate
  /// What it is called: the cohort, or the dataset.
  package let name: String

  package init(
    key: Field, dataset: String, target: Field, rows: Predicate = .constant(true),
    name: String? = nil
  ) {
    self.key = key
    self.dataset = dataset
    self.target = target
    self.rows = rows
    self.name = name ?? dataset
  }
}

/// A calculation over the fields of one row. A missing operand makes the result missing, unless
/// said otherwise.
package indirect enum Expression: Hashable, Sendable {
  case field(Field)
  case literal(Value)
  case arithmetic(Arithmetic, Expression, Expression)
  case call(Function, [Expression])
  /// Where the condition is unknown, the result is missing.
  case choose(when: Predicate, then: Expression, otherwise: Expression)
  case truth(Predicate)
}

/// The four operations on numbers; dates know the first two.
package enum Arithmetic: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  /// Never integer division; by zero is missing.
  case divide = "/"
}

/// The functions of the language over values.
package enum Function: String, CaseIterable, Hashable, Sendable {
  /// Parts of a date as numbers: the month is 1 to 12, the week that of ISO 8601, Monday is 1, the
  /// day is that of the month.
  case year, quarter, month, week, weekday, day
  /// Days from the first date to the second.
  case days
  /// `band(x, 18, 25)`: `under 18`, `18–24`, `25 and over`.
  case band
  case lower, trim
  /// Whether a text is of the letters, digits and signs of ASCII alone.
  case ascii
  case abs
  /// `round(x)` or `round(x, digits)`, halves away from zero.
  case round
  /// The first argument that is not missing.
  case coalesce
}
