internal import Columns

extension SQLWriter {
  func term(_ field: Field) throws -> SQLTerm {
    switch field {
    case .column(let name, let meaning):
      return try column(name, meaning)
    case .computed(_, let expression):
      return try term(expression)
    case .period(let unit, let inner):
      let date = try date(try term(inner))
      return SQLTerm(sql: "(\(dialect.period(unit, of: date)))", kind: .period(unit))
    case .weekday(let inner):
      return try part(.weekday, of: try date(try term(inner)))
    case .linked(let link, let value):
      return try linked(link, value)
    case .picked(let pick):
      throw NotExact("\(pick.name) looks from one row at others")
    }
  }

  /// The date of a date or a moment.
  func date(_ term: SQLTerm) throws -> SQLFragment {
    switch term.kind {
    case .date: return term.sql
    case .moment: return dialect.date(ofMoment: term.sql)
    default: throw NotExact("only a date has a period")
    }
  }

  private func column(_ name: String, _ meaning: Meaning) throws -> SQLTerm {
    let column = catalogue.stored(name, in: dialect)
    let storage = try catalogue.storage(of: name)
    switch (meaning.type, storage) {
    case (.category, .text(let isASCII)?), (.code, .text(let isASCII)?),
      (.text, .text(let isASCII)?), (.boolean, .text(let isASCII)?):
      return text(dialect.bytewise(column), meaning, isASCII: isASCII)
    case (.category, .integer?), (.code, .integer?), (.text, .integer?), (.boolean, .integer?):
      return text(dialect.text(of: column), meaning, isASCII: true)
    case (.integer, .integer(let range)?), (.decimal, .integer(let range)?):
      return try number(column, meaning, scale: 0, range: range)
    case (.integer, .double(let scale, let range)?), (.decimal, .double(let scale, let range)?):
      return try number(
        dialect.units(of: column, scale: scale), meaning, scale: scale, range: range)
    case (.integer, .decimal(let scale, let range)?), (.decimal, .decimal(let scale, let range)?):
      return try number(
        dialect.units(ofDecimal: column, scale: scale), meaning, scale: scale, range: range)
    case (.date, .day?):
      return try day(name, column, meaning)
    case (.category, .day?), (.code, .day?), (.text, .day?):
      return text(dialect.text(of: column), meaning, isASCII: true)
    case (.date, .moment?), (.datetime, .moment?):
      return try moment(name, column, meaning)
    case (.integer, .text?), (.decimal, .text?):
      return try spelledNumber(name, column, meaning)
    case (.date, .text?), (.datetime, .text?):
      return try spelledDate(name, column, meaning)
    default:
      throw NotExact("the cells of \(name) are stored in ways that differ")
    }
  }

  private func text(_ column: SQLFragment, _ meaning: Meaning, isASCII: Bool) -> SQLTerm {
    let targets = meaning.recode.values.joined()
    return SQLTerm(
      sql: recoded(column, meaning),
      kind: .text(isASCII: isASCII && targets.utf8.allSatisfy { $0 < 0x80 }))
  }

  /// The text with its missing codes as NULL and the others as what they stand for.
  private func recoded(_ column: SQLFragment, _ meaning: Meaning) -> SQLFragment {
    let codes = exceptions(of: meaning)
    guard codes.count > 1 else { return dialect.present(column) }
    let cases = codes.map { code -> (SQLFragment, SQLFragment?) in
      if code.isEmpty { return ("''", nil) }
      let target = target(of: code, in: meaning)
      return (
        SQLFragment(.text(code.composed)), target.map { SQLFragment(.text($0.composed)) }
      )
    }
    return dialect.recoded(column, cases)
  }

  /// The texts that do not stand for themselves, in order: the empty one, missing codes, recoded.
  private func exceptions(of meaning: Meaning) -> [String] {
    Set([""] + meaning.missing + meaning.recode.keys).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }

  /// What a text stands for; nothing where it is missing.
  private func target(of code: String, in meaning: Meaning) -> String? {
    if code.isEmpty || meaning.missing.contains(code) { return nil }
    let target = meaning.recode[code] ?? code
    return target.isEmpty || meaning.missing.contains(target) ? nil : target
  }

