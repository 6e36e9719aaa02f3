package import Diagnostics

/// A name as it stands in the text.
package struct Name: Hashable, Sendable {
  package let text: String
  package let span: Span
  /// Whether it was written between backquotes, which makes it a name everywhere.
  package let isQuoted: Bool

  package init(_ text: String, at span: Span, isQuoted: Bool = false) {
    self.text = text
    self.span = span
    self.isQuoted = isQuoted
  }

  /// What names are compared by: lower case, with space, `-` and `_` as one.
  package var key: String { Name.key(of: text) }

  /// What a text is compared by where it is a name.
  package static func key(of text: some StringProtocol) -> String {
    // Most names are ASCII, where this is a matter of bytes.
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> String? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { key in
        for (index, byte) in bytes.enumerated() {
          switch byte {
          case UInt8(ascii: " "), UInt8(ascii: "-"): key[index] = UInt8(ascii: "_")
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): key[index] = byte | 0x20
          default: key[index] = byte
          }
        }
        return bytes.count
      }
    }
    if case let key?? = plain { return key }
    return String(text.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

/// A value on the right of a comparison.
package struct ValueNode: Hashable, Sendable {
  /// How a value was written.
  package enum Kind: Hashable, Sendable {
    case word(String)
    case quoted(String)
    /// `?`
    case unknown
    /// `18..24`, `65..`, `..17`
    case range(String?, String?)
  }

  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, at span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" ;
///
/// Words are relations too: `contains` and `starts`.
package enum Relation: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains
  case starts
}

/// A condition as written.
package indirect enum ConditionNode: Hashable, Sendable {
  /// `race=Black|White`, `age>=18`: a calculation or a field against values.
  case test(ExpressionNode, Relation, [ValueNode])
  /// `filed_date > received + 30`: two calculations.
  case compare(ExpressionNode, Relation, ExpressionNode)
  /// A bare name: a stage, a cohort or a yes/no field.
  case named(Name)
  case not(ConditionNode, Span)
  case all([ConditionNode])
  case any([ConditionNode])
  /// What could not be read.
  case missing(Span)

  package var span: Span {
    switch self {
    case .test(let left, _, let values):
      values.reduce(left.span) { $0.union($1.span) }
    case .compare(let left, _, let right): left.span.union(right.span)
    case .named(let name): name.span
    case .not(_, let span), .missing(let span): span
    case .all(let parts), .any(let parts):
      parts.dropFirst().reduce(parts.first?.span ?? Span(0, 0)) { $0.union($1.span) }
    }
  }
}

/// A calculation as written.
package indirect enum ExpressionNode: Hashable, Sendable {
  case name(Name)
  case number(NumberLiteral, Span)
  case text(String, Span)
  case call(Name, [ExpressionNode], Span)
  case arithmetic(String, ExpressionNode, ExpressionNode)
  case choose(ConditionNode, ExpressionNode, ExpressionNode, Span)

  package var span: Span {
    switch self {
    case .name(let name): name.span
    case .number(_, let span), .text(_, let span), .call(_, _, let span),
      .choose(_, _, _, let span):
      span
    case .arithmetic(_, let left, let right): left.span.union(right.span)
    }
  }
}
