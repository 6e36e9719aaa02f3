internal import Columns

extension SQLWriter {
  /// A condition that is true, false or NULL as the predicate is true, false or unknown.
  func condition(_ predicate: Predicate) throws -> SQLFragment {
    switch predicate {
    case .constant(let truth):
      return dialect.truth(truth)
    case .test(let field, let test):
      return try condition(try term(field), test)
    case .missing(let field):
      return "(\(try term(field).sql)) IS NULL"
    case .compare(let left, let comparison, .literal(let value)):
      return try condition(try term(left), .compare(comparison, value))
    case .compare(.literal(let value), let comparison, let right):
      return try condition(try term(right), .compare(comparison.flipped, value))
    case .compare(let left, let comparison, let right):
      return try compare(try term(left), comparison, try term(right))
    case .not(let inner):
      return dialect.negation(try condition(inner))
    case .all(let conditions):
      if conditions.isEmpty { return dialect.truth(true) }
      return dialect.all(try conditions.map { try condition($0) })
    case .any(let conditions):
      if conditions.isEmpty { return dialect.truth(false) }
      return dialect.any(try conditions.map { try condition($0) })
    }
  }

  func condition(_ term: SQLTerm, _ test: Test) throws -> SQLFragment {
    switch test {
    case .among(let values):
      return try among(term, values.filter { !$0.isMissing }.sorted())
    case .compare(let comparison, let value):
      return try compare(term, comparison, with: value)
    case .between(let lower, let upper):
      let bounds = try [
        lower.map { try compare(term, .greaterOrEqual, with: $0) },
        upper.map { try compare(term, .lessOrEqual, with: $0) },
      ].compactMap { $0 }
      return bounds.isEmpty ? always(term) : dialect.all(bounds)
    case .contains(let part):
      guard case .text = term.kind else { throw NotExact("only text is searched") }
      return "(\(dialect.contains(term.sql, part.foldedASCII)))"
    case .starts(let part):
      guard case .text = term.kind else { throw NotExact("only text is searched") }
      return "(\(dialect.starts(term.sql, part.foldedASCII)))"
    }
  }

  private func among(_ term: SQLTerm, _ values: [Value]) throws -> SQLFragment {
    var listed: [SQLFragment] = []
    var others: [SQLFragment] = []
    for value in values {
      switch (term.kind, value) {
      case (.text, .text(let text)):
        listed.append(SQLFragment(.text(text.composed)))
      case (.number(let scale, _), .number(let number)):
        // A number with more decimals than the column has is none of its values.
        if let units = units(of: number, scale: scale) { listed.append(dialect.whole(units)) }
      default:
        others.append(try compare(term, .equal, with: value))
      }
    }
    if listed.count == 1 { others.append("\(term.sql) = \(listed[0])") }
    if listed.count > 1 { others.append(dialect.among(term.sql, listed)) }
    return others.isEmpty ? never(term) : dialect.any(others)
  }

  /// False for every value, NULL for NULL.
  private func never(_ term: SQLTerm) -> SQLFragment {
    dialect.all(["\(term.sql) IS NULL", "NULL"])
  }

  /// True for every value, NULL for NULL.
  private func always(_ term: SQLTerm) -> SQLFragment {
    dialect.any(["\(term.sql) IS NOT NULL", "NULL"])
  }

  private func units(of number: Decimal, scale: Int) -> Int64? {
    number.scale <= scale ? Int64(exactly: number.units(atScale: scale)) : nil
  }

  // MARK: With a value

  private func compare(_ term: SQLTerm, _ comparison: Comparison, with value: Value) throws
    -> SQLFragment
  {
    let sign = comparison.sign
    switch (term.kind, value) {
    case (_, .missing):
      throw NotExact("a comparison with a missing value is unknown everywhere")
    case (.number(let scale, _), .number(let number)):
      return try compare(term, comparison, with: number, scale: scale)
    case (.number, .real(let number)):
      return "\(try real(term)) \(sign) \(SQLFragment(.double(number)))"
    case (.real, .number), (.real, .real):
      return "\(term.sql) \(sign) \(SQLFragment(.double(value.double ?? 0)))"
    case (.text, .text(let text)):
      let compared = comparison.isOfOrder ? dialect.ordered(term.sql) : term.sql
      return "\(compared) \(sign) \(SQLFragment(.text(text.composed)))"
    case (.truth, .truth(let truth)) where comparison == .equal || comparison == .notEqual:
      return "\(term.sql) \(sign) \(dialect.truth(truth))"
    case (.band, .band(let place, _)):
      return "\(term.sql) \(sign) \(SQLFragment(Int64(place)))"
    case (.band(let bands), .text(let label)) where comparison == .equal || comparison == .notEqual:
      let place = bands.labels.firstIndex(of: label)
      guard let place else { return comparison == .equal ? never(term) : always(term) }
      return "\(term.sql) \(sign) \(SQLFragment(Int64(place)))"
    case (.date, _), (.moment, _), (.period, _):
      return try compareTime(term, comparison, with: value)
    default:
      guard comparison == .equal || comparison == .notEqual else {
        throw NotExact("values of different kinds")
      }
      return comparison == .equal ? never(term) : always(term)
    }
  }

