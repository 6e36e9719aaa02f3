package import Columns

/// ClickHouse from 18.16, over HTTP: it takes no bound values, so that literals are written out;
/// dates are the numbers of their days, conditions are 1 and 0.
///
/// Its dates are those from 1970 to 2105: a catalogue has no storage for others.
package struct ClickHouseDialect: SQLDialect {
  /// The zone whose clock moments are read by; named in each statement, so that servers that keep
  /// other clocks give the same.
  package let zone: String
  /// Whether the day of the number 0 is written as `0000-00-00` and means none, as older servers
  /// have it; else it is the first of January 1970.
  package let zeroIsNoDay: Bool

  package init(zone: String = "UTC", zeroIsNoDay: Bool = true) {
    self.zone = zone
    self.zeroIsNoDay = zeroIsNoDay
  }

  package func quoted(_ name: String) -> String {
    ClickHouseDialect.quoted(name, by: "`")
  }

  package func placeholder(_ number: Int) -> String { "{p\(number)}" }

  package func literal(_ value: SQLBinding) -> String? {
    switch value {
    case .integer(let number): "toInt64(\(number))"
    case .double(let number): "toFloat64(\(number))"
    case .text(let text): ClickHouseDialect.quoted(text, by: "'")
    }
  }

  /// Literals know the signs of C; a NUL would end the text for older servers.
  private static func quoted(_ text: String, by quote: Unicode.Scalar) -> String {
    var quoted = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\0": quoted += "\\0"
      case "\\", quote:
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    quoted.unicodeScalars.append(quote)
    return quoted
  }

  /// A plain literal has the smallest type that holds it, and unsigned ones do not mix with signed.
  package func whole(_ number: Int64) -> SQLFragment { "toInt64(\(SQLFragment(number)))" }

  // MARK: Conditions

  package func truth(_ truth: Bool) -> SQLFragment { truth ? "toUInt8(1)" : "toUInt8(0)" }

  package func number(of condition: SQLFragment) -> SQLFragment { condition }

  /// The server's own AND and OR are wrong about NULL in some versions: 0 AND NULL is NULL there. So
  /// false is 0, unknown 1 and true 2, of which the least or the greatest is taken.
  package func all(_ conditions: [SQLFragment]) -> SQLFragment {
    combined(conditions, by: "least")
  }

  package func any(_ conditions: [SQLFragment]) -> SQLFragment {
    combined(conditions, by: "greatest")
  }

  private func combined(_ conditions: [SQLFragment], by function: SQLFragment) -> SQLFragment {
    let ranks = conditions.map { "ifNull((\($0)) * 2, 1)" as SQLFragment }
    guard let first = ranks.first, ranks.count > 1 else { return "(\(conditions[0]))" }
    let rank = ranks.dropFirst().reduce(first) { "\(function)(\($0), \($1))" }
    return "(NULLIF(\(rank), 1) = 2)"
  }

  /// Statements are written anew for the other servers of a cluster, and NOT loses its brackets there:
  /// `(NOT (x)) * 2` becomes `NOT x * 2`.
  package func negation(_ condition: SQLFragment) -> SQLFragment { "((\(condition)) = 0)" }

  package func between(
    _ value: SQLFragment, _ least: SQLFragment, _ greatest: SQLFragment
  ) -> SQLFragment {
    all(["\(value) >= \(least)", "\(value) <= \(greatest)"])
  }

  package func choice(
    _ condition: SQLFragment, _ then: SQLFragment, _ otherwise: SQLFragment
  ) -> SQLFragment {
    "multiIf(\(condition), \(then), \(negation(condition)), \(otherwise), NULL)"
  }

  /// By itself, NULL is in no list, and not unknown.
  package func among(_ value: SQLFragment, _ listed: [SQLFragment]) -> SQLFragment {
    "if(isNull(\(value)), NULL, \(value) IN (\(listed.joined(", "))))"
  }

  package func recoded(
    _ value: SQLFragment, _ codes: [(code: SQLFragment, target: SQLFragment?)]
  ) -> SQLFragment {
    let cases = codes.map { code, target in
      "\(value) = \(code), \(target ?? "NULL")" as SQLFragment
    }
    return "multiIf(\(cases.joined(", ")), \(value))"
  }

  // MARK: Links

  /// Older servers take one, and know its columns by their plain names alone.
  package var mostJoins: Int { 1 }

  package func name(of result: SQLLinked, ofJoin number: Int) -> SQLFragment {
    "docket_\(result.name)"
  }

  /// The other table is asked once, whatever servers its rows and those that are counted are on, and
  /// sent to all that count. Whatever can be NULL is NULL where no row is found, and not 0 or the
  /// empty text. A value of the key is known to stand in one row: any of those is it.
  package func join(
    _ table: SQLFragment, _ results: [(name: SQLLinked, value: SQLFragment)], number: Int,
    on condition: SQLFragment
  ) -> SQLFragment {
    let selected = results.map { result -> SQLFragment in
      "toNullable(\(result.value)) AS \(name(of: result.name, ofJoin: number))"
    }
    return """
      GLOBAL ANY LEFT JOIN (
        SELECT \(selected.joined(", "))
        FROM \(table)
      ) AS docket_link ON \(condition)
      """
  }

  // MARK: Groups

  /// Keys that are constant would give one group of no rows.
  package func grouping(by keys: [SQLFragment]) -> SQLFragment {
    "GROUP BY \(keys.joined(", "))\nHAVING COUNT(*) > 0"
  }

  package func distinct(_ value: SQLFragment) -> SQLFragment { "ifNull(uniqExact(\(value)), 0)" }

  /// Sums of 64 bits wrap around without a word: they are taken where 10¹⁵ rows can't reach that.
  package func sum(_ number: SQLFragment, of range: ClosedRange<Int64>) -> SQLFragment {
    max(range.lowerBound.magnitude, range.upperBound.magnitude) < 9000
      ? "ifNull(SUM(\(number)), 0)" : "ifNull(SUM(toDecimal128(\(number), 0)), toDecimal128(0, 0))"
  }

  /// An extreme of nothing is 0 or the empty text, unless the values could be NULL.
  package func least(_ value: SQLFragment) -> SQLFragment { "MIN(toNullable(\(value)))" }

  package func greatest(_ value: SQLFragment) -> SQLFragment { "MAX(toNullable(\(value)))" }

  // MARK: Values

  /// Texts are bytes.
  package func bytewise(_ column: SQLFragment) -> SQLFragment { column }

  package func text(of stored: SQLFragment) -> SQLFragment { "toString(\(stored))" }

  package func integer(of text: SQLFragment) -> SQLFragment { "toInt64OrNull(\(text))" }

  package func units(of double: SQLFragment, scale: Int) -> SQLFragment {
    "toInt64(round(\(double) * \(whole(Int64(Decimal.power(scale))))))"
  }

  /// In 38 digits, so that no product of stored digits and a power of ten is too large.
  package func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment {
    """
    toInt64(toDecimal128(\(stored), \(SQLFragment(Int64(scale)))) \
    * \(whole(Int64(Decimal.power(scale)))))
    """
  }

  package func double(of units: SQLFragment, scale: Int) -> SQLFragment {
    let double: SQLFragment = "toFloat64(\(units))"
    return scale == 0 ? double : "(\(double) / \(whole(Int64(Decimal.power(scale)))))"
  }

  package func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment {
    "intDiv(\(dividend), \(whole(divisor)))"
  }

  /// The magnitude of a signed number is unsigned.
  package func magnitude(_ number: SQLFragment) -> SQLFragment { "toInt64(abs(\(number)))" }

  package func contains(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "position(lower(\(text)), \(SQLFragment(.text(part)))) > 0"
  }

  package func starts(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "startsWith(lower(\(text)), \(SQLFragment(.text(part))))"
  }

  package func lower(_ text: SQLFragment) -> SQLFragment { "lower(\(text))" }

  package func trim(_ text: SQLFragment) -> SQLFragment {
    let space = #"[\t\n\x0b\f\r ]+"#
    return "replaceRegexpAll(\(text), \(SQLFragment(.text("^\(space)|\(space)$"))), '')"
  }

  // MARK: Dates

  package func date(of text: SQLFragment) -> SQLFragment { "toInt64(toDateOrNull(\(text)))" }

  package func date(ofDay stored: SQLFragment) -> SQLFragment {
    zeroIsNoDay ? "NULLIF(toInt64(\(stored)), 0)" : "toInt64(\(stored))"
  }

  package func literal(_ day: Day) -> SQLFragment { whole(Int64(day.number)) }

  package func text(ofMoment stored: SQLFragment) -> SQLFragment {
    let text: SQLFragment = "toString(\(stored), \(SQLFragment(.text(zone))))"
    return zeroIsNoDay ? "if(toUInt32(\(stored)) = 0, NULL, \(text))" : text
  }

  package func date(ofMoment moment: SQLFragment) -> SQLFragment {
    date(of: "substring(\(moment), 1, 10)")
  }

  /// A date of the server for the number of a day.
  private func stored(_ date: SQLFragment) -> SQLFragment { "toDate(toUInt16(\(date)))" }

  package func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment {
    switch unit {
    case .year: "toInt64(toStartOfYear(\(stored(date))))"
    case .quarter: "toInt64(toStartOfQuarter(\(stored(date))))"
    case .month: "toInt64(toStartOfMonth(\(stored(date))))"
    // The first of January 1970 was a Thursday.
    case .week: "\(date) - (\(date) + 3) % 7"
    case .day: date
    }
  }

  package func part(_ part: Function, of date: SQLFragment) -> SQLFragment? {
    switch part {
    case .year: "toInt64(toYear(\(stored(date))))"
    case .quarter: "toInt64(toQuarter(\(stored(date))))"
    case .month: "toInt64(toMonth(\(stored(date))))"
    case .day: "toInt64(toDayOfMonth(\(stored(date))))"
    case .weekday: "toInt64((\(date) + 3) % 7 + 1)"
    // ISO 8601: a week is that of its Thursday.
    case .week:
      """
      toInt64(intDiv(toDayOfYear(\(stored("\(date) - (\(date) + 3) % 7 + 3"))) - 1, 7) + 1)
      """
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: nil
    }
  }

  package func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment {
    "(\(end) - \(start))"
  }
}
