import Engine
import Glibc

/// SQLite databases, read-only.
enum SQLite: SourceKind {
  static let name = "SQLite"
  static let endings = ["db", "sqlite", "sqlite3", "db3"]

  static func opens(_ path: String) -> Bool {
    hasEnding(path) || hasHeader(path)
  }

  /// A database begins with these bytes, whatever its name (SQLite file format, section 1.3).
  private static func hasHeader(_ path: String) -> Bool {
    guard let file = fopen(path, "r") else { return false }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 16)
    return fread(&bytes, 1, 16, file) == 16 && bytes == Array("SQLite format 3\0".utf8)
  }

  static func open(_ path: String) throws -> any Source { try SQLiteSource(path: path) }
}
