/// One cell's meaning: what tests compare, keys group and tables show.
package enum Value: Hashable, Sendable {
  case truth(Bool)
  case number(Decimal)
  /// A number that has no exact decimal form here: the result of a division.
  case real(Double)
  case date(Day)
  /// A date with a time of day, as written: seconds since 1970-01-01T00:00:00 of the same clock.
  case moment(seconds: Int)
  case period(Period)
  /// A class of a banded number: its place among the classes, from 0, and what it is called.
  case band(place: Int, label: String)
  case text(String)
  case missing
}

extension Value: Comparable {
  /// The order of Docket: false before true, numbers by size, dates by time, bands by place, text
  /// by its UTF-8 bytes, missing last.
  package static func < (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.truth(let a), .truth(let b)): !a && b
    case (.number(let a), .number(let b)): a < b
    case (.number(let a), .real(let b)): a.double < b
    case (.real(let a), .number(let b)): a < b.double
    case (.real(let a), .real(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.moment(let a), .moment(let b)): a < b
    case (.period(let a), .period(let b)): a < b
    case (.band(let a, let first), .band(let b, let second)):
      a != b ? a < b : first.utf8.lexicographicallyPrecedes(second.utf8)
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .truth: 0
    case .number, .real: 1
    case .date: 2
    case .moment: 3
    case .period: 4
    case .band: 5
    case .text: 6
    case .missing: 7
    }
  }
}

extension Value {
  package var isMissing: Bool { self == .missing }

  package var double: Double? {
    switch self {
    case .number(let decimal): decimal.double
    case .real(let double): double
    default: nil
    }
  }

  /// The civil date of a date or a moment.
  package var day: Day? {
    switch self {
    case .date(let day): day
    case .moment(let seconds):
      Day(number: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    default: nil
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as text without grouping marks; `?` stands for a missing one.
  package var description: String {
    switch self {
    case .truth(let truth): return truth ? "yes" : "no"
    case .number(let decimal): return decimal.description
    case .real(let double): return "\(double)"
    case .date(let day): return day.description
    case .moment(let seconds):
      let day = self.day ?? Day(number: 0)
      let second = seconds - day.number * 86_400
      return "\(day) " + Day.padded(second / 3600, 2) + ":" + Day.padded(second / 60 % 60, 2)
        + ":" + Day.padded(second % 60, 2)
    case .period(let period): return period.description
    case .band(_, let label): return label
    case .text(let text): return text
    case .missing: return "?"
    }
  }
}
