import CSQLite
import Columns
import Connectors
import Engine
import Glibc
import Synchronization
import Testing

@Suite("SQLite databases that can't be read")
struct SQLiteFaultTests {
  private func problem(_ body: () throws -> Void) throws -> SourceProblem {
    try #require(#expect(throws: SourceProblem.self, performing: body))
  }

  @Test("a path that is not there, a folder and an empty file are told apart")
  func paths() throws {
    let database = try TemporaryDatabase("CREATE TABLE t (x)")
    let absent = try problem { _ = try SQLiteSource(path: database.folder + "/none.db") }
    #expect(absent.kind == .notFound)
    #expect(absent.message == "there is no file \(database.folder)/none.db")
    let folder = try problem { _ = try SQLiteSource(path: database.folder) }
    #expect(folder.message == "\(database.folder) is a folder, not a database")
    try database.replaceBytes([])
    let empty = try problem { _ = try SQLiteSource(path: database.path) }
    #expect(empty.message == "\(database.path) is empty")
    #expect(access(database.folder + "/none.db", F_OK) != 0)
  }

  @Test("a file that is no database is said to be none")
  func junk() throws {
    let database = try TemporaryDatabase()
    try database.replaceBytes(Array(String(repeating: "id,race\n1,Black\n", count: 200).utf8))
    let junk = try problem { _ = try SQLiteSource(path: database.path) }
    #expect(junk.kind == .unreadable)
    #expect(junk.message == "\(database.path) is no SQLite database, or it is encrypted")
  }

  @Test("a damaged page ends a reading with an error, not with the rows before it")
  func damage() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x TEXT); WITH RECURSIVE i(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 5000)
      INSERT INTO cases SELECT 'a text to fill pages with ' || n FROM i
      """)
    var bytes = try database.bytes()
    let page = bytes.count / 4096 - 3
    for offset in page * 4096..<(page + 1) * 4096 { bytes[offset] = 0xFF }
    try database.replaceBytes(bytes)
    let source = try SQLiteSource(path: database.path)
    let damaged = try problem {
      _ = try source.columns(["x"], of: "cases", run: UnwatchedRun())
    }
    #expect(damaged.kind == .damaged)
    #expect(damaged.help.contains { $0.contains(".recover") })
  }

  @Test("a database that another program is writing to is waited for, then said to be busy")
  func locked() throws {
    let database = try TemporaryDatabase("CREATE TABLE cases (x)")
    let source = try SQLiteSource(path: database.path)
    var opened: OpaquePointer?
    try #require(sqlite3_open(database.path, &opened) == SQLITE_OK)
    defer { sqlite3_close_v2(opened) }
    try #require(sqlite3_exec(opened, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
    let busy = try problem {
      _ = try source.columns(["x"], of: "cases", run: UnwatchedRun())
    }
    #expect(busy.kind == .timeout)
    #expect(busy.message == "another program is writing to \(database.path)")
    sqlite3_exec(opened, "COMMIT", nil, nil, nil)
    #expect(try source.columns(["x"], of: "cases", run: UnwatchedRun()).count == 1)
  }

  @Test("nothing is written: not through the connection, not to the file, not beside it")
  func readOnly() throws {
    for journal in ["DELETE", "WAL"] {
      let database = try TemporaryDatabase(
        "PRAGMA journal_mode = \(journal)", "CREATE TABLE cases (x); INSERT INTO cases VALUES (1)")
      let before = try database.bytes()
      let connection = try SQLiteConnection(path: database.path)
      for attempt in [
        "INSERT INTO cases VALUES (2)", "DELETE FROM cases", "DROP TABLE cases",
        "CREATE TABLE more (x)", "PRAGMA user_version = 7", "VACUUM",
      ] {
        let refused = try problem { try connection.rows(attempt) { _ in } }
        #expect(refused.kind == .refused, "\(journal): \(attempt)")
      }
      let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
      _ = try source.columns(["x"], of: "cases", run: UnwatchedRun())
      _ = try source.tabulate(Tabulation(dataset: "cases"), run: UnwatchedRun())
      #expect(try database.bytes() == before)
      for suffix in ["-wal", "-shm", "-journal"] {
        #expect(access(database.path + suffix, F_OK) != 0, "\(journal): \(suffix)")
      }
    }
  }

  @Test("changes that stand in a log are read with the file, and so are those made later")
  func log() throws {
    let database = try TemporaryDatabase(
      "PRAGMA journal_mode = WAL; CREATE TABLE cases (x); INSERT INTO cases VALUES (1)")
    let source = try SQLiteSource(path: database.path)
    func rows() throws -> Int {
      try source.columns(["x"], of: "cases", run: UnwatchedRun())[0].rowCount
    }
    #expect(try rows() == 1)
    var opened: OpaquePointer?
    try #require(sqlite3_open(database.path, &opened) == SQLITE_OK)
    defer { sqlite3_close_v2(opened) }
    for count in 2...3 {
      let insert = "INSERT INTO cases VALUES (\(count))"
      try #require(sqlite3_exec(opened, insert, nil, nil, nil) == SQLITE_OK)
      #expect(try rows() == count)
    }
  }

  @Test("a journal that a crashed program left is said to need a writer")
  func crashed() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x); WITH RECURSIVE i(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 5000)
      INSERT INTO cases SELECT 'a text to fill pages with ' || n FROM i
      """)
    let left = try TemporaryDatabase()
    var opened: OpaquePointer?
    try #require(sqlite3_open(database.path, &opened) == SQLITE_OK)
    defer { sqlite3_close_v2(opened) }
    // With no room in memory the change reaches the file before it is committed.
    let change = "PRAGMA cache_size = 1; BEGIN; UPDATE cases SET x = 'changed ' || x"
    try #require(sqlite3_exec(opened, change, nil, nil, nil) == SQLITE_OK)
    try left.replaceBytes(try database.bytes())
    try left.replaceBytes(try database.bytes(suffix: "-journal"), suffix: "-journal")
    let crashed = try problem {
      let source = try SQLiteSource(path: left.path)
      _ = try source.columns(["x"], of: "cases", run: UnwatchedRun())
    }
    #expect(crashed.message == "a program that was writing to \(left.path) did not finish")
  }

  @Test("a run that is stopped ends, and the source answers the next question")
  func cancellation() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x); WITH RECURSIVE i(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 20000) INSERT INTO cases SELECT n FROM i
      """)
    let source = try SQLiteSource(path: database.path)
    _ = try source.datasets()
    let stopped = try problem {
      _ = try source.columns(["x"], of: "cases", run: StoppedRun(after: 3))
    }
    #expect(stopped.kind == .cancelled)
    #expect(try source.columns(["x"], of: "cases", run: UnwatchedRun())[0].rowCount == 20_000)
  }
}

/// A run that is stopped once it has been looked at a few times.
final class StoppedRun: RunMonitor {
  private let left: Atomic<Int>

  init(after looks: Int) {
    left = Atomic(looks)
  }

  var isCancelled: Bool { left.subtract(1, ordering: .relaxed).newValue < 0 }
  func advance(done: Int, of total: Int) {}
}
