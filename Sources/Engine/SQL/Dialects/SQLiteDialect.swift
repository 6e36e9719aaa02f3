package import Columns

/// SQLite from 3.38: dates are texts, conditions are 1 and 0.
package struct SQLiteDialect: SQLDialect {
  /// Whether the places of values have numbers; drivers that count question marks want none.
  private let numbersPlaces: Bool

  package init(numbersPlaces: Bool = true) {
    self.numbersPlaces = numbersPlaces
  }

  package func quoted(_ name: String) -> String {
    var quoted = "\""
    for character in name.unicodeScalars {
      quoted.unicodeScalars.append(character)
      if character == "\"" { quoted.unicodeScalars.append(character) }
    }
    return quoted + "\""
  }

  package func placeholder(_ number: Int) -> String { numbersPlaces ? "?\(number)" : "?" }

  package func truth(_ truth: Bool) -> SQLFragment { truth ? "1" : "0" }

  package func number(of condition: SQLFragment) -> SQLFragment { condition }

  package func bytewise(_ column: SQLFragment) -> SQLFragment { "\(column) COLLATE BINARY" }

  package func text(of stored: SQLFragment) -> SQLFragment { "CAST(\(stored) AS TEXT)" }

  package func integer(of text: SQLFragment) -> SQLFragment { "CAST(\(text) AS INTEGER)" }

  package func units(of double: SQLFragment, scale: Int) -> SQLFragment {
    let power = SQLFragment(Int64(Decimal.power(scale)))
    return scale == 0
      ? "CAST(\(double) AS INTEGER)" : "CAST(ROUND(\(double) * \(power)) AS INTEGER)"
  }

  package func double(of units: SQLFragment, scale: Int) -> SQLFragment {
    let power = SQLFragment(Int64(Decimal.power(scale)))
    return scale == 0 ? "CAST(\(units) AS REAL)" : "(CAST(\(units) AS REAL) / \(power))"
  }

  package func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment {
    "(\(dividend)) / \(SQLFragment(divisor))"
  }

  package func contains(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "instr(lower(\(text)), \(SQLFragment(.text(part)))) > 0"
  }

  package func starts(_ text: SQLFragment, _ part: String) -> SQLFragment {
    let length = SQLFragment(Int64(part.unicodeScalars.count))
    return "substr(lower(\(text)), 1, \(length)) = \(SQLFragment(.text(part)))"
  }

  package func lower(_ text: SQLFragment) -> SQLFragment { "lower(\(text))" }

  package func trim(_ text: SQLFragment) -> SQLFragment {
    "trim(\(text), \(SQLFragment(.text("\t\n\u{b}\u{c}\r "))))"
  }

  package func date(of text: SQLFragment) -> SQLFragment { text }

  package func literal(_ day: Day) -> SQLFragment { SQLFragment(.text(day.description)) }

  package func date(ofMoment moment: SQLFragment) -> SQLFragment { "substr(\(moment), 1, 10)" }

  package func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment {
    switch unit {
    case .year: "substr(\(date), 1, 4) || '-01-01'"
    case .quarter:
      "date(\(date), 'start of month', '-' || ((substr(\(date), 6, 2) - 1) % 3) || ' months')"
    case .month: "substr(\(date), 1, 7) || '-01'"
    case .week: "date(\(date), '-6 days', 'weekday 1')"
    case .day: date
    }
  }

  package func part(_ part: Function, of date: SQLFragment) -> SQLFragment? {
    switch part {
    case .year: "CAST(substr(\(date), 1, 4) AS INTEGER)"
    case .quarter: "(CAST(substr(\(date), 6, 2) AS INTEGER) + 2) / 3"
    case .month: "CAST(substr(\(date), 6, 2) AS INTEGER)"
    case .day: "CAST(substr(\(date), 9, 2) AS INTEGER)"
    case .weekday: "(strftime('%w', \(date)) + 6) % 7 + 1"
    // ISO 8601: a week is that of its Thursday.
    case .week: "(strftime('%j', date(\(date), '-3 days', 'weekday 4')) - 1) / 7 + 1"
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: nil
    }
  }

  package func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment {
    "CAST(julianday(\(end)) - julianday(\(start)) AS INTEGER)"
  }
}