  private func compare(
    _ term: SQLTerm, _ comparison: Comparison, with number: Decimal, scale: Int
  ) throws -> SQLFragment {
    if let units = units(of: number, scale: scale) {
      return "\(term.sql) \(comparison.sign) \(dialect.whole(units))"
    }
    guard number.scale > scale else { throw NotExact("the number has too many digits") }
    let (cut, rest) = number.units.quotientAndRemainder(
      dividingBy: Decimal.power(number.scale - scale))
    guard let below = Int64(exactly: rest < 0 ? cut - 1 : cut) else {
      throw NotExact("the number has too many digits")
    }
    // Between two neighbours: below it is at most the lower one.
    switch comparison {
    case .equal: return never(term)
    case .notEqual: return always(term)
    case .less, .lessOrEqual: return "\(term.sql) <= \(dialect.whole(below))"
    case .greater, .greaterOrEqual: return "\(term.sql) > \(dialect.whole(below))"
    }
  }

  /// Dates, moments and periods compare by the days they cover.
  private func compareTime(_ term: SQLTerm, _ comparison: Comparison, with value: Value) throws
    -> SQLFragment
  {
    if case .moment(let separator) = term.kind, case .moment = value {
      let text = value.description.replacing(" ", with: separator)
      return "\(term.sql) \(comparison.sign) \(SQLFragment(.text(text)))"
    }
    let span: Period
    switch (value, value.day) {
    case (.period(let period), _): span = period
    case (_, let day?): span = Period(.day, of: day)
    default:
      guard comparison == .equal || comparison == .notEqual else {
        throw NotExact("values of different kinds")
      }
      return comparison == .equal ? never(term) : always(term)
    }
    guard case .period(let unit) = term.kind else {
      return compare(try date(term), comparison, with: span)
    }
    if span.unit == .day || span.unit == unit {
      let first = Period(unit, of: span.first).first
      return "\(term.sql) \(comparison.sign) \(dialect.literal(first))"
    }
    guard unit.fits(in: span.unit) else { throw NotExact("periods that overlap") }
    return compare(term.sql, comparison, with: span)
  }

  private func compare(_ date: SQLFragment, _ comparison: Comparison, with span: Period)
    -> SQLFragment
  {
    let first = dialect.literal(span.first)
    let last = dialect.literal(span.last)
    switch comparison {
    case .equal:
      return span.first == span.last
        ? "\(date) = \(first)" : dialect.between(date, first, last)
    case .notEqual:
      return span.first == span.last
        ? "\(date) <> \(first)" : "(\(dialect.negation(dialect.between(date, first, last))))"
    case .less: return "\(date) < \(first)"
    case .lessOrEqual: return "\(date) <= \(last)"
    case .greater: return "\(date) > \(last)"
    case .greaterOrEqual: return "\(date) >= \(first)"
    }
  }

  // MARK: With one another

  private func compare(_ left: SQLTerm, _ comparison: Comparison, _ right: SQLTerm) throws
    -> SQLFragment
  {
    let sign = comparison.sign
    switch (left.kind, right.kind) {
    case (.real, .real), (.real, .number), (.number, .real):
      return "\(try real(left)) \(sign) \(try real(right))"
    case (.date, .moment), (.moment, .date):
      return "\(try date(left)) \(sign) \(try date(right))"
    case (.truth, .truth) where comparison != .equal && comparison != .notEqual:
      throw NotExact("conditions have no order")
    default:
      let (a, b, kind) = try alike(left, right)
      if case .text = kind, comparison.isOfOrder {
        return "\(dialect.ordered(a.sql)) \(sign) \(dialect.ordered(b.sql))"
      }
      return "\(a.sql) \(sign) \(b.sql)"
    }
  }
}

extension Comparison {
  fileprivate var sign: SQLFragment {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  fileprivate var isOfOrder: Bool { self != .equal && self != .notEqual }

  /// The comparison with its sides exchanged.
  fileprivate var flipped: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension PeriodUnit {
  /// Whether every period of this unit lies in one of the other.
  fileprivate func fits(in other: PeriodUnit) -> Bool {
    switch (self, other) {
    case (.day, _), (.month, .quarter), (.month, .year), (.quarter, .year): true
    default: self == other
    }
  }
}

extension String {
  /// The text with `A`–`Z` as `a`–`z`.
  fileprivate var foldedASCII: String {
    String(
      decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
