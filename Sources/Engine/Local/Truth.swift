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
}

/// A condition on cells: each of its terms is looked up in the cell.
indirect enum CellTruth {
  case known(Bool?)
  /// The truth of each class of the term.
  case term(CellReading, [Bool?])
  case not(CellTruth)
  case all([CellTruth])
  case any([CellTruth])

  init(_ truth: Truth, in space: CellSpace) {
    switch truth {
    case .known(let truth): self = .known(truth)
    case .not(let inner): self = .not(CellTruth(inner, in: space))
    case .all(let parts): self = .all(parts.map { CellTruth($0, in: space) })
    case .any(let parts): self = .any(parts.map { CellTruth($0, in: space) })
    case .term(let term):
      let reading = space.reading(of: term)
      let truths = (0..<reading.values.count).map { place -> Bool? in
        if case .truth(let truth) = reading.values[place] { truth } else { nil }
      }
      self = .term(reading, truths)
    }
  }

  /// Kleene's logic over the terms: false < unknown < true, `all` the least, `any` the greatest.
  func value(in cell: Int) -> Bool? {
    switch self {
    case .known(let truth): return truth
    case .term(let reading, let truths): return truths[reading.place(in: cell)]
    case .not(let inner): return inner.value(in: cell).map { !$0 }
    case .all(let parts):
      var result: Bool? = true
      for part in parts {
        guard let truth = part.value(in: cell) else {
          result = nil
          continue
        }
        if !truth { return false }
      }
      return result
    case .any(let parts):
      var result: Bool? = false
      for part in parts {
        guard let truth = part.value(in: cell) else {
          result = nil
          continue
        }
        if truth { return true }
      }
      return result
    }
  }
}
