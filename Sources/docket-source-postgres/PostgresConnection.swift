internal import CPostgres
internal import Engine
internal import Glibc
internal import SourceWire

/// One connection through libpq that only ever reads.
///
/// Asked from one thread at a time, except for `cancel`.
final class PostgresConnection: @unchecked Sendable {
  private let handle: OpaquePointer
  private let cancellation: OpaquePointer?
  /// `db.example`, for messages.
  let place: String

  /// Errors: `WireError`.
  init(_ settings: PostgresSettings) throws {
    let handle = PostgresConnection.connect(settings)
    guard let handle else { throw WireError(.internal, "there is no memory for a connection") }
    let host = PQhost(handle).map { String(cString: $0) } ?? ""
    place = host.isEmpty ? "PostgreSQL" : host
    guard PQstatus(handle) == CONNECTION_OK else {
      let failure = PostgresFailure(message: String(cString: PQerrorMessage(handle)))
      PQfinish(handle)
      throw failure.isOfConnecting(to: place)
    }
    self.handle = handle
    cancellation = PQgetCancel(handle)
    do { try prepare(settings) } catch let failure as PostgresFailure {
      throw failure.said(of: place)
    }
  }

  deinit {
    PQfreeCancel(cancellation)
    PQfinish(handle)
  }

  private static func connect(_ settings: PostgresSettings) -> OpaquePointer? {
    // What stands before `dbname` gives way to what the address says.
    var options = [
      ("connect_timeout", "10"), ("keepalives_idle", "60"), ("keepalives_interval", "10"),
      ("keepalives_count", "6"), ("dbname", settings.target), ("application_name", "docket"),
      ("client_encoding", "UTF8"),
      ("fallback_application_name", "docket"),
    ]
    if let password = settings.password { options.append(("password", password)) }
    let texts = options.flatMap { [$0.0, $0.1] }.map { Array($0.utf8CString) }
    // Names and values are read before the call returns.
    let pointers = texts.map { text in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      copy.initialize(from: text, count: text.count)
      return copy
    }
    defer { for pointer in pointers { pointer.deallocate() } }
    var names: [UnsafePointer<CChar>?] = []
    var values: [UnsafePointer<CChar>?] = []
    for (index, pointer) in pointers.enumerated() {
      if index % 2 == 0 {
        names.append(UnsafePointer(pointer))
      } else {
        values.append(UnsafePointer(pointer))
      }
    }
    return PQconnectdbParams(names + [nil], values + [nil], 1)
  }

  /// Reads only, in words that every session writes alike.
  private func prepare(_ settings: PostgresSettings) throws {
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try run(
      """
      SET default_transaction_read_only = on;
      SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'iso_8601';
      SET standard_conforming_strings = on; SET extra_float_digits = 1; SET bytea_output = 'hex';
      SET statement_timeout = \(settings.timeout * 1000); SET lock_timeout = \(settings.wait * 1000)
      """)
    _ = try cells("SELECT set_config('TimeZone', $1, false)", [.text(settings.zone)])
    // Servers that only speak PostgreSQL's protocol do not know these.
    for setting in ["enable_partitionwise_aggregate = on", "synchronize_seqscans = off"] {
      try? run("SET \(setting)")
    }
  }

  var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

  /// The version of the server: 150018 for 15.18.
  var version: Int { Int(PQserverVersion(handle)) }

  /// A setting that the server reports: `server_encoding`.
  func setting(_ name: String) -> String? {
    PQparameterStatus(handle, name).map { String(cString: $0) }
  }

  /// Ends what runs on the server; from any thread.
  func cancel() {
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(cancellation, &message, Int32(message.count))
  }

  /// Cuts the connection, so that nothing waits for a server that stands still; from any thread.
  func cut() { shutdown(PQsocket(handle), Int32(SHUT_RDWR)) }

  // MARK: Statements

