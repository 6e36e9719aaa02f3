internal import CODBC
internal import Engine
internal import SourceWire

/// The rows of a statement that was run: a thousand at a time into arrays, or, where texts have no
/// known length, cell by cell and piece by piece.
final class ODBCResult {
  private let statement: SQLHSTMT
  private(set) var columns: [ODBCColumn] = []
  private var buffers: [UnsafeMutableRawPointer] = []
  private var lengths: [UnsafeMutablePointer<SQLLEN>] = []
  private var rowsPerFetch = 1000
  private let fetched = UnsafeMutablePointer<SQLULEN>.allocate(capacity: 1)
  /// The text of the cell that was looked at last.
  private let text = ODBCTextBuffer()
  private let isBound: Bool

  /// What the buffers may take in all, in bytes.
  private static let room = 32 << 20

  /// - Parameter widths: how long the texts of each column are at most, where that is known better
  ///   than by the driver.
  /// Errors: `ODBCFailure`.
  init(_ statement: SQLHSTMT, widths: [Int?] = []) throws {
    self.statement = statement
    var count: SQLSMALLINT = 0
    try ODBCResult.check(SQLNumResultCols(statement, &count), statement)
    for index in 0..<Int(count) {
      var column = try ODBCResult.describe(statement, index)
      if index < widths.count, let width = widths[index], column.kind == .text {
        column.width = width == ODBCColumn.boundless ? nil : width
      }
      columns.append(column)
    }
    isBound = columns.allSatisfy { $0.kind != .text || $0.width.map { $0 <= 8000 } ?? false }
    fetched.initialize(to: 0)
    if isBound { try bind() }
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
    for length in lengths { length.deallocate() }
    fetched.deallocate()
  }

  private static func describe(_ statement: SQLHSTMT, _ index: Int) throws -> ODBCColumn {
    var type: SQLSMALLINT = 0
    var size: SQLULEN = 0
    var name = [SQLWCHAR](repeating: 0, count: 256)
    var rest: (SQLSMALLINT, SQLSMALLINT, SQLSMALLINT) = (0, 0, 0)
    let number = SQLUSMALLINT(index + 1)
    try check(
      SQLDescribeColW(statement, number, &name, 255, &rest.0, &type, &size, &rest.1, &rest.2),
      statement)
    var isUnsigned: SQLLEN = 0
    if Int32(type) == SQL_BIGINT {
      _ = SQLColAttributeW(
        statement, number, SQLUSMALLINT(SQL_DESC_UNSIGNED), nil, 0, nil, &isUnsigned)
    }
    return ODBCColumn(type: type, size: size, isUnsigned: isUnsigned != 0)
  }

