package import Columns

extension Evaluation {
  /// How two values stand to each other.
  package enum Order: Hashable, Sendable {
    case less, equal, greater
    /// Values of different kinds, or periods that overlap: not equal, and neither is first.
    case apart
  }

  /// The order of two values that are there.
  ///
  /// Numbers compare by size, text by its bytes, a band with its label. A date compares with a
  /// period as a whole: equal inside it, less before its first day, greater after its last.
  package static func order(_ left: Value, _ right: Value) -> Order {
    switch (left, right) {
    case (.number(let a), .number(let b)): return order(a, b)
    case (.number, .real), (.real, .number), (.real, .real):
      guard let a = left.double, let b = right.double else { return .apart }
      return order(a, b)
    case (.truth(let a), .truth(let b)): return a == b ? .equal : (b ? .less : .greater)
    case (.moment(let a), .moment(let b)): return order(a, b)
    case (.band(let a, _), .band(let b, _)): return order(a, b)
    case (.band(_, let a), .text(let b)), (.text(let a), .band(_, let b)):
      return a == b ? .equal : .apart
    case (.text(let a), .text(let b)):
      if a == b { return .equal }
      return a.utf8.lexicographicallyPrecedes(b.utf8) ? .less : .greater
    default:
      guard let a = days(of: left), let b = days(of: right) else { return .apart }
      if a.upperBound < b.lowerBound { return .less }
      if a.lowerBound > b.upperBound { return .greater }
      let isDay = a.count == 1 || b.count == 1
      return b.contains(a.lowerBound) && b.contains(a.upperBound) || isDay ? .equal : .apart
    }
  }

  /// Whether a comparison holds; nothing where a value is missing, or where neither of two values
  /// is first.
  package static func compare(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool? {
    if left.isMissing || right.isMissing { return nil }
    let order = order(left, right)
    switch comparison {
    case .equal: return order == .equal
    case .notEqual: return order != .equal
    case .less: return order == .apart ? nil : order == .less
    case .lessOrEqual: return order == .apart ? nil : order != .greater
    case .greater: return order == .apart ? nil : order == .greater
    case .greaterOrEqual: return order == .apart ? nil : order != .less
    }
  }

  /// Whether one value passes a test; nothing where the value is missing.
  package static func decide(_ test: Test, _ value: Value) -> Bool? {
    if value.isMissing { return nil }
    switch test {
    case .among(let values):
      return values.contains(value) || values.contains { order(value, $0) == .equal }
    case .compare(let comparison, let other):
      return compare(value, comparison, other)
    case .between(let lower, let upper):
      let isAbove = lower.map { compare(value, .greaterOrEqual, $0) } ?? true
      let isBelow = upper.map { compare(value, .lessOrEqual, $0) } ?? true
      if isAbove == false || isBelow == false { return false }
      return isAbove == nil || isBelow == nil ? nil : true
    case .contains(let part):
      return holds(folded(part), in: folded(value.description))
    case .starts(let part):
      return folded(value.description).starts(with: folded(part))
    }
  }

  /// The days that a date, a moment or a period covers.
  private static func days(of value: Value) -> ClosedRange<Int>? {
    switch value {
    case .date(let day): day.number...day.number
    case .moment: value.day.map { $0.number...$0.number }
    case .period(let period): period.first.number...period.last.number
    default: nil
    }
  }

  private static func order<Number: Comparable>(_ a: Number, _ b: Number) -> Order {
    a < b ? .less : (b < a ? .greater : .equal)
  }

  /// The bytes of a text with `A`–`Z` as `a`–`z`.
  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
  }

  private static func holds(_ part: [UInt8], in whole: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { start in
      whole[start] == first && whole[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
