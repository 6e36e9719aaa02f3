internal import CSQLite
// Where two C modules hold `timespec`, its members are seen through this one.
internal import CSpawn
package import Engine
internal import Glibc

/// One read-only connection to a database file, through the system's SQLite.
///
/// Only `SQLITE_DONE` ends a statement well: a damaged page gives rows first and an error at the
/// end.
package final class SQLiteConnection {
  private let handle: OpaquePointer
  private let path: String
  private let identity: Identity
  /// Whether the file was opened as one that nobody changes: then nothing is written beside it.
  package let isImmutable: Bool

  /// Errors: `SourceProblem`.
  package init(path: String) throws {
    self.path = path
    try SQLiteConnection.look(at: path)
    do {
      (handle, isImmutable) = try SQLiteConnection.open(path)
    } catch let failure as SQLiteFailure {
      throw failure.said(of: path)
    }
    identity = Identity(of: path, isWhole: isImmutable)
  }

  /// Whether the path has come to hold another file, or one that was opened as unchanging changed.
  var isOutdated: Bool {
    Identity(of: path, isWhole: isImmutable) != identity
      || isImmutable && SQLiteConnection.length(of: path + "-wal") ?? 0 > 0
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// Runs a statement and hands out each of its rows.
  ///
  /// Errors: `SourceProblem`; kind `cancelled` where the run was.
  package func rows(
    _ sql: String, _ bindings: [SQLBinding] = [], run: any RunMonitor = UnwatchedRun(),
    each: (SQLiteRow) throws -> Void
  ) throws {
    do {
      try watched(sql, bindings, run, each)
    } catch let failure as SQLiteFailure {
      if run.isCancelled { throw SourceProblem(.cancelled, "stopped while reading \(path)") }
      throw failure.said(of: path)
    }
  }

  /// The cells of all rows, or nothing where SQLite can't work the statement out: it is too long,
  /// or a sum does not fit.
  func cellsWherePossible(_ sql: String, _ bindings: [SQLBinding], run: any RunMonitor) throws
    -> [[SQLCell]]?
  {
    var found: [[SQLCell]] = []
    do {
      try watched(sql, bindings, run) { row in
        found.append((0..<row.count).map { row.cell($0) })
      }
      return found
    } catch let failure as SQLiteFailure {
      if failure.isOfStatement { return nil }
      if run.isCancelled { throw SourceProblem(.cancelled, "stopped while reading \(path)") }
      throw failure.said(of: path)
    }
  }

  private func watched(
    _ sql: String, _ bindings: [SQLBinding], _ run: any RunMonitor,
    _ each: (SQLiteRow) throws -> Void
  ) throws {
    let watch = SQLiteWatch(run)
    let context = Unmanaged.passUnretained(watch).toOpaque()
    sqlite3_progress_handler(handle, 5000, { SQLiteWatch.hasToStop($0) }, context)
    sqlite3_busy_handler(handle, { SQLiteWatch.waits($0, $1) }, context)
    defer {
      sqlite3_progress_handler(handle, 0, nil, nil)
      sqlite3_busy_handler(handle, nil, nil)
    }
    let interrupter = SQLiteInterrupter(
      handle, run, fileBytes: SQLiteConnection.length(of: path) ?? 0)
    defer { interrupter?.finish() }
    try withExtendedLifetime(watch) { try step(sql, bindings, each) }
  }

  /// The cells of all rows, for small results.
  package func cells(
    _ sql: String, _ bindings: [SQLBinding] = [], run: any RunMonitor = UnwatchedRun()
  ) throws -> [[SQLCell]] {
    var found: [[SQLCell]] = []
    try rows(sql, bindings, run: run) { row in
      found.append((0..<row.count).map { row.cell($0) })
    }
    return found
  }

  /// Runs the work on one unchanging state of the file.
  package func consistently<Result>(_ work: () throws -> Result) throws -> Result {
    try rows("BEGIN") { _ in }
    do {
      let result = try work()
      try rows("COMMIT") { _ in }
      return result
    } catch {
      // The work's own error is the one to tell; a transaction that only read has nothing to lose.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// The SHA-256 digest of the file and of the changes that stand in its log.
  func digest() throws -> String {
    var digest = RunningDigest()
    for name in isImmutable ? [path] : [path, path + "-wal"] {
      let descriptor = Glibc.open(name, O_RDONLY)
      if descriptor < 0, name != path { continue }
      guard descriptor >= 0 else { throw SourceProblem(.unreadable, "\(path) can't be read") }
      defer { close(descriptor) }
      var block = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = read(descriptor, &block, block.count)
        if count < 0 { throw SourceProblem(.damaged, "\(path) can't be read to its end") }
        if count == 0 { break }
        block.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      }
    }
    return digest.digest
  }

  private func step(
    _ sql: String, _ bindings: [SQLBinding], _ each: (SQLiteRow) throws -> Void
  ) throws {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &prepared, nil))
    guard let statement = prepared else { return }
    defer { sqlite3_finalize(statement) }
    for (index, binding) in bindings.enumerated() {
      try bind(binding, to: statement, at: Int32(index + 1))
    }
    let row = SQLiteRow(statement: statement)
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw SQLiteFailure(handle) }
      try each(row)
    }
  }

  private func bind(_ binding: SQLBinding, to statement: OpaquePointer, at place: Int32) throws {
    switch binding {
    case .integer(let number): try check(sqlite3_bind_int64(statement, place, number))
    case .double(let number): try check(sqlite3_bind_double(statement, place, number))
    case .text(var text):
      try check(
        text.withUTF8 { bytes in
          // An empty text may have no address, which would bind NULL.
          bytes.withMemoryRebound(to: CChar.self) { characters in
            docket_sqlite_bind_text(
              statement, place, characters.baseAddress ?? SQLiteConnection.nothing,
              Int32(characters.count))
          }
        })
    }
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw SQLiteFailure(handle) }
  }

  private nonisolated(unsafe) static let nothing: UnsafePointer<CChar> = {
    let empty = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    empty.initialize(to: 0)
    return UnsafePointer(empty)
  }()

  // MARK: Opening

  /// Opens the file, or the file alone where it has a log that holds nothing: reading along with a
  /// log writes to the folder, which may be refused and which nobody asked for.
  private static func open(_ path: String) throws -> (handle: OpaquePointer, isImmutable: Bool) {
    let alone = "mode=ro&immutable=1"
    let isLogged = isLogged(path)
    let logged = length(of: path + "-wal") ?? 0
    if isLogged, logged == 0, length(of: path + "-shm") == nil {
      return (try open(path, query: alone), true)
    }
    do {
      return (try open(path, query: "mode=ro"), false)
    } catch let failure as SQLiteFailure where isLogged && failure.mayBeImmutable {
      guard logged == 0 else {
        throw SourceProblem(
          .unreadable,
          "the newest changes of \(path) stand in \(path)-wal, which can't be read here",
          help: ["copy both files to a folder that can be written, and open the copy"])
      }
      return (try open(path, query: alone), true)
    }
  }

  private static func open(_ path: String, query: String) throws -> OpaquePointer {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
    let code = sqlite3_open_v2("file:\(escaped(path))?\(query)", &opened, flags, nil)
    guard let handle = opened else { throw SQLiteFailure(code: code, message: "out of memory") }
    guard code == SQLITE_OK else {
      defer { sqlite3_close_v2(handle) }
      throw SQLiteFailure(handle)
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 2000)
    // The first look at the file: junk, locks and logs show here and not on opening.
    let look = "PRAGMA trusted_schema = OFF; SELECT COUNT(*) FROM sqlite_schema"
    guard sqlite3_exec(handle, look, nil, nil, nil) == SQLITE_OK else {
      defer { sqlite3_close_v2(handle) }
      throw SQLiteFailure(handle)
    }
    return handle
  }

  /// Says what stands in the way of a file before SQLite does, which only says that it can't open
  /// it.
  private static func look(at path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw SourceProblem(
        errno == EACCES ? .refused : .notFound,
        errno == EACCES ? "\(path) may not be looked at" : "there is no file \(path)")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw SourceProblem(.unreadable, "\(path) is a folder, not a database")
    }
    if access(path, R_OK) != 0 {
      throw SourceProblem(.refused, "\(path) may not be read by this account")
    }
    if status.st_size == 0 { throw SourceProblem(.unreadable, "\(path) is empty") }
  }

  /// The length of a file in bytes; nothing where there is none.
  private static func length(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Whether the file's header says that changes are written to a log beside it.
  private static func isLogged(_ path: String) -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 20)
    return pread(descriptor, &header, 20, 0) == 20 && header[18] == 2 && header[19] == 2
  }

  /// A path as part of a URI: all but letters, digits and `/-._~` by their numbers.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return String(UnicodeScalar(byte))
      case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        return String(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return (byte < 16 ? "%0" : "%") + digits
      }
    }.joined()
  }
}

