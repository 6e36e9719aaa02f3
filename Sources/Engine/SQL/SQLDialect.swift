package import Columns

/// How one database spells what the writer needs; one file for each.
///
/// Every spelling gives NULL for NULL, and a condition gives true, false or NULL.
package protocol SQLDialect: Sendable {
  /// A name of a table or column, quoted.
  func quoted(_ name: String) -> String
  /// The place of the bound value with this number, from 1.
  func placeholder(_ number: Int) -> String

  func truth(_ truth: Bool) -> SQLFragment
  /// A condition as 1, 0 or NULL.
  func number(of condition: SQLFragment) -> SQLFragment

  /// A text column compared and ordered by the bytes of UTF-8.
  func bytewise(_ column: SQLFragment) -> SQLFragment
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

  /// Whether a text holds this one, which is in lower case, without regard to ASCII case.
  func contains(_ text: SQLFragment, _ part: String) -> SQLFragment
  func starts(_ text: SQLFragment, _ part: String) -> SQLFragment
  func lower(_ text: SQLFragment) -> SQLFragment
  /// The text without ASCII white space at its ends.
  func trim(_ text: SQLFragment) -> SQLFragment

  /// A stored text of the form `2021-04-01` as a date of the database, and a date of our own.
  func date(of text: SQLFragment) -> SQLFragment
  func literal(_ day: Day) -> SQLFragment
  /// The date of a moment.
  func date(ofMoment moment: SQLFragment) -> SQLFragment
  /// The first day of the period that holds the date.
  func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment
  /// A part of the date as a whole number; nothing where the database has no exact way.
  func part(_ part: Function, of date: SQLFragment) -> SQLFragment?
  func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment
}
