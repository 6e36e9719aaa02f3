package import Columns

/// What fields, calculations and conditions mean for one row; everything else in the engine is a
/// faster way to this.
package enum Evaluation {
  /// The value of a field, given how a column of the row is read.
  ///
  /// - Parameters:
  ///   - column: reads the cell of a column by its meaning.
  ///   - linked: finds the value of a field in the row of another dataset that holds the key;
  ///     missing where no row does.
  package static func value(
    of field: Field,
    column: (_ name: String, _ meaning: Meaning) -> Value,
    linked: (_ link: Link, _ key: Value, _ value: Field) -> Value = { _, _, _ in .missing }
  ) -> Value {
    switch field {
    case .column(let name, let meaning):
      return column(name, meaning)
    case .computed(_, let expression):
      return value(of: expression) { value(of: $0, column: column, linked: linked) }
    case .period(let unit, let date):
      let day = value(of: date, column: column, linked: linked).day
      return day.map { .period(Period(unit, of: $0)) } ?? .missing
    case .weekday(let date):
      let day = value(of: date, column: column, linked: linked).day
      return day.map { .number(Decimal($0.weekday)) } ?? .missing
    case .linked(let link, let target):
      let key = value(of: link.key, column: column, linked: linked)
      return key.isMissing ? .missing : linked(link, key, target)
    case .picked(let pick):
      return column(pick.column, Pick.meaning)
    }
  }

  /// The value of a calculation, given the fields of the row.
  package static func value(of expression: Expression, in row: (Field) -> Value) -> Value {
    switch expression {
    case .field(let field):
      return row(field)
    case .literal(let value):
      return value
    case .arithmetic(let operation, let left, let right):
      return calculate(operation, value(of: left, in: row), value(of: right, in: row))
    case .call(.coalesce, let arguments):
      for argument in arguments {
        let value = value(of: argument, in: row)
        if !value.isMissing { return value }
      }
      return .missing
    case .call(.band, let arguments):
      guard let banded = arguments.first, let bands = Bands(of: arguments) else { return .missing }
      return bands.value(of: value(of: banded, in: row))
    case .call(let function, let arguments):
      return call(function, arguments.map { value(of: $0, in: row) })
    case .choose(let condition, let then, let otherwise):
      switch truth(of: condition, in: row) {
      case true?: return value(of: then, in: row)
      case false?: return value(of: otherwise, in: row)
      case nil: return .missing
      }
    case .truth(let condition):
      return truth(of: condition, in: row).map(Value.truth) ?? .missing
    }
  }

  /// Whether a condition holds for the row; nothing where that is unknown (Kleene's logic).
  package static func truth(of predicate: Predicate, in row: (Field) -> Value) -> Bool? {
    switch predicate {
    case .constant(let truth):
      return truth
    case .test(let field, let test):
      return decide(test, row(field))
    case .missing(let field):
      return row(field).isMissing
    case .compare(let left, let comparison, let right):
      return compare(value(of: left, in: row), comparison, value(of: right, in: row))
    case .not(let inner):
      return truth(of: inner, in: row).map { !$0 }
    case .all(let conditions):
      var result: Bool? = true
      for condition in conditions {
        switch truth(of: condition, in: row) {
        case false?: return false
        case nil: result = nil
        case true?: break
        }
      }
      return result
    case .any(let conditions):
      var result: Bool? = false
      for condition in conditions {
        switch truth(of: condition, in: row) {
        case true?: return true
        case nil: result = nil
        case false?: break
        }
      }
      return result
    }
  }
}