  private func number(
    _ units: SQLFragment, _ meaning: Meaning, scale: Int, range: ClosedRange<Int64>
  ) throws -> SQLTerm {
    var range = range
    var cases: [(SQLFragment, SQLFragment?)] = []
    for code in exceptions(of: meaning) {
      // A code that no stored number is written as can't occur.
      guard let number = Decimal(plain: code), number.description == code, number.scale <= scale,
        let stored = Int64(exactly: number.units(atScale: scale))
      else { continue }
      guard let target = target(of: code, in: meaning) else {
        cases.append((dialect.whole(stored), nil))
        continue
      }
      guard let number = Decimal(plain: target), number.scale <= scale,
        let new = Int64(exactly: number.units(atScale: scale))
      else { throw NotExact("\(code) stands for \(target)") }
      range = min(range.lowerBound, new)...max(range.upperBound, new)
      cases.append((dialect.whole(stored), dialect.whole(new)))
    }
    let kind = SQLTerm.Kind.number(scale: scale, range: range)
    guard !cases.isEmpty else { return SQLTerm(sql: units, kind: kind) }
    return SQLTerm(sql: dialect.recoded(units, cases), kind: kind)
  }

  private func day(_ name: String, _ column: SQLFragment, _ meaning: Meaning) throws -> SQLTerm {
    guard (meaning.dateOrder ?? .yearMonthDay) == .yearMonthDay else {
      throw NotExact("\(name) is not written year, month, day")
    }
    let stored = dialect.date(ofDay: column)
    var cases: [(SQLFragment, SQLFragment?)] = []
    for code in exceptions(of: meaning) {
      // A code that no day is written as can't occur.
      guard let day = Day(iso: code), day.description == code else { continue }
      guard let target = target(of: code, in: meaning) else {
        cases.append((dialect.literal(day), nil))
        continue
      }
      guard let new = Day(iso: target), new.description == target else {
        throw NotExact("\(name) is recoded to \(target)")
      }
      cases.append((dialect.literal(day), dialect.literal(new)))
    }
    return SQLTerm(sql: cases.isEmpty ? stored : dialect.recoded(stored, cases), kind: .date)
  }

  private func moment(_ name: String, _ column: SQLFragment, _ meaning: Meaning) throws
    -> SQLTerm
  {
    guard (meaning.dateOrder ?? .yearMonthDay) == .yearMonthDay, meaning.missing.isEmpty,
      meaning.recode.isEmpty
    else { throw NotExact("\(name) has codes among its dates, or is not written year, month, day") }
    let text = dialect.text(ofMoment: column)
    return meaning.type == .date
      ? SQLTerm(sql: dialect.date(ofMoment: text), kind: .date)
      : SQLTerm(sql: text, kind: .moment(separator: " "))
  }

  private func spelledNumber(_ name: String, _ column: SQLFragment, _ meaning: Meaning) throws
    -> SQLTerm
  {
    let limit: Int64 = 999_999_999_999_999
    guard try catalogue.has(.integer, column: name, except: exceptions(of: meaning)) else {
      throw NotExact("\(name) holds texts that are no whole numbers")
    }
    for case let target? in meaning.recode.keys.map({ target(of: $0, in: meaning) }) {
      guard let number = Decimal(plain: target), number.description == target,
        let whole = number.integer, whole.magnitude <= limit
      else { throw NotExact("\(name) is recoded to \(target)") }
    }
    return SQLTerm(
      sql: dialect.integer(of: recoded(dialect.bytewise(column), meaning)),
      kind: .number(scale: 0, range: -limit...limit))
  }

  private func spelledDate(_ name: String, _ column: SQLFragment, _ meaning: Meaning) throws
    -> SQLTerm
  {
    let text = recoded(dialect.bytewise(column), meaning)
    let exceptions = exceptions(of: meaning)
    guard (meaning.dateOrder ?? .yearMonthDay) == .yearMonthDay else {
      throw NotExact("\(name) is not written year, month, day")
    }
    for case let target? in meaning.recode.keys.map({ target(of: $0, in: meaning) }) {
      guard meaning.type == .date, Day(iso: target)?.description == target else {
        throw NotExact("\(name) is recoded to \(target)")
      }
    }
    if meaning.type == .date, try catalogue.has(.date, column: name, except: exceptions) {
      return SQLTerm(sql: dialect.date(of: text), kind: .date)
    }
    for separator in [" ", "T"] where meaning.recode.isEmpty {
      let shape = SQLTextShape.moment(separator: separator)
      guard try catalogue.has(shape, column: name, except: exceptions) else { continue }
      return meaning.type == .date
        ? SQLTerm(sql: dialect.date(ofMoment: text), kind: .date)
        : SQLTerm(sql: text, kind: .moment(separator: separator))
    }
    throw NotExact("\(name) holds texts that are no dates of one form")
  }
}
