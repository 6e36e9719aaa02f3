package import Columns

/// How one database spells what the writer needs; one file for each.
///
/// Every spelling gives NULL for NULL, and a condition gives true, false or NULL.
package protocol SQLDialect: Sendable {
  /// A name of a table or column, quoted.
  func quoted(_ name: String) -> String
  /// The place of the bound value with this number, from 1.
  func placeholder(_ number: Int) -> String
  /// The value written out, for a database that takes none beside the statement; else nothing.
  func literal(_ value: SQLBinding) -> String?
  /// A whole number, written out with the type that results of sums and products have.
  func whole(_ number: Int64) -> SQLFragment

  func truth(_ truth: Bool) -> SQLFragment
  /// A condition as 1, 0 or NULL.
  func number(of condition: SQLFragment) -> SQLFragment
  /// Whether all of these conditions are true, or any of them, as Kleene has it; there is at least
  /// one.
  func all(_ conditions: [SQLFragment]) -> SQLFragment
  func any(_ conditions: [SQLFragment]) -> SQLFragment
  /// True for false, false for true, NULL for NULL.
  func negation(_ condition: SQLFragment) -> SQLFragment
  /// Whether the value lies between these, both included.
  func between(_ value: SQLFragment, _ least: SQLFragment, _ greatest: SQLFragment) -> SQLFragment
  /// The first value where the condition is true, the other where it is false; both are of one type.
  func choice(_ condition: SQLFragment, _ then: SQLFragment, _ otherwise: SQLFragment)
    -> SQLFragment
  /// Whether the value is one of these, which are two or more and none of them NULL.
  func among(_ value: SQLFragment, _ listed: [SQLFragment]) -> SQLFragment
  /// The value, or what it stands for, where it is one of these codes: NULL for nothing.
  func recoded(_ value: SQLFragment, _ codes: [(code: SQLFragment, target: SQLFragment?)])
    -> SQLFragment

  /// How many tables a statement can join to the one whose rows are counted.
  var mostJoins: Int { get }
  /// What the statement calls a result of the table that is joined under this number.
  func name(of result: SQLLinked, ofJoin number: Int) -> SQLFragment
  /// The table joined, with these results of its rows: each row finds the one there for which the
  /// condition is true, or NULL.
  func join(
    _ table: SQLFragment, _ results: [(name: SQLLinked, value: SQLFragment)], number: Int,
    on condition: SQLFragment
  ) -> SQLFragment

  /// What groups the rows, after the conditions: these keys, of which there is at least one, are
  /// the first results.
  func grouping(by keys: [SQLFragment]) -> SQLFragment
  /// How many distinct values there are; 0 where there is none.
  func distinct(_ value: SQLFragment) -> SQLFragment
  /// The sum of whole numbers of this range, in as many digits as it takes; 0 where there is none.
  func sum(_ number: SQLFragment, of range: ClosedRange<Int64>) -> SQLFragment
  func least(_ value: SQLFragment) -> SQLFragment
  func greatest(_ value: SQLFragment) -> SQLFragment

  /// A text column compared and ordered by the bytes of UTF-8.
  func bytewise(_ column: SQLFragment) -> SQLFragment
  /// A text as it is ordered by the bytes of UTF-8, where equality alone takes less.
  func ordered(_ text: SQLFragment) -> SQLFragment
  /// A text, or NULL where it is empty.
  func present(_ text: SQLFragment) -> SQLFragment
  /// A stored value as text: a whole number by its digits.
  func text(of stored: SQLFragment) -> SQLFragment
  /// The whole number that a text spells.
  func integer(of text: SQLFragment) -> SQLFragment
  /// A double times ten to the power of `scale`, as the nearest whole number.
  func units(of double: SQLFragment, scale: Int) -> SQLFragment
  /// A whole number divided by ten to the power of `scale`, as a double.
  func double(of units: SQLFragment, scale: Int) -> SQLFragment
  /// Whole division that cuts toward zero.
  func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment
  func magnitude(_ number: SQLFragment) -> SQLFragment

  /// Whether a text holds this one, which is in lower case, without regard to ASCII case.
  func contains(_ text: SQLFragment, _ part: String) -> SQLFragment
  func starts(_ text: SQLFragment, _ part: String) -> SQLFragment
  func lower(_ text: SQLFragment) -> SQLFragment
  /// The text without ASCII white space at its ends.
  func trim(_ text: SQLFragment) -> SQLFragment

  /// A stored text of the form `2021-04-01` as a date of the database, and a date of our own.
  func date(of text: SQLFragment) -> SQLFragment
  func literal(_ day: Day) -> SQLFragment
  /// A stored date as `literal` writes one; a stored moment as text, `2021-04-01 08:30:00`; stored
  /// decimals of `scale` digits after the point as whole numbers of the last of them.
  func date(ofDay stored: SQLFragment) -> SQLFragment
  func text(ofMoment stored: SQLFragment) -> SQLFragment
  func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment
  /// The date of a moment, which is a text.
  func date(ofMoment moment: SQLFragment) -> SQLFragment
  /// The first day of the period that holds the date.
  func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment
  /// A part of the date as a whole number; nothing where the database has no exact way.
  func part(_ part: Function, of date: SQLFragment) -> SQLFragment?
  func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment
}

