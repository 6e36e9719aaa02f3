internal import Columns

extension SQLWriter {
  func term(_ expression: Expression) throws -> SQLTerm {
    switch expression {
    case .field(let field):
      return try term(field)
    case .literal(let value):
      return try literal(value)
    case .arithmetic(let operation, let left, let right):
      return try calculate(operation, try term(left), try term(right))
    case .call(let function, let arguments):
      return try call(function, arguments)
    case .choose(let condition, let then, let otherwise):
      let test = try self.condition(condition)
      let (a, b, kind) = try alike(try term(then), try term(otherwise))
      return SQLTerm(sql: dialect.choice(test, a.sql, b.sql), kind: kind)
    case .truth(let condition):
      return SQLTerm(sql: "(\(try self.condition(condition)))", kind: .truth)
    }
  }

  private func literal(_ value: Value) throws -> SQLTerm {
    switch value {
    case .number(let number):
      guard let units = Int64(exactly: number.units), units != .min else { break }
      return SQLTerm(
        sql: dialect.whole(units), kind: .number(scale: number.scale, range: units...units))
    case .text(let text) where !text.isEmpty:
      let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
      return SQLTerm(sql: SQLFragment(.text(text.composed)), kind: .text(isASCII: isASCII))
    case .date(let day):
      return SQLTerm(sql: dialect.literal(day), kind: .date)
    case .truth(let truth):
      return SQLTerm(sql: dialect.truth(truth), kind: .truth)
    default:
      break
    }
    throw NotExact("\(value) has no exact form in SQL")
  }

  // MARK: Arithmetic

  func calculate(_ operation: Arithmetic, _ left: SQLTerm, _ right: SQLTerm) throws -> SQLTerm {
    switch (left.kind, right.kind) {
    case (.number(let scale, let a), .number(let otherScale, let b)):
      switch operation {
      case .divide: return try calculateReal(operation, left, right)
      case .multiply:
        let products = try [a.lowerBound, a.upperBound].flatMap { x in
          try [b.lowerBound, b.upperBound].map {
            try checked(x.multipliedReportingOverflow(by: $0))
          }
        }
        guard let least = products.min(), let greatest = products.max(), scale + otherScale <= 18
        else { throw NotExact("the product has too many digits") }
        return SQLTerm(
          sql: "(\(left.sql) * \(right.sql))",
          kind: .number(scale: scale + otherScale, range: least...greatest))
      case .add, .subtract:
        return try sum(operation, left, right)
      }
    case (.number, .real), (.real, .number), (.real, .real):
      return try calculateReal(operation, left, right)
    case (.date, .date), (.date, .moment), (.moment, .date):
      guard operation == .subtract else { break }
      return days(from: try date(right), to: try date(left))
    default:
      break
    }
    throw NotExact("\(operation.rawValue) between these has no exact form in SQL")
  }

  private func sum(_ operation: Arithmetic, _ left: SQLTerm, _ right: SQLTerm) throws -> SQLTerm {
    let (x, y, _) = try alike(left, right)
    guard case .number(let scale, let a) = x.kind, case .number(_, let b) = y.kind else {
      throw NotExact("only numbers add up")
    }
    if operation == .add {
      let least = try checked(a.lowerBound.addingReportingOverflow(b.lowerBound))
      let greatest = try checked(a.upperBound.addingReportingOverflow(b.upperBound))
      return SQLTerm(
        sql: "(\(x.sql) + \(y.sql))", kind: .number(scale: scale, range: least...greatest))
    }
    let least = try checked(a.lowerBound.subtractingReportingOverflow(b.upperBound))
    let greatest = try checked(a.upperBound.subtractingReportingOverflow(b.lowerBound))
    return SQLTerm(
      sql: "(\(x.sql) - \(y.sql))", kind: .number(scale: scale, range: least...greatest))
  }

  private func calculateReal(_ operation: Arithmetic, _ left: SQLTerm, _ right: SQLTerm) throws
    -> SQLTerm
  {
    let a = try real(left)
    let b = try real(right)
    let sql: SQLFragment =
      switch operation {
      case .add: "(\(a) + \(b))"
      case .subtract: "(\(a) - \(b))"
      case .multiply: "(\(a) * \(b))"
      case .divide: "(\(a) / NULLIF(\(b), 0))"
      }
    return SQLTerm(sql: sql, kind: .real)
  }

  /// A number as the nearest double, which one division by a power of ten gives up to 2⁵³ units.
  func real(_ term: SQLTerm) throws -> SQLFragment {
    switch term.kind {
    case .real: return term.sql
    case .number(let scale, let range):
      let limit: Int64 = 1 << 53
      guard range.lowerBound >= -limit, range.upperBound <= limit else {
        throw NotExact("the number has too many digits for a quotient")
      }
      return dialect.double(of: term.sql, scale: scale)
    default: throw NotExact("only numbers are divided")
    }
  }

