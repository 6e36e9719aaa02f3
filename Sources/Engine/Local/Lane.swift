internal import Columns

/// Something that a row is asked for: a value or a truth.
enum Term: Hashable, Sendable {
  case value(Field)
  case truth(Predicate)

  var columns: Set<String> {
    switch self {
    case .value(let field): field.columns
    case .truth(let predicate): predicate.columns
    }
  }

  /// Whether it may be a number that is not exact; false of a column whose type says that it is not.
  var mayBeReal: Bool {
    guard case .value(.column(_, let meaning)) = self else { return true }
    return meaning.type == .real
  }

  /// Whether it looks at another dataset.
  var hasLinks: Bool {
    var found = Reached()
    switch self {
    case .value(let field): field.collect(&found)
    case .truth(let predicate): predicate.collect(&found)
    }
    return !found.links.isEmpty
  }
}

/// What a term is for each code of a lane: codes of one class have equal values.
struct TermClasses: Sendable {
  let classes: [UInt32]
  /// The value of each class; of a truth, true, false or missing.
  let values: ClassValues

  /// Each code's truth.
  init(truths: [Bool?]) {
    classes = truths.map { $0.map { $0 ? 1 : 0 } ?? 2 }
    values = .listed([.truth(false), .truth(true), .missing])
  }

  /// Each code's value; equal values make one class. Where that is stopped, the rest is of any.
  init(values: [Value], unless isCancelled: () -> Bool) {
    var places: [Value: UInt32] = [:]
    var distinct: [Value] = []
    var isStopped = false
    classes = values.enumerated().map { code, value in
      if code & 0x3FFF == 0x3FFF, isCancelled() { isStopped = true }
      if isStopped { return 0 }
      if let place = places[value] { return place }
      let place = UInt32(distinct.count)
      places[value] = place
      distinct.append(value)
      return place
    }
    self.values = .listed(distinct)
  }

  /// The texts of a dictionary as they stand, each a class of its own but for those that are
  /// missing; nothing where two texts may be equal or stand for another value.
  ///
  /// Millions of texts take no more room than they do in their column, millions of numbers little.
  init?(texts: Texts, meaning: Meaning) {
    guard let found = ClassValues.verbatim(texts, meaning) else { return nil }
    classes = TermClasses.ownClasses(texts.count, missing: found.missing)
    values = found.values
  }

  /// A class for each code, but one for all that are missing.
  private static func ownClasses(_ count: Int, missing: [Int]) -> [UInt32] {
    var classes = Array(0..<UInt32(count))
    for code in missing { classes[code] = UInt32(missing[0]) }
    return classes
  }
}

/// One column, or several as one: all that some terms read.
final class Lane {
  let codes: Codes
  /// How many codes there are.
  let count: Int
  /// How many rows hold each code of a lane of several columns.
  private let jointCounts: [Int]
  /// The column, where the lane is one.
  let column: Column?
  private let names: [String]
  private let readings: Readings
  /// For each column the code that each code of the lane has there; with one column they are the
  /// same.
  private let parts: [[UInt32]]?
  private var terms: [Term: TermClasses] = [:]

  /// The lane of one column.
  init(_ name: String, _ readings: Readings) {
    let column = readings.column(name)
    names = [name]
    codes = column.codes
    count = column.texts.count
    jointCounts = []
    self.column = column
    parts = nil
    self.readings = readings
  }

  /// The lane of several columns: a code for each combination that occurs, as far as the terms can
  /// tell it.
  init(_ names: [String], seeing terms: [Term], _ readings: Readings) {
    self.names = names
    self.readings = readings
    column = nil
    let visible = names.map { Lane.visible($0, to: terms, readings) }
    var codes = readings.column(names[0]).codes
    var offsets = visible[0].classes
    var parts = [visible[0].representatives]
    for (name, part) in zip(names, visible).dropFirst() {
      let combination = Combination(
        left: CellLane(codes: codes, offsets: offsets),
        right: CellLane(codes: readings.column(name).codes, offsets: part.classes),
        rightCount: part.representatives.count, leftCount: parts[0].count)
      codes = combination.codes
      offsets = Array(0..<UInt32(combination.pairs.count))
      parts = parts.map { known in combination.pairs.map { known[Int($0.left)] } }
      parts.append(combination.pairs.map { part.representatives[Int($0.right)] })
    }
    self.codes = codes
    self.parts = parts
    count = offsets.count
    jointCounts = codes.counts(of: count)
  }

  /// How many rows hold each code.
  var counts: [Int] { column?.counts ?? jointCounts }

  /// The classes of a column's codes that the terms can tell apart, and one code of each.
  private static func visible(_ name: String, to terms: [Term], _ readings: Readings) -> Partition {
    var parts: Set<Term> = []
    for term in terms { term.collectParts(of: name, &parts) }
    let lane = Lane(name, readings)
    var partition = Partition(count: lane.count)
    for part in parts { partition.refine(by: lane.classes(of: part)) }
    return partition
  }

  /// What a term is for each code.
  ///
  /// Worked out once for as long as a column is held, unless it looks at another dataset.
  func classes(of term: Term) -> TermClasses {
    if let known = terms[term] { return known }
    let found: TermClasses
    if let column, column.texts.count > 0, !term.hasLinks {
      found = column.memo.value(of: term, unless: readings.isCancelled) { made(term) }
    } else {
      found = made(term)
    }
    terms[term] = found
    return found
  }

