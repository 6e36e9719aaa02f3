// Which columns of the dataset itself a calculation or a condition reads.

extension Field {
  package var columns: Set<String> {
    switch self {
    case .column(let name, _): [name]
    case .computed(_, let expression): expression.columns
    case .period(_, let inner), .weekday(let inner): inner.columns
    case .linked(let link, _): link.key.columns
    case .picked(let pick): [pick.column]
    }
  }
}

extension Expression {
  package var columns: Set<String> {
    switch self {
    case .field(let field): field.columns
    case .literal: []
    case .arithmetic(_, let left, let right): left.columns.union(right.columns)
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.columns) }
    case .choose(let when, let then, let otherwise):
      when.columns.union(then.columns).union(otherwise.columns)
    case .truth(let predicate): predicate.columns
    }
  }
}

extension Predicate {
  package var columns: Set<String> {
    switch self {
    case .constant: []
    case .test(let field, _), .missing(let field): field.columns
    case .compare(let left, _, let right): left.columns.union(right.columns)
    case .not(let inner): inner.columns
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.columns) }
    }
  }
}
