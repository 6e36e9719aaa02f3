internal import CODBC
internal import Engine

/// What one cell of a result holds.
enum ODBCCell {
  case missing
  case integer(Int64)
  /// A double and the shortest digits that mean it.
  case real(Double, digits: String)
  case truth(Bool)
  /// UTF-8, which lives until the next cell is looked at.
  case text(UnsafeBufferPointer<UInt8>)
  /// Bytes that are no text.
  case binary
}

/// A column of a result: what is fetched of it, and how long its texts are.
struct ODBCColumn {
  enum Kind {
    case integer, real, single, truth, text, binary
  }

  var kind: Kind
  /// The most units of UTF-16 that a text has; nothing where that is not known.
  var width: Int?

  /// The width of texts that may be as long as they like, whatever the driver says.
  static let boundless = Int.max

  init(kind: Kind, width: Int? = nil) {
    self.kind = kind
    self.width = width
  }

  /// - Parameters:
  ///   - type: the SQL type that the driver says, `size` its length in characters.
  init(type: SQLSMALLINT, size: SQLULEN, isUnsigned: Bool) {
    switch Int32(type) {
    case SQL_TINYINT, Int32(SQL_SMALLINT), Int32(SQL_INTEGER): self.init(kind: .integer)
    case SQL_BIGINT: self.init(kind: isUnsigned ? .text : .integer, width: 24)
    case Int32(SQL_REAL): self.init(kind: .single)
    case Int32(SQL_FLOAT), Int32(SQL_DOUBLE): self.init(kind: .real)
    case SQL_BIT: self.init(kind: .truth)
    case SQL_BINARY, SQL_VARBINARY, SQL_LONGVARBINARY: self.init(kind: .binary)
    case Int32(SQL_DECIMAL), Int32(SQL_NUMERIC):
      self.init(kind: .text, width: Int(clamping: size) + 4)
    default:
      // A character may take two units; drivers say 0, or a number without sense, for no limit.
      let isKnown = size > 0 && size <= 4000
      self.init(kind: .text, width: isKnown ? Int(size) * 2 : nil)
    }
  }

  /// The type of C that it is fetched as, and how many bytes a cell takes.
  var buffer: (type: SQLSMALLINT, bytes: Int) {
    switch kind {
    case .integer: (SQLSMALLINT(SQL_BIGINT + SQL_SIGNED_OFFSET), 8)
    case .real, .single: (SQLSMALLINT(SQL_C_DOUBLE), 8)
    case .truth: (SQLSMALLINT(SQL_C_BIT), 1)
    case .text: (SQLSMALLINT(SQL_C_WCHAR), ((width ?? 2047) + 1) * 2)
    case .binary: (SQLSMALLINT(SQL_C_BINARY), 1)
    }
  }
}

extension SQLCell {
  init(_ cell: ODBCCell) {
    switch cell {
    case .missing, .binary: self = .null
    case .integer(let number): self = .integer(number)
    case .real(let number, _): self = .double(number)
    case .truth(let truth): self = .integer(truth ? 1 : 0)
    case .text(let bytes): self = .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The cell as text; nothing where it is NULL.
  var written: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .double(let number): number.description
    case .text(let text): text
    }
  }
}