  /// How many classes a term has; each serial number is one.
  func classCount(of term: Term) -> Int {
    if case .value(.column(_, let meaning)) = term, let column, column.texts.serial != nil,
      meaning.recode.isEmpty
    {
      return column.texts.count
    }
    return classes(of: term).values.count
  }

  /// Something that is made of a term's classes alone, for as long as the column is held.
  func kept<Made: Sendable>(
    _ key: some Hashable & Sendable, of term: Term, _ make: () -> Made
  ) -> Made {
    guard let column, !term.hasLinks else { return make() }
    return column.memo.value(of: key, unless: readings.isCancelled, make)
  }

  private func made(_ term: Term) -> TermClasses {
    let found: TermClasses
    switch term {
    case .value(let field):
      found =
        verbatim(field)
        ?? TermClasses(
          values: eachCode(.missing) { value(of: field, $0) }, unless: readings.isCancelled)
    case .truth(.missing(let field)):
      let values = classes(of: .value(field))
      found = TermClasses(truths: values.classes.map { values.values.isMissing(Int($0)) })
    case .truth(let predicate):
      found = TermClasses(
        truths: membership(predicate)
          ?? eachCode(nil) { code in
            Evaluation.truth(of: predicate) { value(of: $0, code) }
          })
    }
    return found
  }

  /// By code whether a text that is its own value is one of some words: the words are looked for among the texts, and
  /// no other text is looked at. Nothing where more is asked.
  private func membership(_ predicate: Predicate) -> [Bool?]? {
    guard case .test(.column(let name, let meaning), .among(let values)) = predicate,
      parts == nil, name == names[0],
      case (.texts(let texts, _), let missing)? = ClassValues.verbatim(
        readings.column(name).texts, meaning)
    else { return nil }
    var words: Set<String> = []
    for value in values {
      // A word beyond ASCII may be equal to a text though their bytes differ.
      guard case .text(let word) = value, word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      words.insert(word)
    }
    var truths = [Bool?](repeating: false, count: count)
    for code in texts.codes(ofTexts: words) { truths[code] = true }
    for code in missing { truths[code] = nil }
    return truths
  }

  /// Something for each code; where the question is stopped on the way, anything for the rest.
  private func eachCode<Made>(_ anything: Made, _ make: (Int) -> Made) -> [Made] {
    var isStopped = false
    return (0..<count).map { code in
      if code & 0x3FFF == 0x3FFF, readings.isCancelled() { isStopped = true }
      return isStopped ? anything : make(code)
    }
  }

  /// The classes of a field that is this lane's column as it was read.
  private func verbatim(_ field: Field) -> TermClasses? {
    guard case .column(let name, let meaning) = field, parts == nil, name == names[0] else {
      return nil
    }
    return TermClasses(texts: readings.column(name).texts, meaning: meaning)
  }

  /// How many values of a field are in a row, where the column has known that since it was read: each of
  /// its texts is a value.
  func distinctTexts(_ field: Field) -> Int? {
    guard case .column(_, let meaning) = field, let column, let serial = column.texts.serial,
      meaning.recode.isEmpty, meaning.missing.isEmpty, !meaning.type.isNumber,
      !meaning.type.isDate
    else { return nil }
    return column.heldTextCount - (serial.holdsEmpty ? 1 : 0)
  }

  /// How many classes that are not missing occur in a row.
  func distinct(_ term: TermClasses) -> Int {
    var occurs = [Bool](repeating: false, count: term.values.count)
    var count = 0
    for (place, rows) in zip(term.classes, counts) where rows > 0 && !occurs[Int(place)] {
      occurs[Int(place)] = true
      if !term.values.isMissing(Int(place)) { count += 1 }
    }
    return count
  }

  private func value(of field: Field, _ code: Int) -> Value {
    readings.value(of: field) { name in
      guard let place = names.firstIndex(of: name) else { return nil }
      return parts.map { Int($0[place][code]) } ?? code
    }
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
    guard representatives.count > 1 else { return take(term) }
    let pairs = Combination(
      left: CellLane(codes: .words(classes), offsets: Array(0..<UInt32(representatives.count))),
      right: CellLane(
        codes: .words(term.classes), offsets: Array(0..<UInt32(term.values.count))),
      rightCount: term.values.count, leftCount: representatives.count)
    classes = pairs.codes.words
    var found = [UInt32](repeating: .max, count: pairs.pairs.count)
    for (code, place) in classes.enumerated() where found[Int(place)] == .max {
      found[Int(place)] = UInt32(code)
    }
    representatives = found
  }

  /// The classes of the first term, numbered as they come.
  private mutating func take(_ term: TermClasses) {
    var places = [UInt32](repeating: .max, count: term.values.count)
    var found: [UInt32] = []
    for (code, place) in term.classes.enumerated() {
      if places[Int(place)] == .max {
        places[Int(place)] = UInt32(found.count)
        found.append(UInt32(code))
      }
      classes[code] = places[Int(place)]
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
    case .picked: break
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
