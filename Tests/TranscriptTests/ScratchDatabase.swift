import CSQLite
import Foundation

/// A folder with a database that was built from a text of SQL; it goes when the transcript ends.
final class ScratchDatabase {
  let folder: URL

  init(named name: String, from sql: URL) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = try String(contentsOf: sql, encoding: .utf8)
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    guard sqlite3_open(folder.appendingPathComponent(name).path, &database) == SQLITE_OK,
      sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK
    else {
      throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: sql.path])
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }
}
