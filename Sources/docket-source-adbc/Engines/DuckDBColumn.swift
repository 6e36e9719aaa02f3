internal import Columns
internal import Engine
internal import SourceWire

/// A column by its type (DuckDB's documentation, "Data types").
struct DuckDBColumn: Sendable {
  enum Kind: Hashable {
    /// Whole numbers of up to 64 bits with a sign.
    case integer
    /// Whole numbers that may have more.
    case wideInteger
    case decimal(scale: Int)
    case real
    case boolean
    case date
    /// Without a zone, and with one.
    case moment, zonedMoment
    case text
    case uuid
    /// An enumeration, a time, a list: as DuckDB writes it.
    case other
    case binary
  }

  let name: String
  let kind: Kind

  /// - Parameter type: as `DESCRIBE` says it: `DECIMAL(10,2)`.
  init(name: String, type: String) {
    self.name = name
    kind = DuckDBColumn.kind(type)
  }

  private static func kind(_ type: String) -> Kind {
    switch type {
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER":
      return .integer
    case "UBIGINT", "HUGEINT", "UHUGEINT": return .wideInteger
    case "FLOAT", "DOUBLE": return .real
    case "BOOLEAN": return .boolean
    case "DATE": return .date
    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": return .moment
    case "TIMESTAMP WITH TIME ZONE": return .zonedMoment
    case "VARCHAR": return .text
    case "UUID": return .uuid
    case "BLOB", "BIT": return .binary
    default: break
    }
    if type.hasPrefix("DECIMAL("), type.hasSuffix(")") {
      let numbers = type.dropFirst(8).dropLast().split(separator: ",").map {
        Int($0.drop { $0 == " " })
      }
      if numbers.count == 2, let scale = numbers[1] { return .decimal(scale: scale) }
    }
    return .other
  }

  // MARK: Reading

  private var quoted: String { DuckDBDialect().quoted(name) }

  /// The column as the writer of SQL takes it. What Docket has no value for, a date before the year
  /// 1 or without end, is NULL, and so is missing.
  var stored: String {
    switch kind {
    case .integer, .wideInteger: "CAST(\(quoted) AS BIGINT)"
    case .decimal, .text: quoted
    case .real: "(CASE WHEN isfinite(\(quoted)) THEN CAST(\(quoted) AS DOUBLE) END)"
    case .boolean, .uuid, .other: "CAST(\(quoted) AS VARCHAR)"
    case .date:
      "(CASE WHEN \(quoted) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN \(quoted) END)"
    case .moment, .zonedMoment: moment
    case .binary: "NULL"
    }
  }

  private var moment: String {
    let moment = "CAST(\(quoted) AS TIMESTAMP)"
    return "(CASE WHEN \(moment) >= TIMESTAMP '0001-01-01' AND \(moment) < TIMESTAMP '10000-01-01' "
      + "THEN \(moment) END)"
  }

  /// How a scan sends it.
  var field: ADBCField {
    let type: WireType =
      switch kind {
      case .integer, .wideInteger: .integer
      case .decimal: .decimal
      case .real: .real
      case .boolean: .boolean
      case .date: .date
      case .moment, .zonedMoment: .datetime
      case .text: .category
      case .uuid: .code
      case .other, .binary: .text
      }
    let sent =
      switch kind {
      case .wideInteger: "CAST(\(quoted) AS VARCHAR)"
      case .real, .boolean: quoted
      case .moment, .zonedMoment: "date_trunc('second', \(stored))"
      case .text: "(\(quoted) COLLATE C)"
      case .integer, .decimal, .date, .uuid, .other, .binary: stored
      }
    return ADBCField(name: name, type: type, sent: sent, grouped: sent, detail: self)
  }
}
