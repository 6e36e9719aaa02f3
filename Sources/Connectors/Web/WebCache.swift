internal import Engine
internal import Glibc

/// Files that were fetched, each with what the server said by which it knows them again.
///
/// A copy may be lost at any time. Files are for their owner alone, and appear whole or not at all.
struct WebCache {
  private let folder: String

  /// A file that is kept.
  struct Entry {
    let path: String
    /// Header lines that ask for the file only if it has changed.
    let conditions: [String]
  }

  /// - Parameter folder: made when something is first kept.
  init(folder: String) {
    self.folder = folder
  }

  /// `docket/web` in the user's cache directory; nothing where that can't be told.
  static var userFolder: String? {
    if let cache = getenv("XDG_CACHE_HOME").map({ String(cString: $0) }), cache.hasPrefix("/") {
      return cache + "/docket/web"
    }
    return getenv("HOME").map { String(cString: $0) + "/.cache/docket/web" }
  }

  private func stem(_ address: WebAddress) -> String {
    folder + "/" + Digest.sha256(address.text).prefix(32)
  }

  func entry(for address: WebAddress) -> Entry? {
    let stem = stem(address)
    let bytes = WebCache.contents(ofPath: stem + ".reply")
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let file = lines.first, access(folder + "/" + file, R_OK) == 0 else { return nil }
    return Entry(path: folder + "/" + file, conditions: Array(lines.dropFirst()))
  }

  /// A new file to fetch into.
  func begin() throws -> (descriptor: Int32, path: String) {
    try WebCache.makeFolder(folder)
    var template = Array((folder + "/fetch-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw SourceProblem(
        .unreadable, "nothing can be kept in \(folder): \(String(cString: strerror(errno)))")
    }
    return (descriptor, path)
  }

  /// Keeps what was fetched under the address, instead of what was there.
  func keep(_ path: String, as ending: String, for address: WebAddress, _ reply: Transfer.Reply)
    throws -> String
  {
    let kept = stem(address) + "." + ending
    guard rename(path, kept) == 0 else {
      throw SourceProblem(
        .unreadable, "nothing can be kept in \(folder): \(String(cString: strerror(errno)))")
    }
    var lines = [String(kept.dropFirst(folder.count + 1))]
    if let tag = reply.headers["etag"] { lines.append("If-None-Match: " + tag) }
    if let date = reply.headers["last-modified"] { lines.append("If-Modified-Since: " + date) }
    let (descriptor, temporary) = try begin()
    defer { close(descriptor) }
    let text = Array(lines.joined(separator: "\n").utf8)
    guard write(descriptor, text, text.count) == text.count,
      rename(temporary, stem(address) + ".reply") == 0
    else {
      // Without the reply the file is fetched again next time.
      unlink(temporary)
      return kept
    }
    return kept
  }

  private static func makeFolder(_ path: String) throws {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
        throw SourceProblem(
          .unreadable, "\(made) can't be made: \(String(cString: strerror(errno)))")
      }
    }
  }

  private static func contents(ofPath path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }
}
