internal import Columns

extension Tabulation {
  /// Whether every field is of one dataset: no link leads out of it.
  package var isConfined: Bool { LocalEngine.links(of: self).isEmpty }

  /// The same question with other names for its dataset and for those it is linked to; nothing where
  /// one of these has none, or where rows are picked by looking at others.
  func renamed(_ table: String, linked names: @escaping (String) -> String?) -> Tabulation? {
    var copy = self
    copy.dataset = table
    // A source sees one row at a time, and a pick looks at several.
    guard LocalEngine.picks(of: self).isEmpty else { return nil }
    if isConfined { return copy }
    do {
      let renaming = LinkRenaming(name: names)
      copy.rows = try renaming(rows)
      copy.keys = try keys.map { key in
        switch key {
        case .field(let field): .field(try renaming(field))
        case .test(let test): .test(try renaming(test))
        }
      }
      copy.measures = try measures.map { measure in
        switch measure {
        case .rows: .rows
        case .units(let field): .units(try renaming(field))
        case .sum(let field): .sum(try renaming(field))
        case .least(let field): .least(try renaming(field))
        case .greatest(let field): .greatest(try renaming(field))
        }
      }
      copy.weight = try weight.map { try renaming($0) }
      return copy
    } catch {
      return nil
    }
  }
}

/// Gives the datasets that links lead to other names.
private struct LinkRenaming {
  let name: (String) -> String?

  /// A dataset without a name.
  struct Nameless: Error {}

  func callAsFunction(_ field: Field) throws -> Field {
    switch field {
    case .column: return field
    case .computed(let name, let expression): return .computed(name: name, try self(expression))
    case .period(let unit, let date): return .period(unit, of: try self(date))
    case .weekday(let date): return .weekday(of: try self(date))
    case .linked(let link, let value):
      guard let dataset = name(link.dataset) else { throw Nameless() }
      let renamed = Link(
        key: try self(link.key), dataset: dataset, target: try self(link.target),
        rows: try self(link.rows), name: link.name)
      return .linked(renamed, value: try self(value))
    case .picked: throw Nameless()
    }
  }

  func callAsFunction(_ expression: Expression) throws -> Expression {
    switch expression {
    case .field(let field): .field(try self(field))
    case .literal: expression
    case .arithmetic(let sign, let left, let right):
      .arithmetic(sign, try self(left), try self(right))
    case .call(let function, let arguments): .call(function, try arguments.map { try self($0) })
    case .choose(let test, let then, let otherwise):
      .choose(when: try self(test), then: try self(then), otherwise: try self(otherwise))
    case .truth(let test): .truth(try self(test))
    }
  }

  func callAsFunction(_ predicate: Predicate) throws -> Predicate {
    switch predicate {
    case .constant: predicate
    case .test(let field, let test): .test(try self(field), test)
    case .missing(let field): .missing(try self(field))
    case .compare(let left, let sign, let right):
      .compare(try self(left), sign, try self(right))
    case .not(let inner): .not(try self(inner))
    case .all(let parts): .all(try parts.map { try self($0) })
    case .any(let parts): .any(try parts.map { try self($0) })
    }
  }
}
