import CSQLite
import Columns
import Glibc
import Testing

/// A database file of a test, with the files beside it; removed when the test is done with it.
final class TemporaryDatabase {
  let folder: String
  let path: String

  init(_ statements: String..., name: String = "office.db") throws {
    var template = Array("/tmp/docket-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = folder + "/" + name
    for statement in statements { try write(statement) }
  }

  deinit {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      unlink(path + suffix)
      rmdir(path + suffix)
    }
    rmdir(folder)
  }

  /// Runs statements on a connection of their own, with values bound to the places of the last.
  func write(_ sql: String, _ values: [[String?]] = []) throws {
    var opened: OpaquePointer?
    try #require(sqlite3_open(path, &opened) == SQLITE_OK)
    let handle = try #require(opened)
    defer { sqlite3_close_v2(handle) }
    if values.isEmpty {
      let message = "\(String(cString: sqlite3_errmsg(handle)))"
      try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(message): \(sql)")
      return
    }
    sqlite3_exec(handle, "PRAGMA synchronous = OFF; BEGIN", nil, nil, nil)
    var prepared: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK)
    let statement = try #require(prepared)
    for row in values {
      for (place, value) in row.enumerated() {
        if let value {
          docket_sqlite_bind_text(statement, Int32(place + 1), value, Int32(value.utf8.count))
        } else {
          sqlite3_bind_null(statement, Int32(place + 1))
        }
      }
      try #require(sqlite3_step(statement) == SQLITE_DONE)
      sqlite3_reset(statement)
    }
    sqlite3_finalize(statement)
    try #require(sqlite3_exec(handle, "COMMIT", nil, nil, nil) == SQLITE_OK)
  }

  /// The bytes of the file, or of one beside it.
  func bytes(suffix: String = "") throws -> [UInt8] {
    let file = try #require(fopen(path + suffix, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  func replaceBytes(_ bytes: [UInt8], suffix: String = "") throws {
    let file = try #require(fopen(path + suffix, "w"))
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }
}

extension TemporaryDatabase {
  /// Made-up cases as a table: every column text as in a file that was imported, or each number
  /// column declared as one.
  convenience init(_ cases: RandomCases, isTyped: Bool) throws {
    try self.init()
    let tables = [
      (RandomCases.dataset, cases.columns.map { ($0.name, $0.meaning.type) }, cases.rows),
      (
        RandomCases.places, RandomCases.placeColumns.map { ($0.name, $0.meaning.type) },
        cases.placeRows
      ),
    ]
    for (table, columns, rows) in tables {
      let declared = columns.map { name, type in
        isTyped && type.isNumber
          ? "\"\(name)\" \(type == .integer ? "INTEGER" : "DECIMAL(10, 3)")" : "\"\(name)\" TEXT"
      }
      try write("CREATE TABLE \(table) (\(declared.joined(separator: ", ")))")
      let places = columns.map { _ in "?" }.joined(separator: ", ")
      // An empty text and NULL are one; a column of numbers has only NULL.
      let values = rows.enumerated().map { number, row in
        zip(row, columns).map { text, column -> String? in
          text.isEmpty && (isTyped && column.1.isNumber || number % 2 == 0) ? nil : text
        }
      }
      if !values.isEmpty { try write("INSERT INTO \(table) VALUES (\(places))", values) }
    }
  }
}
