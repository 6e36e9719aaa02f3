/// A value that is handed to a database beside the statement.
package enum SQLBinding: Hashable, Sendable {
  case integer(Int64)
  case double(Double)
  case text(String)
}

/// A piece of SQL with the values that belong to it, in the order of their places.
///
/// A piece is written as a string literal that holds only other pieces: a value reaches the
/// database as a binding, and as text of the statement only where a dialect writes it out as a literal.
package struct SQLFragment: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case binding(SQLBinding)
  }

  private(set) var parts: [Part]

  init(parts: [Part]) {
    self.parts = parts
  }

  /// A name of the database, already quoted by its dialect.
  package init(quoted name: String) {
    parts = [.text(name)]
  }

  package init(_ binding: SQLBinding) {
    parts = [.binding(binding)]
  }

  /// A whole number, written out: it can hold nothing else.
  package init(_ number: Int64) {
    parts = [.text(number < 0 ? "(\(number))" : String(number))]
  }

  /// The text of the statement, with the place of each bound value by its number from 1, and the
  /// values that are bound; a value that has a literal is not.
  package func written(in dialect: any SQLDialect) -> (text: String, bindings: [SQLBinding]) {
    var bindings: [SQLBinding] = []
    let texts = parts.map { part in
      switch part {
      case .text(let text): return text
      case .binding(let value):
        if let literal = dialect.literal(value) { return literal }
        bindings.append(value)
        return dialect.placeholder(bindings.count)
      }
    }
    return (texts.joined(), bindings)
  }
}

extension SQLFragment: ExpressibleByStringInterpolation {
  /// Takes words of SQL and other pieces, and nothing else.
  package struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// Words of SQL as the program has them.
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }

    /// A piece with its bound values.
    package mutating func appendInterpolation(_ fragment: SQLFragment) {
      parts.append(contentsOf: fragment.parts)
    }
  }

  package init(stringLiteral: String) {
    parts = [.text(stringLiteral)]
  }

  package init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
  }
}

extension Sequence<SQLFragment> {
  /// The pieces in a row, with the separator between each two.
  package func joined(_ separator: SQLFragment) -> SQLFragment {
    var parts: [SQLFragment.Part] = []
    for fragment in self {
      if !parts.isEmpty { parts.append(contentsOf: separator.parts) }
      parts.append(contentsOf: fragment.parts)
    }
    return SQLFragment(parts: parts)
  }
}
