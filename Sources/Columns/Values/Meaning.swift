/// What kind of values a field holds.
package enum FieldType: String, CaseIterable, Hashable, Sendable {
  /// Words that repeat.
  case category
  /// Looks numeric, but is a name: `12E04`, `007`, a 13-digit id. Never calculated with.
  case code
  /// Words that hardly repeat.
  case text
  case integer, decimal
  /// Numbers written with an exponent or too long for exact decimals.
  case real
  /// yes/no, true/false, Y/N, T/F: kept as text, known to be two-valued.
  case boolean
  case date, datetime

  package var isNumber: Bool { self == .integer || self == .decimal || self == .real }
  package var isDate: Bool { self == .date || self == .datetime }
}

/// In which order the parts of a written date stand.
package enum DateOrder: String, Hashable, Sendable {
  /// `2021-04-01`, with or without a time behind it.
  case yearMonthDay
  /// `4/1/2021`.
  case monthDayYear
  /// `1.4.2021`, `1/4/2021`.
  case dayMonthYear
  /// `20210401`.
  case compact
}

/// How the texts of a column are to be read: its type, which texts are missing, which stand for
/// another.
///
/// The empty text (and NULL in a database) is always missing.
package struct Meaning: Hashable, Sendable {
  package var type: FieldType
  package var dateOrder: DateOrder?
  package var missing: Set<String>
  package var recode: [String: String]

  package init(
    type: FieldType, dateOrder: DateOrder? = nil, missing: Set<String> = [],
    recode: [String: String] = [:]
  ) {
    self.type = type
    self.dateOrder = dateOrder
    self.missing = missing
    self.recode = recode
  }
}