/// Which file a path leads to and, where it counts, in what state.
private struct Identity: Equatable {
  private var numbers: [Int] = []

  init(of path: String, isWhole: Bool) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    numbers = [Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino)]
    if isWhole {
      numbers += [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
  }
}

/// What SQLite calls back while it works or waits for a lock.
private final class SQLiteWatch {
  private let run: any RunMonitor

  init(_ run: any RunMonitor) {
    self.run = run
  }

  static func hasToStop(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue().run.isCancelled ? 1 : 0
  }

  /// Waits for a lock in steps of 20 ms, two seconds in all.
  static func waits(_ context: UnsafeMutableRawPointer?, _ attempts: Int32) -> Int32 {
    guard attempts < 100, hasToStop(context) == 0 else { return 0 }
    usleep(20_000)
    return 1
  }
}

/// The current row of a running statement; valid until the next one.
package struct SQLiteRow {
  let statement: OpaquePointer

  package var count: Int { Int(sqlite3_column_count(statement)) }

  func type(_ index: Int) -> Int32 { sqlite3_column_type(statement, Int32(index)) }

  func integer(_ index: Int) -> Int64 { sqlite3_column_int64(statement, Int32(index)) }

  func double(_ index: Int) -> Double { sqlite3_column_double(statement, Int32(index)) }

  /// The bytes of a text cell.
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(statement, Int32(index))
    return UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, Int32(index))))
  }

  /// One cell; binary data counts as missing.
  package func cell(_ index: Int) -> SQLCell {
    switch type(index) {
    case SQLITE_INTEGER: .integer(integer(index))
    case SQLITE_FLOAT: .double(double(index))
    case SQLITE_TEXT: .text(String(decoding: bytes(index), as: UTF8.self))
    default: .null
    }
  }
}
