internal import Columns

/// A piece of SQL that stands for a value, with what its results mean.
struct SQLTerm {
  enum Kind: Hashable, Sendable {
    /// A whole number of units, `units / 10^scale`, that never leaves the range.
    case number(scale: Int, range: ClosedRange<Int64>)
    /// A double that is the result of a division.
    case real
    /// Text in canonical composition; `isASCII` where it holds nothing else.
    case text(isASCII: Bool)
    case date
    /// `2021-04-01 08:30:00` with this between date and time.
    case moment(separator: String)
    /// A date that is the first day of its period.
    case period(PeriodUnit)
    case truth
    /// The place of the class, from 0.
    case band(Bands)
  }

  var sql: SQLFragment
  var kind: Kind
}

/// What a database gave in one cell.
package enum SQLCell: Hashable, Sendable {
  case null
  case integer(Int64)
  case double(Double)
  case text(String)
}

extension SQLTerm.Kind {
  /// The value of a cell of this kind; missing for NULL.
  func value(of cell: SQLCell) -> Value {
    switch (self, cell) {
    case (.number(let scale, _), .integer(let units)):
      return .number(Decimal(units: Int128(units), scale: scale))
    case (.number(let scale, _), .text(let digits)):
      // More digits than a cell of numbers holds.
      return Int128(digits).map { .number(Decimal(units: $0, scale: scale)) } ?? .missing
    case (.real, .double(let number)):
      return .real(number)
    case (.text, .text(let text)):
      return .text(text)
    case (.date, .text(let text)):
      return Day(iso: text).map(Value.date) ?? .missing
    case (.date, .integer(let number)):
      return Day(exactly: number).map(Value.date) ?? .missing
    case (.period(let unit), .integer(let number)):
      return Day(exactly: number).map { .period(Period(unit, of: $0)) } ?? .missing
    case (.moment, .text(let text)):
      return SQLTerm.Kind.moment(text)
    case (.period(let unit), .text(let text)):
      return Day(iso: text).map { .period(Period(unit, of: $0)) } ?? .missing
    case (.truth, .integer(let number)):
      return .truth(number != 0)
    case (.band(let bands), .integer(let place)):
      let labels = bands.labels
      let index = Int(clamping: place)
      return labels.indices.contains(index) ? .band(place: index, label: labels[index]) : .missing
    default:
      return .missing
    }
  }

  private static func moment(_ text: String) -> Value {
    let time = text.utf8.dropFirst(11).split(separator: UInt8(ascii: ":")).compactMap {
      Int(Substring($0))
    }
    guard let day = Day(iso: text), time.count == 3 else { return .missing }
    return .moment(seconds: day.number * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
  }
}

extension Day {
  /// The day of this number; nothing for one that no year from 1 to 9999 has.
  fileprivate init?(exactly number: Int64) {
    guard (-719_162...2_932_896).contains(number) else { return nil }
    self.init(number: Int(number))
  }

  /// Reads the first ten characters, `2021-04-01`.
  init?(iso text: String) {
    let parts = text.utf8.prefix(10).split(separator: UInt8(ascii: "-")).compactMap {
      Int(Substring($0))
    }
    guard parts.count == 3 else { return nil }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }
}
