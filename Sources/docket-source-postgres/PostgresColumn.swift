internal import Engine
internal import SourceServer
internal import SourceWire

/// A column by its type, domains by the type that they are made of (PostgreSQL 15, chapter 8).
struct PostgresColumn: ServedField {
  enum Kind: Hashable {
    /// `smallint`, `integer`, `bigint`.
    case integer(ClosedRange<Int64>)
    /// `numeric` with at most so many digits, so many of them behind the point; without bounds it
    /// has as many as it likes.
    case numeric(precision: Int, scale: Int)
    case boundlessNumeric
    case real
    case boolean
    case date
    /// Without a zone, and with one; in whole seconds or smaller parts of them.
    case moment(isWhole: Bool)
    case zonedMoment(isWhole: Bool)
    /// Text in a collation of which equal texts are equal bytes, or not.
    case text(isBytewise: Bool)
    /// One of the texts of an enumeration; `isASCII` where they all are.
    case enumeration(isASCII: Bool)
    case uuid
    /// Anything else, as the server writes it.
    case other
  }

  let name: String
  let kind: Kind
  /// What the table's owner says of the column.
  let label: String?

  var field: WireField { WireField(name: name, type: type, label: label) }

  private var type: WireType {
    switch kind {
    case .integer: .integer
    case .numeric, .boundlessNumeric: .decimal
    case .real: .real
    case .boolean: .boolean
    case .date: .date
    case .moment, .zonedMoment: .datetime
    case .text, .enumeration: .category
    case .uuid: .code
    case .other: .text
    }
  }

  // MARK: Reading

  /// The column as the writer of SQL takes it, in the kinds of its storage. What Docket has no
  /// value for, a date before the year 1 or infinity, is NULL, and so is missing.
  func stored(zone: String) -> String {
    let column = PostgresDialect().quoted(name)
    switch kind {
    case .integer: return column + "::int8"
    // Neither NaN nor infinity has a scale.
    case .numeric, .boundlessNumeric:
      return "CASE WHEN scale(\(column)) IS NOT NULL THEN \(column) END"
    case .real:
      return
        "CASE WHEN \(column) > '-Infinity' AND \(column) < 'Infinity' THEN \(column)::float8 END"
    case .boolean: return "CASE WHEN \(column) THEN 'true' WHEN NOT \(column) THEN 'false' END"
    case .date:
      return
        "CASE WHEN \(column) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN \(column) END"
    case .moment(let isWhole): return moment(column, isWhole: isWhole)
    case .zonedMoment(let isWhole):
      return moment(
        "(\(column) AT TIME ZONE \(PostgresColumn.literal(zone)))", isWhole: isWhole)
    case .text: return column + "::text"
    case .enumeration, .uuid, .other: return column + "::text"
    }
  }

  /// Parts of a second are left out.
  private func moment(_ column: String, isWhole: Bool) -> String {
    "CASE WHEN \(column) >= TIMESTAMP '0001-01-01' AND \(column) < TIMESTAMP '10000-01-01' "
      + "THEN \(isWhole ? column : "date_trunc('second', \(column))") END"
  }

  /// The column as it is sent by a scan: eight bytes for a whole number, and text for all else.
  func sent(zone: String) -> String {
    let stored = stored(zone: zone)
    switch kind {
    case .integer, .boolean, .text, .enumeration, .uuid, .other: return stored
    case .numeric, .boundlessNumeric: return "trim_scale(\(stored))::text"
    case .real: return "(\(stored))::text"
    case .date, .moment, .zonedMoment: return "(\(stored))::text"
    }
  }

  var isInteger: Bool {
    if case .integer = kind { true } else { false }
  }

  /// How its cells are stored, as far as the type alone says.
  enum Storage {
    case known(SQLStorage?)
    /// The texts or numbers have to be looked at.
    case unknown
  }

  var storage: Storage {
    switch kind {
    case .integer(let range): .known(.integer(range))
    case .numeric(let precision, let scale) where precision <= 18 && scale >= 0:
      .known(.decimal(scale: scale, PostgresColumn.range(precision)))
    case .numeric, .boundlessNumeric: .unknown
    // Doubles would add up differently in another order of rows.
    case .real: .known(nil)
    case .boolean, .uuid: .known(.text(isASCII: true))
    case .enumeration(let isASCII): .known(isASCII ? .text(isASCII: true) : nil)
    case .date: .known(.day)
    case .moment, .zonedMoment: .known(.moment)
    case .text(let isBytewise): isBytewise ? .unknown : .known(nil)
    case .other: .unknown
    }
  }

  /// The units of so many digits.
  private static func range(_ precision: Int) -> ClosedRange<Int64> {
    var power: Int64 = 1
    for _ in 0..<min(precision, 18) { power *= 10 }
    return (1 - power)...(power - 1)
  }

  /// A text in quotes, where no value can be bound.
  static func literal(_ text: String) -> String {
    let isPlain = !text.contains("\\")
    return (isPlain ? "'" : "E'")
      + text.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
  }
}
