package import Columns

/// MariaDB from 10.2: conditions are 1 and 0, texts have collations, of which only some compare
/// bytes and do not pass over spaces at the end.
///
/// The session has to be one in which `sql_mode` has `NO_ZERO_DATE`, `NO_ZERO_IN_DATE` and
/// `NO_UNSIGNED_SUBTRACTION`, and neither `ANSI_QUOTES` nor `PIPES_AS_CONCAT`.
package struct MariaDBDialect: SQLDialect {
  /// The collation that compares bytes and all of them: MySQL 8 calls it by another name.
  package let collationName: String

  private var collation: SQLFragment { SQLFragment(quoted: collationName) }

  package init(isMySQL: Bool = false) {
    collationName = isMySQL ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin"
  }

  package func quoted(_ name: String) -> String {
    var quoted = "`"
    for character in name.unicodeScalars {
      quoted.unicodeScalars.append(character)
      if character == "`" { quoted.unicodeScalars.append(character) }
    }
    return quoted + "`"
  }

  package func placeholder(_ number: Int) -> String { "?" }

  package func truth(_ truth: Bool) -> SQLFragment { truth ? "1" : "0" }

  package func number(of condition: SQLFragment) -> SQLFragment { condition }

  package func bytewise(_ column: SQLFragment) -> SQLFragment {
    "CONVERT(\(column) USING utf8mb4) COLLATE \(collation)"
  }

  package func text(of stored: SQLFragment) -> SQLFragment {
    bytewise("CAST(\(stored) AS CHAR)")
  }

  package func integer(of text: SQLFragment) -> SQLFragment { "CAST(\(text) AS SIGNED)" }

  package func units(of double: SQLFragment, scale: Int) -> SQLFragment {
    let power = SQLFragment(Int64(Decimal.power(scale)))
    return "CAST(ROUND(\(double) * \(power)) AS SIGNED)"
  }

  package func units(ofDecimal stored: SQLFragment, scale: Int) -> SQLFragment {
    "CAST(\(stored) * \(SQLFragment(Int64(Decimal.power(scale)))) AS SIGNED)"
  }

  package func double(of units: SQLFragment, scale: Int) -> SQLFragment {
    let double: SQLFragment = "CAST(\(units) AS DOUBLE)"
    return scale == 0 ? double : "(\(double) / \(SQLFragment(Int64(Decimal.power(scale)))))"
  }

  package func quotient(_ dividend: SQLFragment, _ divisor: Int64) -> SQLFragment {
    "((\(dividend)) DIV \(SQLFragment(divisor)))"
  }

  /// `LOWER` knows all letters, and this language only those of ASCII.
  private func folded(_ text: SQLFragment) -> SQLFragment {
    var folded = text
    for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      let upper = SQLFragment(quoted: "'\(Unicode.Scalar(letter))'")
      let lower = SQLFragment(quoted: "'\(Unicode.Scalar(letter + 32))'")
      folded = "REPLACE(\(folded), \(upper), \(lower))"
    }
    return folded
  }

  package func contains(_ text: SQLFragment, _ part: String) -> SQLFragment {
    "LOCATE(\(SQLFragment(.text(part))), \(folded(text))) > 0"
  }

  package func starts(_ text: SQLFragment, _ part: String) -> SQLFragment {
    let length = SQLFragment(Int64(part.unicodeScalars.count))
    return "LEFT(\(folded(text)), \(length)) = \(SQLFragment(.text(part)))"
  }

  package func lower(_ text: SQLFragment) -> SQLFragment { folded(text) }

  package func trim(_ text: SQLFragment) -> SQLFragment {
    let space = #"[\t\n\x{b}\x{c}\r ]+"#
    let pattern = SQLFragment(.text(#"^\#(space)|\#(space)\z"#))
    return "REGEXP_REPLACE(\(text), \(pattern), '')"
  }

  // MARK: Dates

  package func date(of text: SQLFragment) -> SQLFragment { "CAST(\(text) AS DATE)" }

  package func literal(_ day: Day) -> SQLFragment {
    "CAST(\(SQLFragment(.text(day.description))) AS DATE)"
  }

  package func text(ofMoment stored: SQLFragment) -> SQLFragment {
    bytewise("DATE_FORMAT(\(stored), '%Y-%m-%d %H:%i:%s')")
  }

  package func date(ofMoment moment: SQLFragment) -> SQLFragment {
    "CAST(LEFT(\(moment), 10) AS DATE)"
  }

  package func period(_ unit: PeriodUnit, of date: SQLFragment) -> SQLFragment {
    let month: SQLFragment = "(\(date) - INTERVAL (DAYOFMONTH(\(date)) - 1) DAY)"
    return switch unit {
    case .year: "(\(date) - INTERVAL (DAYOFYEAR(\(date)) - 1) DAY)"
    case .quarter: "(\(month) - INTERVAL ((MONTH(\(date)) - 1) % 3) MONTH)"
    case .month: month
    case .week: "(\(date) - INTERVAL WEEKDAY(\(date)) DAY)"
    case .day: date
    }
  }

  package func part(_ part: Function, of date: SQLFragment) -> SQLFragment? {
    switch part {
    case .year: "YEAR(\(date))"
    case .quarter: "QUARTER(\(date))"
    case .month: "MONTH(\(date))"
    case .day: "DAYOFMONTH(\(date))"
    case .weekday: "(WEEKDAY(\(date)) + 1)"
    // Mode 3 is that of ISO 8601.
    case .week: "WEEK(\(date), 3)"
    case .days, .band, .lower, .trim, .ascii, .abs, .round, .coalesce: nil
    }
  }

  package func days(from start: SQLFragment, to end: SQLFragment) -> SQLFragment {
    "DATEDIFF(\(end), \(start))"
  }
}
