internal import CODBC
internal import Engine
internal import SourceWire
internal import Synchronization

/// One connection through the driver manager. Asked from one thread at a time, except for `cancel`.
final class ODBCConnection: @unchecked Sendable {
  private let environment: ODBCEnvironment
  private let handle: SQLHDBC
  /// What the database says that it is: `MariaDB`, `SQLite`.
  let product: String
  private(set) var isConnected = true
  private let current = Mutex(Current())

  /// The statement that is worked on, which another thread may end.
  private struct Current: @unchecked Sendable {
    var statement: SQLHSTMT?
    var isCancelled = false
  }

  /// Seconds to wait for a connection.
  private static let patience: SQLULEN = 15

  /// Connects, so that nothing is written where the driver can promise that.
  ///
  /// Errors: `ODBCFailure`.
  init(_ environment: ODBCEnvironment, _ description: String) throws {
    self.environment = environment
    var made: SQLHANDLE?
    guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_DBC), environment.handle, &made) == 0,
      let handle = made
    else { throw ODBCFailure(SQL_HANDLE_ENV, environment.handle) }
    self.handle = handle
    _ = docket_odbc_set_connection(handle, SQL_ATTR_LOGIN_TIMEOUT, ODBCConnection.patience)
    _ = docket_odbc_set_connection(handle, SQL_ATTR_ACCESS_MODE, SQLULEN(SQL_MODE_READ_ONLY))
    var units = ODBCText.units(description)
    var answer = [SQLWCHAR](repeating: 0, count: 2048)
    var length: SQLSMALLINT = 0
    let code = SQLDriverConnectW(
      handle, nil, &units, SQLSMALLINT(clamping: units.count - 1), &answer, 2047, &length,
      SQLUSMALLINT(SQL_DRIVER_NOPROMPT))
    guard code == 0 || code == 1 else {
      let failure = ODBCFailure(SQL_HANDLE_DBC, handle)
      SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_DBC), handle)
      throw failure
    }
    product = ODBCConnection.information(handle, SQLUSMALLINT(SQL_DBMS_NAME))
  }

  deinit {
    SQLDisconnect(handle)
    SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_DBC), handle)
  }

  /// What names are quoted with: `"`, or a space where they can't be.
  var quote: String { ODBCConnection.information(handle, SQLUSMALLINT(SQL_IDENTIFIER_QUOTE_CHAR)) }

  /// The database that the connection is to, among those of its server; empty where there is but one.
  var catalog: String { ODBCConnection.information(handle, SQLUSMALLINT(SQL_DATABASE_NAME)) }

  private static func information(_ handle: SQLHDBC, _ kind: SQLUSMALLINT) -> String {
    var text = [SQLWCHAR](repeating: 0, count: 256)
    var length: SQLSMALLINT = 0
    _ = SQLGetInfoW(handle, kind, &text, 510, &length)
    return ODBCText.string(text)
  }

  // MARK: Asking

  /// Runs a statement and hands out its rows.
  ///
  /// Errors: `ODBCFailure`; `WireError` with the code `cancelled` where it was ended.
  func rows(
    _ sql: String, _ bindings: [SQLBinding] = [], widths: [Int?] = [],
    _ body: (ODBCRow) throws -> Void
  ) throws {
    try statement(
      { statement in
        var units = ODBCText.units(sql)
        if bindings.isEmpty {
          try ODBCConnection.check(SQLExecDirectW(statement, &units, SQL_NTS), statement)
          return
        }
        try ODBCConnection.check(SQLPrepareW(statement, &units, SQL_NTS), statement)
        try ODBCParameters(bindings).run(statement)
      },
      { statement in
        let result = try ODBCResult(statement, widths: widths)
        if !result.columns.isEmpty { try result.read(body) }
      })
  }

  /// The rows of a list that the driver makes: of tables, of columns.
  func list(
    asking ask: (SQLHSTMT) -> SQLRETURN, rows body: (ODBCRow) throws -> Void
  ) throws {
    try statement(
      { try ODBCConnection.check(ask($0), $0) },
      { try ODBCResult($0).read(body) })
  }

  private func statement(
    _ run: (SQLHSTMT) throws -> Void, _ read: (SQLHSTMT) throws -> Void
  ) throws {
    var made: SQLHANDLE?
    guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_STMT), handle, &made) == 0, let statement = made
    else { throw noted(ODBCFailure(SQL_HANDLE_DBC, handle)) }
    current.withLock { $0 = Current(statement: statement) }
    defer {
      // Under the lock, so that nobody ends a statement that is gone.
      current.withLock { $0.statement = nil }
      SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_STMT), statement)
    }
    do {
      try run(statement)
      try read(statement)
    } catch let failure as ODBCFailure {
      try checkCancellation()
      throw noted(failure)
    }
    try checkCancellation()
  }

  private func noted(_ failure: ODBCFailure) -> ODBCFailure {
    if failure.isDisconnection { isConnected = false }
    return failure
  }

  private func checkCancellation() throws {
    if current.withLock({ $0.isCancelled }) { throw WireError(.cancelled, "stopped as asked") }
  }

  /// Runs a statement whose result is of no interest.
  func run(_ sql: String) throws {
    try rows(sql) { _ in }
  }

  /// The cells of all rows, for small results.
  func cells(_ sql: String, _ bindings: [SQLBinding] = [], widths: [Int?] = []) throws
    -> [[SQLCell]]
  {
    var found: [[SQLCell]] = []
    try rows(sql, bindings, widths: widths) { found.append(try $0.cells()) }
    return found
  }

  /// Ends what is asked at this moment; called from another thread.
  func cancel() {
    current.withLock { current in
      current.isCancelled = true
      if let statement = current.statement { _ = SQLCancel(statement) }
    }
  }

  private static func check(_ code: SQLRETURN, _ statement: SQLHSTMT) throws {
    // No rows touched is no error of a statement that was run.
    if code != 0, code != 1, Int32(code) != SQL_NO_DATA {
      throw ODBCFailure(SQL_HANDLE_STMT, statement)
    }
  }
}

