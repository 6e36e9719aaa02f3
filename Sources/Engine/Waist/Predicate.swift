package import Columns

/// How two values are compared.
package enum Comparison: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A test on one field, decided by its value alone. A missing value makes it unknown.
package enum Test: Hashable, Sendable {
  /// One of these values.
  case among(Set<Value>)
  case compare(Comparison, Value)
  /// From `lower` to `upper`, both included; an absent end is open. Dates compare by day, periods by their days.
  case between(lower: Value?, upper: Value?)
  /// Text that holds, or begins with, this; without regard to ASCII case.
  case contains(String)
  case starts(String)
}

/// A condition on a row with three values: true, false, unknown (Kleene).
package indirect enum Predicate: Hashable, Sendable {
  case constant(Bool)
  case test(Field, Test)
  /// Whether the value is missing; never unknown.
  case missing(Field)
  /// Two calculations compared; unknown where either is missing.
  case compare(Expression, Comparison, Expression)
  case not(Predicate)
  case all([Predicate])
  case any([Predicate])
}

extension Predicate {
  /// Both conditions; constants that change nothing are left out.
  package func and(_ other: Predicate) -> Predicate {
    switch (self, other) {
    case (.constant(true), _): other
    case (_, .constant(true)): self
    case (.all(let a), .all(let b)): .all(a + b)
    case (.all(let a), _): .all(a + [other])
    case (_, .all(let b)): .all([self] + b)
    default: .all([self, other])
    }
  }
}
