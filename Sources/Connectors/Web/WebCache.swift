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

  /// A file that is made when something is first written into it, and goes unless it is kept.
  final class NewFile {
    private let folder: String
    private var descriptor: Int32 = -1
    /// Nothing before anything was written.
    private(set) var path: String?

    init(in folder: String) {
      self.folder = folder
    }

    deinit {
      if descriptor >= 0 { close(descriptor) }
      if let path { unlink(path) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
      if descriptor < 0 { try make() }
      var written = 0
      while written < bytes.count, let start = bytes.baseAddress {
        let count = write(descriptor, start + written, bytes.count - written)
        if count < 0 {
          if errno == EINTR { continue }
          throw WebCache.notKept(in: folder)
        }
        written += count
      }
    }

    private func make() throws {
      try WebCache.makeFolder(folder)
      var template = Array((folder + "/fetch-XXXXXX").utf8CString)
      descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw WebCache.notKept(in: folder) }
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Gives the file its lasting name, instead of what had it.
    func keep(as name: String) throws {
      guard let path, rename(path, name) == 0 else { throw WebCache.notKept(in: folder) }
      self.path = nil
    }
  }

  func newFile() -> NewFile { NewFile(in: folder) }

  private static func notKept(in folder: String) -> SourceProblem {
    SourceProblem(
      .unreadable, "nothing can be kept in \(folder): \(String(cString: strerror(errno)))")
  }

  /// Keeps what was fetched under the address, instead of what was there.
  func keep(
    _ file: NewFile, as ending: String, for address: WebAddress, _ reply: Transfer.Reply
  ) throws -> String {
    let kept = stem(address) + "." + ending
    try file.keep(as: kept)
    var lines = [String(kept.dropFirst(folder.count + 1))]
    if let tag = reply.headers["etag"] { lines.append("If-None-Match: " + tag) }
    if let date = reply.headers["last-modified"] { lines.append("If-Modified-Since: " + date) }
    let note = newFile()
    try Array(lines.joined(separator: "\n").utf8).withUnsafeBytes { try note.append($0) }
    try note.keep(as: stem(address) + ".reply")
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
