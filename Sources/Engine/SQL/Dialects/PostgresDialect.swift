package import Columns

/// PostgreSQL from 12: dates and conditions have types of their own. Words are chosen that
/// `postgres_fdw` sends on to other servers: `CASE` rather than `NULLIF`, `translate` rather than
/// `lower`, no collation where only equality counts.
///
/// Bound texts are sent without a type, so that they take that of what they are compared with.
package struct PostgresDialect: SQLDialect {
  package init() {}

  package func quoted(_ name: String) -> String {
    var quoted = "\""
    for character in name.unicodeScalars {
      quoted.unicodeScalars.append(character)
      if character == "\"" { quoted.unicodeScalars.append(character) }
    }
    return quoted + "\""
  }

  package func placeholder(_ number: Int) -> String { "$\(number)" }

  package func truth(_ truth: Bool) -> SQLFragment { truth ? "TRUE" : "FALSE" }

  package func number(of condition: SQLFragment) -> SQLFragment { "(\(condition))::int4" }

  package func present(_ text: SQLFragment) -> SQLFragment {
    "CASE WHEN \(text) <> '' THEN \(text) END"
  }

  // MARK: Texts

  /// Equal texts are equal bytes under every collation that a catalogue lets through.
  package func bytewise(_ column: SQLFragment) -> SQLFragment { column }

  package func ordered(_ text: SQLFragment) -> SQLFragment { "(\(text)) COLLATE \"C\"" }

  package func text(of stored: SQLFragment) -> SQLFragment { "(\(stored))::text" }

  package func contains(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "strpos(\(lower(text)), \(SQLFragment(.text(part)))) > 0"
  }

  package func starts(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "starts_with(\(lower(text)), \(SQLFragment(.text(part))))"
  }

  /// The letters of ASCII alone, whatever the language of the server.
  package func lower(_ text: SQLFragment) -> SQLFragment {
    "translate(\(text), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
  }

  package func trim(_ text: SQLFragment) -> SQLFragment {
    "btrim(\(text), \(SQLFragment(.text("\t\n\u{b}\u{c}\r "))))"
  }

  // MARK: Numbers

  package func integer(of text: SQLFragment) -> SQLFragment { "(\(text))::int8" }

  package func units(of double: SQLFragment, scale: Int) -> SQLFragment {
    "round(\(double) * \(whole(Int64(Decimal.power(scale)))))::int8"
  }

  package func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment {
    scale == 0
      ? "(\(stored))::int8" : "(\(stored) * \(whole(Int64(Decimal.power(scale)))))::int8"
  }

  package func double(of units: SQLFragment, scale: Int) -> SQLFragment {
    let double: SQLFragment = "(\(units))::float8"
    return scale == 0 ? double : "(\(double) / \(whole(Int64(Decimal.power(scale)))))"
  }

  package func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment {
    "(\(dividend)) / \(whole(divisor))"
  }

  // MARK: Dates

  package func date(of text: SQLFragment) -> SQLFragment { "(\(text))::date" }

  package func literal(_ day: Day) -> SQLFragment {
    SQLFragment(quoted: "DATE '\(day.description)'")
  }

  /// A moment stays one of the database, which writes it as text in its results.
  package func text(ofMoment stored: SQLFragment) -> SQLFragment { stored }

  package func date(ofMoment moment: SQLFragment) -> SQLFragment { "(\(moment))::date" }

  /// By way of a moment without a zone: a date alone would become one of the session's zone.
  package func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment {
    switch unit {
    case .year: "date_trunc('year', (\(date))::timestamp)::date"
    case .quarter: "date_trunc('quarter', (\(date))::timestamp)::date"
    case .month: "date_trunc('month', (\(date))::timestamp)::date"
    case .week: "date_trunc('week', (\(date))::timestamp)::date"
    case .day: date
    }
  }

  package func part(_ part: Function, of date: SQLFragment) -> SQLFragment? {
    switch part {
    case .year: "EXTRACT(year FROM \(date))::int8"
    case .quarter: "EXTRACT(quarter FROM \(date))::int8"
    case .month: "EXTRACT(month FROM \(date))::int8"
    case .week: "EXTRACT(week FROM \(date))::int8"
    case .weekday: "EXTRACT(isodow FROM \(date))::int8"
    case .day: "EXTRACT(day FROM \(date))::int8"
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: nil
    }
  }

  package func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment {
    "((\(end)) - (\(start)))::int8"
  }
}
