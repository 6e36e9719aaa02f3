internal import Columns

/// The lanes that the terms of one question are read from, each made once.
struct Lanes {
  private var lanes: [[String]: Lane] = [:]
  private let readings: Readings

  init(_ terms: [Term], _ readings: Readings) {
    self.readings = readings
    var sharing: [[String]: [Term]] = [:]
    for term in terms { sharing[term.columns.sorted(), default: []].append(term) }
    for (names, terms) in sharing {
      lanes[names] =
        names.count > 1 ? Lane(names, seeing: terms, readings) : Lane(names.first ?? "", readings)
    }
  }

  func lane(of term: Term) -> Lane {
    let names = term.columns.sorted()
    return lanes[names] ?? Lane(names.first ?? "", readings)
  }

  /// Terms by the lane that they are read from, in order of the columns' names.
  func grouped(_ terms: [Term]) -> [(lane: Lane, terms: [Term])] {
    var sharing: [[String]: [Term]] = [:]
    for term in terms { sharing[term.columns.sorted(), default: []].append(term) }
    return sharing.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .compactMap { names, terms in lanes[names].map { ($0, terms) } }
  }

  /// The most cells that these terms can make.
  func cellCount(_ terms: [Term]) -> Int {
    grouped(terms).reduce(1) { product, group in
      let classes = group.terms.reduce(1) { count, term in
        min(group.lane.count, count * group.lane.classCount(of: term))
      }
      return min(product, 1 << 40) * max(1, classes)
    }
  }
}