/// The spellings of standard SQL.
extension SQLDialect {
  package func literal(_ value: SQLBinding) -> String? { nil }

  package func whole(_ number: Int64) -> SQLFragment { SQLFragment(number) }

  package func all(_ conditions: [SQLFragment]) -> SQLFragment {
    conditions.count == 1
      ? "(\(conditions[0]))"
      : "(\(conditions.map { "(\($0))" as SQLFragment }.joined(" AND ")))"
  }

  package func any(_ conditions: [SQLFragment]) -> SQLFragment {
    conditions.count == 1
      ? "(\(conditions[0]))"
      : "(\(conditions.map { "(\($0))" as SQLFragment }.joined(" OR ")))"
  }

  package func negation(_ condition: SQLFragment) -> SQLFragment { "NOT (\(condition))" }

  package func between(
    _ value: SQLFragment, _ least: SQLFragment, _ greatest: SQLFragment
  ) -> SQLFragment {
    "(\(value) BETWEEN \(least) AND \(greatest))"
  }

  package func choice(
    _ condition: SQLFragment, _ then: SQLFragment, _ otherwise: SQLFragment
  ) -> SQLFragment {
    """
    CASE (\(condition)) WHEN \(truth(true)) THEN \(then) \
    WHEN \(truth(false)) THEN \(otherwise) END
    """
  }

  package func among(_ value: SQLFragment, _ listed: [SQLFragment]) -> SQLFragment {
    "\(value) IN (\(listed.joined(", ")))"
  }

  package func recoded(
    _ value: SQLFragment, _ codes: [(code: SQLFragment, target: SQLFragment?)]
  ) -> SQLFragment {
    let cases = codes.map { code, target in
      "WHEN \(code) THEN \(target ?? "NULL")" as SQLFragment
    }
    return "CASE \(value) \(cases.joined(" ")) ELSE \(value) END"
  }

  package var mostJoins: Int { .max }

  package func name(of result: SQLLinked, ofJoin number: Int) -> SQLFragment {
    "link_\(SQLFragment(Int64(number))).\(result.name)"
  }

  package func join(
    _ table: SQLFragment, _ results: [(name: SQLLinked, value: SQLFragment)], number: Int,
    on condition: SQLFragment
  ) -> SQLFragment {
    let selected = results.map { "\($0.value) AS \($0.name.name)" as SQLFragment }
    return """
      LEFT JOIN (
        SELECT \(selected.joined(", "))
        FROM \(table)
      ) AS link_\(SQLFragment(Int64(number))) ON \(condition)
      """
  }

  package func grouping(by keys: [SQLFragment]) -> SQLFragment {
    "GROUP BY \(keys.indices.map { SQLFragment(Int64($0 + 1)) }.joined(", "))"
  }

  package func distinct(_ value: SQLFragment) -> SQLFragment { "COUNT(DISTINCT \(value))" }

  package func sum(_ number: SQLFragment, of range: ClosedRange<Int64>) -> SQLFragment {
    "COALESCE(SUM(\(number)), 0)"
  }

  package func least(_ value: SQLFragment) -> SQLFragment { "MIN(\(value))" }

  package func greatest(_ value: SQLFragment) -> SQLFragment { "MAX(\(value))" }

  package func ordered(_ text: SQLFragment) -> SQLFragment { text }

  package func present(_ text: SQLFragment) -> SQLFragment { "NULLIF(\(text), '')" }

  package func magnitude(_ number: SQLFragment) -> SQLFragment { "ABS(\(number))" }

  package func date(ofDay stored: SQLFragment) -> SQLFragment { stored }

  package func text(ofMoment stored: SQLFragment) -> SQLFragment { text(of: stored) }

  package func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment {
    "CAST(\(stored) * \(whole(Int64(Decimal.power(scale)))) AS BIGINT)"
  }
}
