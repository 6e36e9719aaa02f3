internal import Columns
internal import Engine
internal import Glibc
internal import SourceWire

/// What DuckDB opens: a database file, or Parquet files as one dataset.
struct DuckDBFiles: Sendable {
  enum Content: Sendable {
    case database
    /// Files, or one pattern for them.
    case parquet
  }

  let content: Content
  /// The file, the pattern of files, or an address.
  let path: String
  private let isRemote: Bool
  private let name: String

  /// Looks whether the file is there and may be read. Errors: `WireError`.
  init(_ settings: ADBCSettings) throws {
    var path = settings.path
    while path.hasSuffix("/"), path.count > 1 { path.removeLast() }
    isRemote = settings.isRemote
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let stem = last.split(separator: ".").first.map(String.init) ?? last
    let words = stem.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }
    name = words.isEmpty ? "data" : words.joined(separator: "-")
    var status = stat()
    let isThere = !isRemote && stat(path, &status) == 0
    let isFolder = isThere && status.st_mode & S_IFMT == S_IFDIR
    let isParquet = [".parquet", ".parq", ".pq"].contains { path.lowercased().hasSuffix($0) }
    content = isFolder || isParquet || path.contains("*") ? .parquet : .database
    self.path = isFolder ? path + "/**/*.parquet" : path
    if isRemote || path.contains("*") { return }
    guard isThere else {
      throw WireError(.notFound, "there is no file \(settings.place)", hint: "look at the path")
    }
    if access(path, R_OK) != 0 {
      throw WireError(
        .auth, "\(settings.place) may not be read by this account",
        hint: "look at its permissions")
    }
    if !isFolder, status.st_size == 0 {
      throw WireError(.data, "\(settings.place) is empty", hint: "fetch it again")
    }
  }

  /// How the driver is begun: nothing can be written to a file that is opened like this.
  var options: [(name: String, value: String)] {
    switch content {
    case .database: [("path", path), ("access_mode", "READ_ONLY")]
    case .parquet: [("path", ":memory:")]
    }
  }

  /// Shuts the database in with what was opened: no other file is read, none is written, nothing is
  /// fetched, and no setting changes any more. Errors: `ADBCFailure`.
  func confine(_ connection: ADBCConnection, zone: String) throws {
    // Known only where the calendars of zones are there; without them moments are those of UTC.
    do {
      try connection.run("SET TimeZone = \(DuckDBFiles.literal(zone))")
    } catch let failure as ADBCFailure where zone == "UTC" {
      _ = failure
    }
    let settings = [
      "SET default_collation = ''", "SET preserve_insertion_order = true",
      "SET integer_division = false", "SET autoinstall_known_extensions = false",
    ]
    for setting in settings { try connection.run(setting) }
    if !isRemote {
      let folder = path.contains("*") ? path.prefix { $0 != "*" } : path[...]
      let allowed =
        path.contains("*")
        ? "allowed_directories = [\(DuckDBFiles.literal(Self.parent(of: folder)))]"
        : "allowed_paths = [\(DuckDBFiles.literal(path))]"
      try connection.run("SET " + allowed)
      try connection.run("SET autoload_known_extensions = false")
      try connection.run("SET enable_external_access = false")
    }
    try connection.run("SET lock_configuration = true")
  }

  private static func parent(of path: Substring) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
  }

  /// A text in quotes, where no value can be bound.
  static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  /// The Parquet files as the words of a table, and what the dataset is called.
  var parquet: (name: String, relation: String) {
    (name, "read_parquet(\(DuckDBFiles.literal(path)))")
  }

  /// When and how long the file is: what was read of it holds while this is the same.
  ///
  /// Nothing where that can't be told, and within two seconds of the last change: times are coarse, so
  /// that what is written next may not show.
  var state: String? {
    guard let written else { return nil }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return written.second < now.tv_sec - 2 ? written.state : nil
  }

  /// The same, for whatever is looked up again as soon as it is another.
  var appearance: String? { written?.state }

  private var written: (state: String, second: Int)? {
    if isRemote || path.contains("*") { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let time = status.st_mtim
    return ("\(status.st_ino) \(status.st_size) \(time.tv_sec) \(time.tv_nsec)", time.tv_sec)
  }

  /// Whether the file is not there any more.
  var isGone: Bool { !isRemote && !path.contains("*") && access(path, F_OK) != 0 }

  /// The digest of the file, where it is not too long to be read for that alone.
  var fingerprint: String? {
    var status = stat()
    guard !isRemote, !path.contains("*"), stat(path, &status) == 0, status.st_size <= 256 << 20,
      let file = fopen(path, "re")
    else { return nil }
    defer { fclose(file) }
    var digest = RunningDigest()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return ferror(file) == 0 ? "sha256:" + digest.digest : nil }
      block.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
