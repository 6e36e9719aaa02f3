package import Columns

/// DuckDB from 1.0: texts are bytes of UTF-8, conditions and dates have types of their own.
package struct DuckDBDialect: SQLDialect {
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

  /// A plain number has 32 bits where it fits into them, and so would products.
  package func whole(_ number: Int64) -> SQLFragment { "CAST(\(SQLFragment(number)) AS BIGINT)" }

  package func truth(_ truth: Bool) -> SQLFragment { truth ? "TRUE" : "FALSE" }

  package func number(of condition: SQLFragment) -> SQLFragment {
    "CAST((\(condition)) AS INTEGER)"
  }

  /// A column may have been declared to compare without regard to case or accents.
  package func bytewise(_ column: SQLFragment) -> SQLFragment { "(\(column) COLLATE C)" }

  package func text(of stored: SQLFragment) -> SQLFragment { "CAST(\(stored) AS VARCHAR)" }

  package func integer(of text: SQLFragment) -> SQLFragment { "CAST(\(text) AS BIGINT)" }

  package func units(of double: SQLFragment, scale: Int) -> SQLFragment {
    let power = SQLFragment(Int64(Decimal.power(scale)))
    return "CAST(ROUND(CAST(\(double) AS DOUBLE) * \(power)) AS BIGINT)"
  }

  /// In as many digits as there are, so that the product fits.
  package func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment {
    let power = SQLFragment(Int64(Decimal.power(scale)))
    return scale == 0
      ? "CAST(\(stored) AS BIGINT)"
      : "CAST(CAST(\(stored) AS DECIMAL(38, \(SQLFragment(Int64(scale))))) * \(power) AS BIGINT)"
  }

  package func double(of units: SQLFragment, scale: Int) -> SQLFragment {
    let double: SQLFragment = "CAST(\(units) AS DOUBLE)"
    return scale == 0 ? double : "(\(double) / \(SQLFragment(Int64(Decimal.power(scale)))))"
  }

  package func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment {
    "((\(dividend)) // \(whole(divisor)))"
  }

  /// `lower` knows all letters, and this language only those of ASCII.
  private func folded(_ text: SQLFragment) -> SQLFragment {
    "translate(\(text), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
  }

  package func contains(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "contains(\(folded(text)), \(SQLFragment(.text(part))))"
  }

  package func starts(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "starts_with(\(folded(text)), \(SQLFragment(.text(part))))"
  }

  package func lower(_ text: SQLFragment) -> SQLFragment { folded(text) }

  package func trim(_ text: SQLFragment) -> SQLFragment {
    "trim(\(text), \(SQLFragment(.text("\t\n\u{b}\u{c}\r "))))"
  }

  // MARK: Dates

  package func date(of text: SQLFragment) -> SQLFragment { "CAST(\(text) AS DATE)" }

  package func literal(_ day: Day) -> SQLFragment {
    let (year, month, date) = day.civil
    let parts = [year, month, date].map { SQLFragment(Int64($0)) }
    return "make_date(\(parts.joined(", ")))"
  }

  package func text(ofMoment stored: SQLFragment) -> SQLFragment {
    "strftime(\(stored), '%Y-%m-%d %H:%M:%S')"
  }

  package func date(ofMoment moment: SQLFragment) -> SQLFragment {
    "CAST(substr(\(moment), 1, 10) AS DATE)"
  }

  package func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment {
    switch unit {
    case .year: "CAST(date_trunc('year', \(date)) AS DATE)"
    case .quarter: "CAST(date_trunc('quarter', \(date)) AS DATE)"
    case .month: "CAST(date_trunc('month', \(date)) AS DATE)"
    // Weeks begin on Mondays.
    case .week: "CAST(date_trunc('week', \(date)) AS DATE)"
    case .day: date
    }
  }

  package func part(_ part: Function, of date: SQLFragment) -> SQLFragment? {
    switch part {
    case .year: "year(\(date))"
    case .quarter: "quarter(\(date))"
    case .month: "month(\(date))"
    case .day: "day(\(date))"
    case .weekday: "isodow(\(date))"
    // That of ISO 8601.
    case .week: "week(\(date))"
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: nil
    }
  }

  package func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment {
    "date_diff('day', \(start), \(end))"
  }
}
