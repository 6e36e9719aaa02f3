import Glibc

/// The statements of this and earlier sessions, in a file of one JSON object a line.
///
/// Sessions share the file: each appends one whole line under a lock, and none rewrites what
/// another wrote except to drop the oldest. The file can be read by its owner alone.
package final class StatementHistory {
  /// Statements kept; on the next start the oldest beyond twice as many are dropped from the file.
  static let limit = 10_000
  /// Statements longer than this are not kept; the arrow keys are no place for a pasted file.
  static let longestStatement = 64 * 1024

  /// Oldest first.
  package private(set) var statements: [String] = []
  private let path: String?

  /// Reads the history of earlier sessions; without a path nothing is kept beyond this one.
  package init(path: String?) {
    self.path = path
    guard let path else { return }
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    let lines = Self.contents(of: descriptor).split(separator: UInt8(ascii: "\n"))
    statements = lines.suffix(Self.limit).compactMap {
      HistoryLine(json: String(decoding: $0, as: UTF8.self))?.text
    }
    if lines.count > 2 * Self.limit, ftruncate(descriptor, 0) == 0 {
      Self.write(
        Array(lines.suffix(Self.limit).joined(separator: [UInt8(ascii: "\n")])) + [10],
        to: descriptor)
    }
  }

  /// Adds a statement unless it is empty, too long or the same as the last; whether it was added.
  @discardableResult
  package func append(_ statement: String, at time: Int = Glibc.time(nil)) -> Bool {
    guard !statement.allSatisfy(\.isWhitespace), statement.utf8.count <= Self.longestStatement,
      statement != statements.last
    else { return false }
    statements.append(statement)
    save(HistoryLine(time: time, text: statement))
    return true
  }

  private func save(_ line: HistoryLine) {
    guard let path else { return }
    Self.makeFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    Self.write(Array((line.json + "\n").utf8), to: descriptor)
  }

  private static func makeFolder(of path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for count in 1..<max(2, parts.count + 1) {
      let folder = parts.prefix(count).joined(separator: "/")
      if !folder.isEmpty { mkdir(folder, 0o700) }
    }
  }

  private static func contents(of descriptor: Int32) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + filled, $0.count - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      written += count
    }
  }
}
