/// A date as it was written: `2021-04-01`, `4/1/2021 12:00:00 AM`, `20210401`.
///
/// A zone behind the time is read past: the date is the one that was written.
struct WrittenDate {
  enum Shape: Hashable, Sendable {
    /// `2021-04-01`
    case yearFirst
    /// `4/1/2021`, `1.4.2021`: the card or the column says which is the month.
    case yearLast
    /// `20210401`
    case compact
  }

  let shape: Shape
  private let parts: (Int, Int, Int)
  /// The time of day; nothing where none is written.
  private(set) var seconds: Int?

  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var cursor = ByteCursor(text)
    cursor.skipSpaces()
    guard let first = cursor.takeNumber(atMost: 8) else { return nil }
    if first.digitCount == 8 {
      shape = .compact
      parts = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
      cursor.skipSpaces()
      guard cursor.isAtEnd else { return nil }
      return
    }
    guard let mark = cursor.peek.map({ Unicode.Scalar($0) }),
      mark == "-" || mark == "/" || mark == ".", cursor.take(mark),
      let second = cursor.takeNumber(atMost: 2), cursor.take(mark),
      let third = cursor.takeNumber(atMost: 4)
    else { return nil }
    if first.digitCount == 4, third.digitCount <= 2 {
      shape = .yearFirst
    } else if first.digitCount <= 2, third.digitCount == 4 {
      shape = .yearLast
    } else {
      return nil
    }
    parts = (first.value, second.value, third.value)
    guard takeTime(&cursor) else { return nil }
  }

  /// What follows the date: nothing, or a time with or without fraction, half of the day and zone.
  private mutating func takeTime(_ cursor: inout ByteCursor) -> Bool {
    let isMarked = cursor.take("T")
    cursor.skipSpaces()
    if cursor.isAtEnd { return !isMarked }
    guard var hour = cursor.takeNumber(atMost: 2)?.value, cursor.take(":"),
      let minute = cursor.takeNumber(atMost: 2)?.value, minute < 60
    else { return false }
    var second = 0
    if cursor.take(":") {
      guard let value = cursor.takeNumber(atMost: 2)?.value, value < 60 else { return false }
      second = value
      if cursor.take("."), cursor.takeNumber(atMost: 9) == nil { return false }
    }
    cursor.skipSpaces()
    if cursor.take("A") || cursor.take("a") {
      guard cursor.take("M") || cursor.take("m"), (1...12).contains(hour) else { return false }
      hour %= 12
    } else if cursor.take("P") || cursor.take("p") {
      guard cursor.take("M") || cursor.take("m"), (1...12).contains(hour) else { return false }
      hour = hour % 12 + 12
    }
    guard hour < 24, takeZone(&cursor) else { return false }
    seconds = hour * 3600 + minute * 60 + second
    return true
  }

  private func takeZone(_ cursor: inout ByteCursor) -> Bool {
    cursor.skipSpaces()
    if cursor.take("Z") {
    } else if cursor.take("+") || cursor.take("-") {
      guard cursor.takeNumber(atMost: 2) != nil else { return false }
      _ = cursor.take(":")
      _ = cursor.takeNumber(atMost: 2)
    }
    cursor.skipSpaces()
    return cursor.isAtEnd
  }

  /// The day, if the calendar has it; the order is asked for only where the year stands last.
  func day(_ order: DateOrder?) -> Day? {
    switch (shape, order) {
    case (.compact, .compact), (.yearFirst, _):
      Day(year: parts.0, month: parts.1, day: parts.2)
    case (.yearLast, .monthDayYear): Day(year: parts.2, month: parts.0, day: parts.1)
    case (.yearLast, .dayMonthYear): Day(year: parts.2, month: parts.1, day: parts.0)
    default: nil
    }
  }

  /// Whether both readings are the same day: `4/4/2021`.
  var readsAlike: Bool { parts.0 == parts.1 }
}
