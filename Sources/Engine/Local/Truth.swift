internal import Columns

/// A condition as a combination of conditions that each read few columns.
indirect enum Truth {
  case known(Bool?)
  case term(Term)
  case not(Truth)
  case all([Truth])
  case any([Truth])

  init(_ predicate: Predicate) {
    switch predicate {
    case .constant(let truth): self = .known(truth)
    case .not(let inner): self = .not(Truth(inner))
    case .all(let parts): self = .all(parts.map(Truth.init))
    case .any(let parts): self = .any(parts.map(Truth.init))
    case .test, .missing, .compare: self = .term(.truth(predicate))
    }
  }

  var terms: [Term] {
    switch self {
    case .known: []
    case .term(let term): [term]
    case .not(let inner): inner.terms
    case .all(let parts), .any(let parts): parts.flatMap(\.terms)
    }
  }

  /// Kleene's logic over the terms: false < unknown < true, `all` the least, `any` the greatest.
  func value(_ term: (Term) -> Bool?) -> Bool? {
    switch self {
    case .known(let truth): return truth
    case .term(let leaf): return term(leaf)
    case .not(let inner): return inner.value(term).map { !$0 }
    case .all(let parts):
      var result: Bool? = true
      for part in parts {
        guard let truth = part.value(term) else {
          result = nil
          continue
        }
        if !truth { return false }
      }
      return result
    case .any(let parts):
      var result: Bool? = false
      for part in parts {
        guard let truth = part.value(term) else {
          result = nil
          continue
        }
        if truth { return true }
      }
      return result
    }
  }
}