  /// Both terms with the one kind that holds either: numbers at one scale.
  func alike(_ left: SQLTerm, _ right: SQLTerm) throws -> (SQLTerm, SQLTerm, SQLTerm.Kind) {
    switch (left.kind, right.kind) {
    case (.number(let a, _), .number(let b, _)):
      let scale = max(a, b)
      let (x, y) = (try scaled(left, to: scale), try scaled(right, to: scale))
      guard case .number(_, let first) = x.kind, case .number(_, let second) = y.kind else { break }
      let range =
        min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound)
      return (x, y, .number(scale: scale, range: range))
    case (.text(let a), .text(let b)):
      return (left, right, .text(isASCII: a && b))
    default:
      if left.kind == right.kind { return (left, right, left.kind) }
    }
    throw NotExact("values of different kinds")
  }

  private func scaled(_ term: SQLTerm, to scale: Int) throws -> SQLTerm {
    guard case .number(let own, let range) = term.kind, scale > own else { return term }
    guard scale <= 18 else { throw NotExact("the number has too many digits") }
    let power = Int64(Decimal.power(scale - own))
    let least = try checked(range.lowerBound.multipliedReportingOverflow(by: power))
    let greatest = try checked(range.upperBound.multipliedReportingOverflow(by: power))
    return SQLTerm(
      sql: "(\(term.sql) * \(dialect.whole(power)))",
      kind: .number(scale: scale, range: least...greatest))
  }

  /// A bound that 64 bits hold, so that no result of the database does not.
  private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws -> Int64 {
    guard !result.overflow, result.partialValue != .min else {
      throw NotExact("the number may have too many digits")
    }
    return result.partialValue
  }

  // MARK: Functions

  private func call(_ function: Function, _ arguments: [Expression]) throws -> SQLTerm {
    if function == .band { return try band(arguments) }
    let terms = try arguments.map { try term($0) }
    guard let first = terms.first else { throw NotExact("\(function.rawValue) of nothing") }
    switch function {
    case .year, .quarter, .month, .week, .weekday, .day:
      if case .period = first.kind { return try part(function, of: first.sql) }
      return try part(function, of: try date(first))
    case .days:
      guard terms.count == 2 else { break }
      return days(from: try date(first), to: try date(terms[1]))
    case .lower:
      guard first.kind == .text(isASCII: true) else { break }
      return SQLTerm(sql: dialect.lower(first.sql), kind: first.kind)
    case .trim:
      guard first.kind == .text(isASCII: true) else { break }
      return SQLTerm(sql: "NULLIF(\(dialect.trim(first.sql)), '')", kind: first.kind)
    case .abs:
      guard case .number(let scale, let range) = first.kind, range.lowerBound != .min else { break }
      let greatest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
      return SQLTerm(
        sql: dialect.magnitude(first.sql), kind: .number(scale: scale, range: 0...Int64(greatest)))
    case .round:
      return try round(first, arguments.dropFirst().first)
    case .coalesce:
      var result = first
      for other in terms.dropFirst() {
        let (a, b, kind) = try alike(result, other)
        result = SQLTerm(sql: "COALESCE(\(a.sql), \(b.sql))", kind: kind)
      }
      return result
    case .band, .ascii:
      break
    }
    throw NotExact("\(function.rawValue) of this has no exact form in SQL")
  }

  func part(_ part: Function, of date: SQLFragment) throws -> SQLTerm {
    guard let sql = dialect.part(part, of: date) else {
      throw NotExact("the \(part.rawValue) of a date has no exact form in SQL")
    }
    return SQLTerm(sql: "(\(sql))", kind: .number(scale: 0, range: 0...9999))
  }

  private func days(from start: SQLFragment, to end: SQLFragment) -> SQLTerm {
    SQLTerm(
      sql: dialect.days(from: start, to: end),
      kind: .number(scale: 0, range: -4_000_000...4_000_000))
  }

  private func round(_ term: SQLTerm, _ digits: Expression?) throws -> SQLTerm {
    var places = 0
    if let digits {
      guard case .literal(.number(let number)) = digits, let wanted = number.integer,
        (0...15).contains(wanted)
      else { throw NotExact("the digits to round to are no number") }
      places = wanted
    }
    guard case .number(let scale, let range) = term.kind else {
      throw NotExact("only exact numbers round alike everywhere")
    }
    guard scale > places else { return term }
    let unit = Int64(Decimal.power(scale - places))
    let half = dialect.whole(unit / 2)
    let lower = try checked(range.lowerBound.subtractingReportingOverflow(unit / 2))
    let upper = try checked(range.upperBound.addingReportingOverflow(unit / 2))
    let carried: SQLFragment =
      "\(term.sql) + CASE WHEN \(term.sql) < 0 THEN -\(half) ELSE \(half) END"
    return SQLTerm(
      sql: "(\(dialect.quotient(carried, unit)))",
      kind: .number(scale: places, range: (lower / unit)...(upper / unit)))
  }

  private func band(_ arguments: [Expression]) throws -> SQLTerm {
    guard let banded = arguments.first, let bands = Bands(of: arguments) else {
      throw NotExact("a bound of a band is no number")
    }
    let number = try term(banded)
    let cases = try bands.bounds.enumerated().map { place, bound -> SQLFragment in
      let isBelow = try condition(number, .compare(.less, .number(bound)))
      return "WHEN \(isBelow) THEN \(SQLFragment(Int64(place)))"
    }
    let last = SQLFragment(Int64(bands.bounds.count))
    return SQLTerm(
      sql: """
        CASE \(cases.joined(" ")) WHEN \(number.sql) IS NOT NULL THEN \(last) END
        """, kind: .band(bands))
  }
}