/// The values that belong to a statement, in places that stay where they are while it runs.
private struct ODBCParameters {
  private let bindings: [SQLBinding]

  init(_ bindings: [SQLBinding]) {
    self.bindings = bindings
  }

  func run(_ statement: SQLHSTMT) throws {
    var places: [UnsafeMutableRawPointer] = []
    var lengths: [UnsafeMutablePointer<SQLLEN>] = []
    defer {
      for place in places { place.deallocate() }
      for length in lengths { length.deallocate() }
    }
    for (index, binding) in bindings.enumerated() {
      let length = UnsafeMutablePointer<SQLLEN>.allocate(capacity: 1)
      lengths.append(length)
      let (place, bytes) = ODBCParameters.copy(of: binding)
      places.append(place)
      length.initialize(to: SQLLEN(bytes))
      let types = ODBCParameters.types(of: binding)
      let size = max(1, bytes / 2)
      let code = SQLBindParameter(
        statement, SQLUSMALLINT(index + 1), SQLSMALLINT(SQL_PARAM_INPUT), types.c, types.sql,
        SQLULEN(size), 0, place, SQLLEN(bytes), length)
      try ODBCResult.check(code, statement)
    }
    let code = SQLExecute(statement)
    if Int32(code) != SQL_NO_DATA { try ODBCResult.check(code, statement) }
  }

  private static func types(of binding: SQLBinding) -> (c: SQLSMALLINT, sql: SQLSMALLINT) {
    switch binding {
    case .integer: (SQLSMALLINT(SQL_BIGINT + SQL_SIGNED_OFFSET), SQLSMALLINT(SQL_BIGINT))
    case .double: (SQLSMALLINT(SQL_C_DOUBLE), SQLSMALLINT(SQL_DOUBLE))
    case .text: (SQLSMALLINT(SQL_C_WCHAR), SQLSMALLINT(SQL_WVARCHAR))
    }
  }

  private static func copy(of binding: SQLBinding) -> (UnsafeMutableRawPointer, Int) {
    switch binding {
    case .integer(let number): return copy(of: [number])
    case .double(let number): return copy(of: [number])
    case .text(let text):
      let units = ODBCText.units(text)
      let (place, bytes) = copy(of: units)
      return (place, bytes - 2)
    }
  }

  private static func copy<Element: BitwiseCopyable>(of elements: [Element])
    -> (UnsafeMutableRawPointer, Int)
  {
    let size = elements.count * MemoryLayout<Element>.stride
    let place = UnsafeMutableRawPointer.allocate(byteCount: max(8, size), alignment: 8)
    elements.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { place.copyMemory(from: base, byteCount: bytes.count) }
    }
    return (place, size)
  }
}
