package import Columns

extension Evaluation {
  /// One step of arithmetic; missing where an operand is missing or no number, and on division by
  /// zero.
  ///
  /// Sums, differences and products of exact numbers are exact up to 38 digits, and the nearest
  /// double beyond. A quotient is a double. A date takes whole days added or taken away; the
  /// difference of two dates is in days, and that of two dates with a time counts parts of a day.
  package static func calculate(_ operation: Arithmetic, _ left: Value, _ right: Value) -> Value {
    if let moved = moved(operation, left, right) { return moved }
    guard let a = left.double, let b = right.double else { return .missing }
    if case .number(let exactA) = left, case .number(let exactB) = right {
      let exact: Decimal? =
        switch operation {
        case .add: exactA.adding(exactB)
        case .subtract: exactA.adding(Decimal(units: -exactB.units, scale: exactB.scale))
        case .multiply: exactA.multiplied(by: exactB)
        case .divide: nil
        }
      if let exact { return .number(exact) }
    }
    switch operation {
    case .add: return real(a + b)
    case .subtract: return real(a - b)
    case .multiply: return real(a * b)
    case .divide: return b == 0 ? .missing : real(a / b)
    }
  }

  /// What a function gives for its arguments; missing where the first is missing or of the wrong
  /// kind.
  static func call(_ function: Function, _ arguments: [Value]) -> Value {
    guard let first = arguments.first, !first.isMissing else { return .missing }
    switch function {
    case .year, .quarter, .month, .week, .weekday, .day:
      return datePart(function, of: first)
    case .days:
      guard arguments.count == 2, let start = first.day, let end = arguments[1].day else {
        return .missing
      }
      return .number(Decimal(end.number - start.number))
    case .lower:
      guard case .text(let text) = first else { return .missing }
      return .text(text.lowercased())
    case .trim:
      guard case .text(let text) = first else { return .missing }
      let trimmed = trim(text)
      return trimmed.isEmpty ? .missing : .text(trimmed)
    case .ascii:
      guard case .text(let text) = first else { return .missing }
      return .truth(text.utf8.allSatisfy { $0 < 0x80 })
    case .abs:
      switch first {
      case .number(let number):
        return .number(
          number.units < 0 ? Decimal(units: -number.units, scale: number.scale) : number)
      case .real(let number): return .real(Swift.abs(number))
      default: return .missing
      }
    case .round:
      return round(first, arguments.count > 1 ? arguments[1] : .number(.zero))
    case .band, .coalesce:
      return value(of: .call(function, arguments.map(Expression.literal))) { _ in .missing }
    }
  }

  private static func datePart(_ part: Function, of value: Value) -> Value {
    let day: Day
    switch value {
    case .period(let period): day = period.first
    default:
      guard let civil = value.day else { return .missing }
      day = civil
    }
    let (year, month, dayOfMonth) = day.civil
    switch part {
    case .year: return .number(Decimal(year))
    case .quarter: return .number(Decimal((month + 2) / 3))
    case .month: return .number(Decimal(month))
    case .weekday: return .number(Decimal(day.weekday))
    case .day: return .number(Decimal(dayOfMonth))
    default:
      // ISO 8601: a week is that of its Thursday.
      let thursday = Day(number: day.number + 4 - day.weekday)
      let start = Day(year: thursday.year, month: 1, day: 1) ?? thursday
      return .number(Decimal((thursday.number - start.number) / 7 + 1))
    }
  }

  /// A date moved by days, or the days between two dates; nothing where the operands are no such
  /// pair.
  private static func moved(_ operation: Arithmetic, _ left: Value, _ right: Value) -> Value? {
    switch (operation, left, right) {
    case (.add, .date(let day), .number(let number)), (.add, .number(let number), .date(let day)):
      return day.moved(by: number).map(Value.date) ?? .missing
    case (.subtract, .date(let day), .number(let number)):
      let back = Decimal(units: -number.units, scale: number.scale)
      return day.moved(by: back).map(Value.date) ?? .missing
    case (.subtract, .date, .date), (.subtract, .date, .moment), (.subtract, .moment, .date):
      return call(.days, [right, left])
    case (.subtract, .moment(let end), .moment(let start)):
      let (days, rest) = (end - start).quotientAndRemainder(dividingBy: 86_400)
      return rest == 0 ? .number(Decimal(days)) : .real(Double(end - start) / 86_400)
    default:
      return nil
    }
  }

  private static func round(_ value: Value, _ digits: Value) -> Value {
    guard case .number(let wanted) = digits, let places = wanted.integer, (0...15).contains(places)
    else { return .missing }
    switch value {
    case .number(let number):
      guard number.scale > places else { return value }
      let unit = Decimal.power(number.scale - places)
      let (whole, rest) = number.units.quotientAndRemainder(dividingBy: unit)
      let carry: Int128 = rest.magnitude >= (unit / 2).magnitude ? (rest < 0 ? -1 : 1) : 0
      return .number(Decimal(units: whole + carry, scale: places))
    case .real(let number):
      let scaled = (number * Decimal.power(places).nearest).rounded(.toNearestOrAwayFromZero)
      guard scaled.magnitude < 1e18 else { return value }
      return .number(Decimal(units: Int128(scaled), scale: places))
    default:
      return .missing
    }
  }

  /// The text without white space at its ends.
  private static func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func real(_ number: Double) -> Value {
    number.isFinite ? .real(number) : .missing
  }
}

extension Int128 {
  fileprivate var nearest: Double { Double(self) }
}

extension Day {
  /// The date some whole days on; nothing for a part of a day or outside the years 1 to 9999.
  fileprivate func moved(by days: Decimal) -> Day? {
    guard let count = days.integer, count.magnitude < 4_000_000 else { return nil }
    let day = Day(number: number + count)
    return (1...9999).contains(day.year) ? day : nil
  }
}
