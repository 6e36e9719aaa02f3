internal import CADBC
internal import Columns
internal import Engine
internal import SourceWire
internal import Synchronization

/// One connection through a driver. Asked from one thread at a time, except for `cancel`.
final class ADBCConnection: @unchecked Sendable {
  private let driver: ADBCDriver
  private let database: UnsafeMutablePointer<AdbcDatabase>
  private let connection: UnsafeMutablePointer<AdbcConnection>
  private let current = Mutex(Current())

  /// The statement that is worked on, which another thread may end.
  private struct Current: @unchecked Sendable {
    var statement: UnsafeMutablePointer<AdbcStatement>?
    var isCancelled = false
  }

  /// Errors: `ADBCFailure`.
  init(_ driver: ADBCDriver, options: [(name: String, value: String)]) throws {
    self.driver = driver
    database = .allocate(capacity: 1)
    database.initialize(to: AdbcDatabase())
    connection = .allocate(capacity: 1)
    connection.initialize(to: AdbcConnection())
    let functions = driver.functions.pointee
    try ADBCConnection.check { functions.DatabaseNew?(database, &$0) }
    for option in options {
      try ADBCConnection.check {
        functions.DatabaseSetOption?(database, option.name, option.value, &$0)
      }
    }
    try ADBCConnection.check { functions.DatabaseInit?(database, &$0) }
    try ADBCConnection.check { functions.ConnectionNew?(connection, &$0) }
    try ADBCConnection.check { functions.ConnectionInit?(connection, database, &$0) }
  }

  deinit {
    var error = AdbcError()
    let functions = driver.functions.pointee
    if connection.pointee.private_data != nil {
      _ = functions.ConnectionRelease?(connection, &error)
      error.release?(&error)
    }
    error = AdbcError()
    if database.pointee.private_data != nil {
      _ = functions.DatabaseRelease?(database, &error)
      error.release?(&error)
    }
    connection.deallocate()
    database.deallocate()
  }

  // MARK: Asking

  /// Runs a statement and hands out the batches of its result.
  ///
  /// Errors: `ADBCFailure` of the driver; `WireError` with the code `cancelled` where it was ended.
  func rows(
    _ sql: String, _ bindings: [SQLBinding] = [], _ body: (ArrowStream.Batch) throws -> Void
  ) throws {
    try ask(sql, bindings, schema: { _ in }, batches: body)
  }

  /// The columns that a statement has. Errors: those of `rows`.
  func schema(_ sql: String) throws -> [ArrowStream.Column] {
    var columns: [ArrowStream.Column] = []
    try ask(sql, [], schema: { columns = $0 }, batches: { _ in })
    return columns
  }

  private func ask(
    _ sql: String, _ bindings: [SQLBinding], schema: ([ArrowStream.Column]) throws -> Void,
    batches: (ArrowStream.Batch) throws -> Void
  ) throws {
    let functions = driver.functions.pointee
    let statement = UnsafeMutablePointer<AdbcStatement>.allocate(capacity: 1)
    statement.initialize(to: AdbcStatement())
    defer { statement.deallocate() }
    try ADBCConnection.check { functions.StatementNew?(connection, statement, &$0) }
    current.withLock { $0 = Current(statement: statement) }
    defer {
      // Under the lock, so that nobody ends a statement that is gone.
      current.withLock { $0.statement = nil }
      var error = AdbcError()
      _ = functions.StatementRelease?(statement, &error)
      error.release?(&error)
    }
    do {
      try ADBCConnection.check { functions.StatementSetSqlQuery?(statement, sql, &$0) }
      if !bindings.isEmpty { try bind(bindings, to: statement) }
      var stream = ArrowArrayStream()
      var affected: Int64 = 0
      try ADBCConnection.check {
        functions.StatementExecuteQuery?(statement, &stream, &affected, &$0)
      }
      guard stream.release != nil else { return }
      try ArrowStream.read(
        &stream, schema: schema,
        batches: { batch in
          try checkCancellation()
          try batches(batch)
        })
    } catch let failure as ADBCFailure {
      try checkCancellation()
      throw failure
    }
    try checkCancellation()
  }

  private func bind(_ bindings: [SQLBinding], to statement: UnsafeMutablePointer<AdbcStatement>)
    throws
  {
    let functions = driver.functions.pointee
    try ADBCConnection.check { functions.StatementPrepare?(statement, &$0) }
    var schema = ArrowSchema()
    var array = ArrowArray()
    ArrowParameters.fill(&schema, &array, with: bindings)
    defer {
      schema.release?(&schema)
      array.release?(&array)
    }
    try ADBCConnection.check { functions.StatementBind?(statement, &array, &schema, &$0) }
  }

  private func checkCancellation() throws {
    if current.withLock({ $0.isCancelled }) { throw WireError(.cancelled, "stopped as asked") }
  }

  /// Runs a statement whose result is of no interest.
  func run(_ sql: String) throws {
    try rows(sql) { _ in }
  }

  /// The cells of all rows, for small results. Errors: those of `rows`, and `ADBCNumber` where a
  /// cell is none that a small table has.
  func cells(_ sql: String, _ bindings: [SQLBinding] = []) throws -> [[SQLCell]] {
    var found: [[SQLCell]] = []
    try rows(sql, bindings) { batch in
      for row in 0..<batch.rowCount {
        found.append(try batch.columns.indices.map { try SQLCell(batch[row, $0]) })
      }
    }
    return found
  }

  /// The texts of all rows; nothing for a missing one.
  func texts(_ sql: String, _ bindings: [SQLBinding] = []) throws -> [[String?]] {
    try cells(sql, bindings).map { $0.map(\.written) }
  }

  /// Ends what is asked at this moment; called from another thread.
  func cancel() {
    current.withLock { current in
      current.isCancelled = true
      guard driver.isNewer, let statement = current.statement else { return }
      var error = AdbcError()
      _ = driver.functions.pointee.StatementCancel?(statement, &error)
      error.release?(&error)
    }
  }

  // MARK: Failures

  private static func check(_ call: (inout AdbcError) -> UInt8?) throws {
    var error = AdbcError()
    guard let status = call(&error) else {
      throw ADBCFailure(2, "the driver has not the function for this")
    }
    if status != 0 { throw ADBCFailure(status, &error) }
  }
}

/// A cell of a small table that is none of its kinds: the database does not make the table then.
struct ADBCNumber: Error {}

extension SQLCell {
  /// Errors: `ADBCNumber`.
  init(_ cell: ArrowCell) throws {
    switch cell {
    case .missing: self = .null
    case .truth(let truth): self = .integer(truth ? 1 : 0)
    case .integer(let number): self = .integer(number)
    case .decimal(let number):
      // Sums have more digits than a cell of numbers holds.
      guard number.scale == 0 else { throw ADBCNumber() }
      self = number.integer.map { .integer(Int64($0)) } ?? .text(number.description)
    case .real(let number, _): self = .double(number)
    case .bytes(let bytes): self = .text(String(decoding: bytes, as: UTF8.self))
    case .text(let text): self = .text(text)
    case .unreadable: throw ADBCNumber()
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
