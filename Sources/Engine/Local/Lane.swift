internal import Columns

/// Something that a row is asked for: a value or a truth.
enum Term: Hashable {
  case value(Field)
  case truth(Predicate)

  var columns: Set<String> {
    switch self {
    case .value(let field): field.columns
    case .truth(let predicate): predicate.columns
    }
  }
}

/// What a term is for each code of a lane: codes of one class have equal values.
struct TermClasses {
  let classes: [UInt32]
  /// The value of each class; of a truth, true, false or missing.
  let values: [Value]
}

/// One column, or several as one: all that some terms read.
final class Lane {
  let codes: Codes
  /// How many rows hold each code.
  let counts: [Int]
  private let names: [String]
  private let readings: Readings
  /// For each code of the lane the code of each column; with one column they are the same.
  private let tuples: [[UInt32]]?
  private var terms: [Term: TermClasses] = [:]

  /// The lane of one column.
  init(_ name: String, _ readings: Readings) {
    let column = readings.column(name)
    names = [name]
    codes = column.codes
    counts = column.counts
    tuples = nil
    self.readings = readings
  }

  /// The lane of several columns: a code for each combination that occurs, as far as the terms can
  /// tell it.
  init(_ names: [String], seeing terms: [Term], _ readings: Readings) {
    self.names = names
    self.readings = readings
    let parts = names.map { Lane.visible($0, to: terms, readings) }
    var codes = readings.column(names[0]).codes
    var offsets = parts[0].classes
    var tuples = parts[0].representatives.map { [$0] }
    for (name, part) in zip(names, parts).dropFirst() {
      let combination = Combination(
        left: CellLane(codes: codes, offsets: offsets),
        right: CellLane(codes: readings.column(name).codes, offsets: part.classes),
        rightCount: part.representatives.count, leftCount: tuples.count)
      codes = combination.codes
      offsets = Array(0..<UInt32(combination.pairs.count))
      tuples = combination.pairs.map { pair in
        tuples[Int(pair.left)] + [part.representatives[Int(pair.right)]]
      }
    }
    self.codes = codes
    self.tuples = tuples
    counts = codes.counts(of: tuples.count)
  }

  var count: Int { counts.count }

  /// The classes of a column's codes that the terms can tell apart, and one code of each.
  private static func visible(
    _ name: String, to terms: [Term], _ readings: Readings
  ) -> (classes: [UInt32], representatives: [UInt32]) {
    var parts: Set<Term> = []
    for term in terms { term.collectParts(of: name, &parts) }
    let lane = Lane(name, readings)
    var partition = Partition(count: lane.count)
    for part in parts { partition.refine(by: lane.classes(of: part)) }
    return (partition.classes, partition.representatives)
  }

  /// What a term is for each code.
  func classes(of term: Term) -> TermClasses {
    if let known = terms[term] { return known }
    let found: TermClasses
    switch term {
    case .value(let field): found = valueClasses(field)
    case .truth(let predicate):
      let truths = (0..<count).map { readings.truth(of: predicate, codes: columnCodes($0)) }
      found = TermClasses(
        classes: truths.map { $0.map { $0 ? 1 : 0 } ?? 2 },
        values: [.truth(false), .truth(true), .missing])
    }
    terms[term] = found
    return found
  }

  private func valueClasses(_ field: Field) -> TermClasses {
    let values: [Value] =
      if case .column(let name, let meaning) = field, tuples == nil {
        readings.values(of: name, meaning)
      } else {
        (0..<count).map { readings.value(of: field, codes: columnCodes($0)) }
      }
    var places: [Value: UInt32] = [:]
    var distinct: [Value] = []
    let classes = values.map { value in
      if let place = places[value] { return place }
      let place = UInt32(distinct.count)
      places[value] = place
      distinct.append(value)
      return place
    }
    return TermClasses(classes: classes, values: distinct)
  }

  private func columnCodes(_ code: Int) -> [String: Int] {
    guard let tuples else { return [names[0]: code] }
    return Dictionary(
      uniqueKeysWithValues: zip(names, tuples[code]).map { ($0, Int($1)) })
  }
}

/// Codes sorted into classes that can be told apart.
struct Partition {
  private(set) var classes: [UInt32]
  /// One code of each class.
  private(set) var representatives: [UInt32]

  /// All codes in one class.
  init(count: Int) {
    classes = Array(repeating: 0, count: count)
    representatives = count > 0 ? [0] : []
  }

  /// Parts what the term tells apart.
  mutating func refine(by term: TermClasses) {
    var places: [UInt64: UInt32] = [:]
    var found: [UInt32] = []
    for code in classes.indices {
      let pair = UInt64(classes[code]) << 32 | UInt64(term.classes[code])
      if let place = places[pair] {
        classes[code] = place
      } else {
        let place = UInt32(found.count)
        places[pair] = place
        found.append(UInt32(code))
        classes[code] = place
      }
    }
    representatives = found
  }
}

// The largest parts of a term that read one column alone: all that it sees of that column.

extension Term {
  fileprivate func collectParts(of name: String, _ parts: inout Set<Term>) {
    switch self {
    case .value(let field): field.collectParts(of: name, &parts)
    case .truth(let predicate): predicate.collectParts(of: name, &parts)
    }
  }
}

extension Field {
  fileprivate func collectParts(of name: String, _ parts: inout Set<Term>) {
    guard columns != [name] else {
      parts.insert(.value(self))
      return
    }
    switch self {
    case .column: break
    case .computed(_, let expression): expression.collectParts(of: name, &parts)
    case .period(_, let inner), .weekday(let inner): inner.collectParts(of: name, &parts)
    case .linked(let link, _): link.key.collectParts(of: name, &parts)
    }
  }
}

extension Expression {
  fileprivate func collectParts(of name: String, _ parts: inout Set<Term>) {
    let columns = columns
    guard columns.contains(name) else { return }
    guard columns.count > 1 else {
      parts.insert(.value(.computed(name: "", self)))
      return
    }
    switch self {
    case .field(let field): field.collectParts(of: name, &parts)
    case .literal: break
    case .arithmetic(_, let left, let right):
      left.collectParts(of: name, &parts)
      right.collectParts(of: name, &parts)
    case .call(_, let arguments):
      for argument in arguments { argument.collectParts(of: name, &parts) }
    case .choose(let condition, let then, let otherwise):
      condition.collectParts(of: name, &parts)
      then.collectParts(of: name, &parts)
      otherwise.collectParts(of: name, &parts)
    case .truth(let predicate): predicate.collectParts(of: name, &parts)
    }
  }
}

extension Predicate {
  fileprivate func collectParts(of name: String, _ parts: inout Set<Term>) {
    let columns = columns
    guard columns.contains(name) else { return }
    guard columns.count > 1 else {
      parts.insert(.truth(self))
      return
    }
    switch self {
    case .constant: break
    case .test(let field, _), .missing(let field): field.collectParts(of: name, &parts)
    case .compare(let left, _, let right):
      left.collectParts(of: name, &parts)
      right.collectParts(of: name, &parts)
    case .not(let inner): inner.collectParts(of: name, &parts)
    case .all(let conditions), .any(let conditions):
      for condition in conditions { condition.collectParts(of: name, &parts) }
    }
  }
}