  /// Runs statements without results. Errors: `PostgresFailure`.
  func run(_ sql: String) throws {
    let result = PQexec(handle, sql)
    defer { PQclear(result) }
    let status = PQresultStatus(result)
    guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
      throw PostgresFailure(result, handle)
    }
  }

  /// The cells of all rows, for small results. Errors: `PostgresFailure`.
  func cells(_ sql: String, _ bindings: [SQLBinding] = []) throws -> [[SQLCell]] {
    var rows: [[SQLCell]] = []
    try results(sql, bindings) { result in
      let columns = 0..<PQnfields(result)
      let types = columns.map { PQftype(result, $0) }
      for row in 0..<PQntuples(result) {
        rows.append(
          columns.map { column in
            guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column)
            else { return .null }
            return PostgresConnection.cell(String(cString: value), types[Int(column)])
          })
      }
    }
    return rows
  }

  /// A cell by the type of its result (`pg_type.dat`).
  private static func cell(_ text: String, _ type: Oid) -> SQLCell {
    switch type {
    case 16: .integer(text == "t" ? 1 : 0)
    case 20, 21, 23, 26, 1700: Int64(text).map(SQLCell.integer) ?? .text(text)
    case 700, 701: Double(text).map(SQLCell.double) ?? .null
    default: .text(text)
    }
  }

  /// A texts' type is that of what it is compared with; numbers have their own.
  private func results(
    _ sql: String, _ bindings: [SQLBinding], _ body: (OpaquePointer) throws -> Void
  ) throws {
    var types: [Oid] = []
    var values: [[CChar]] = []
    for binding in bindings {
      switch binding {
      case .integer(let number):
        types.append(20)
        values.append(Array(String(number).utf8CString))
      case .double(let number):
        types.append(701)
        values.append(Array(number.description.utf8CString))
      case .text(let text):
        types.append(0)
        values.append(Array(text.utf8CString))
      }
    }
    let pointers = values.map { text -> UnsafePointer<CChar>? in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      copy.initialize(from: text, count: text.count)
      return UnsafePointer(copy)
    }
    defer { for pointer in pointers { pointer?.deallocate() } }
    let result = PQexecParams(handle, sql, Int32(bindings.count), types, pointers, nil, nil, 0)
    defer { PQclear(result) }
    guard let result, PQresultStatus(result) == PGRES_TUPLES_OK else {
      throw PostgresFailure(result, handle)
    }
    try body(result)
  }

  /// The rows of a query one by one, in bounded memory: the cells of each as bytes, nothing for NULL.
  ///
  /// Errors: `PostgresFailure`, and what the body throws, after which the rest is not sent.
  func copy(_ query: String, each body: (PostgresRow) throws -> Void) throws {
    let begun = PQexec(handle, "COPY (\(query)) TO STDOUT (FORMAT binary)")
    defer { PQclear(begun) }
    guard PQresultStatus(begun) == PGRES_COPY_OUT else { throw PostgresFailure(begun, handle) }
    var reader = PostgresRow()
    do {
      while try next({ try reader.take($0, body) }) {}
    } catch {
      cancel()
      while (try? next { _ in }) == true {}
      finish()
      throw error
    }
    let last = PQgetResult(handle)
    defer { PQclear(last) }
    guard PQresultStatus(last) == PGRES_COMMAND_OK else { throw PostgresFailure(last, handle) }
    finish()
  }

  private func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    var buffer: UnsafeMutablePointer<CChar>?
    let length = PQgetCopyData(handle, &buffer, 0)
    defer { PQfreemem(buffer) }
    if length == -1 { return false }
    guard length > 0, let buffer else {
      throw PostgresFailure(state: "", message: String(cString: PQerrorMessage(handle)))
    }
    try body(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
    return true
  }

  private func finish() {
    while let rest = PQgetResult(handle) { PQclear(rest) }
  }
}

extension PostgresFailure {
  /// The error of a connection that was not made.
  fileprivate func isOfConnecting(to place: String) -> WireError {
    if isOfPassword {
      return PostgresFailure(state: "28P01", message: message).said(of: place)
    }
    if message.contains("database"), message.contains("does not exist") {
      return PostgresFailure(state: "3D000", message: message).said(of: place)
    }
    return said(of: place)
  }
}