  private func bind() throws {
    let bytes = columns.map { $0.buffer.bytes + 8 }.reduce(0, +)
    rowsPerFetch = max(1, min(1000, ODBCResult.room / max(1, bytes)))
    _ = docket_odbc_set_statement(
      statement, SQL_ATTR_ROW_BIND_TYPE, SQLULEN(SQL_BIND_BY_COLUMN))
    let isArray =
      docket_odbc_set_statement(statement, SQL_ATTR_ROW_ARRAY_SIZE, SQLULEN(rowsPerFetch)) == 0
    if !isArray { rowsPerFetch = 1 }
    _ = SQLSetStmtAttr(statement, SQL_ATTR_ROWS_FETCHED_PTR, fetched, 0)
    for (index, column) in columns.enumerated() {
      let (type, size) = column.buffer
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: size * rowsPerFetch, alignment: 8)
      let length = UnsafeMutablePointer<SQLLEN>.allocate(capacity: rowsPerFetch)
      length.initialize(repeating: 0, count: rowsPerFetch)
      buffers.append(buffer)
      lengths.append(length)
      try ODBCResult.check(
        SQLBindCol(statement, SQLUSMALLINT(index + 1), type, buffer, size, length), statement)
    }
  }

  // MARK: Reading

  /// Hands out each row, whose cells are looked at from left to right and each once.
  ///
  /// Errors: `ODBCFailure`; `WireError` with the code `data` where a text is longer than it was said
  /// to be.
  func read(_ body: (ODBCRow) throws -> Void) throws {
    while true {
      let code = SQLFetch(statement)
      if Int32(code) == SQL_NO_DATA { return }
      // A text that was cut is a warning of the whole fetch; its cell shows it.
      try ODBCResult.check(code, statement)
      let count = isBound ? max(1, min(Int(fetched.pointee), rowsPerFetch)) : 1
      for row in 0..<count { try body(ODBCRow(result: self, row: row)) }
    }
  }

  fileprivate func cell(_ row: Int, _ index: Int) throws -> ODBCCell {
    try isBound ? bound(row, index) : piecemeal(index)
  }

  private func bound(_ row: Int, _ index: Int) throws -> ODBCCell {
    let length = lengths[index][row]
    if length == SQLLEN(SQL_NULL_DATA) { return .missing }
    let column = columns[index]
    let size = column.buffer.bytes
    let cell = buffers[index] + row * size
    switch column.kind {
    case .integer: return .integer(cell.load(as: Int64.self))
    case .real: return ODBCResult.real(cell.load(as: Double.self), isSingle: false)
    case .single: return ODBCResult.real(cell.load(as: Double.self), isSingle: true)
    case .truth: return .truth(cell.load(as: UInt8.self) != 0)
    case .binary: return .binary
    case .text:
      guard length >= 0, length < size else {
        throw WireError(
          .data, "a text is longer than its column says", hint: "the table has changed: ask again")
      }
      let units = cell.assumingMemoryBound(to: SQLWCHAR.self)
      text.write(UnsafeBufferPointer(start: units, count: length / 2))
      return .text(text.text)
    }
  }

  private static func real(_ number: Double, isSingle: Bool) -> ODBCCell {
    .real(number, digits: isSingle ? Float(number).description : number.description)
  }

  /// Fetches a cell whose length is not known: as long as the driver says that it was cut.
  private func piecemeal(_ index: Int) throws -> ODBCCell {
    let column = columns[index]
    let (type, size) = column.buffer
    return try withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
      guard let base = buffer.baseAddress else { return .missing }
      var units: [SQLWCHAR] = []
      while true {
        var length: SQLLEN = 0
        let code = SQLGetData(statement, SQLUSMALLINT(index + 1), type, base, size, &length)
        if Int32(code) == SQL_NO_DATA { break }
        if column.kind == .binary { return length == SQLLEN(SQL_NULL_DATA) ? .missing : .binary }
        try ODBCResult.check(code, statement)
        if length == SQLLEN(SQL_NULL_DATA) { return .missing }
        switch column.kind {
        case .integer: return .integer(base.load(as: Int64.self))
        case .real: return ODBCResult.real(base.load(as: Double.self), isSingle: false)
        case .single: return ODBCResult.real(base.load(as: Double.self), isSingle: true)
        case .truth: return .truth(base.load(as: UInt8.self) != 0)
        case .binary: return .binary
        case .text: break
        }
        let isCut = length == SQLLEN(SQL_NO_TOTAL) || length > size - 2
        let count = isCut ? size / 2 - 1 : length / 2
        units.append(
          contentsOf: UnsafeBufferPointer(
            start: base.assumingMemoryBound(to: SQLWCHAR.self), count: count))
        if !isCut { break }
      }
      units.withUnsafeBufferPointer { text.write($0) }
      return .text(text.text)
    }
  }

  static func check(_ code: SQLRETURN, _ statement: SQLHSTMT) throws {
    if code != 0, code != 1 { throw ODBCFailure(SQL_HANDLE_STMT, statement) }
  }
}

/// The row that a result stands at.
struct ODBCRow {
  fileprivate let result: ODBCResult
  fileprivate let row: Int

  var count: Int { result.columns.count }

  /// Errors: those of `ODBCResult.read`.
  func cell(_ index: Int) throws -> ODBCCell { try result.cell(row, index) }

  /// All cells, for small results.
  func cells() throws -> [SQLCell] { try (0..<count).map { SQLCell(try cell($0)) } }
}
