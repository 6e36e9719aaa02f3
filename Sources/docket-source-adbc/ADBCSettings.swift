internal import SourceServer
internal import SourceWire

/// What is opened: `adbc:DRIVER:` and what the driver opens, or a file that DuckDB reads.
struct ADBCSettings {
  /// The driver's name, or the whole path of its library.
  let driver: String
  /// What stands behind it, as the person wrote it.
  let target: String
  let directory: String
  let user: String?
  let password: String?
  /// The zone whose clock is read for moments that have one.
  let zone: String
  /// Seconds after which a request is given up on; nothing where it may take as long as it likes.
  let patience: Int?

  /// Errors: `WireError` with the code `not-found` where nothing is named.
  init(_ options: ServedOptions) throws {
    directory = options["directory"] ?? "/"
    user = options["user"]
    password = options["password"]
    let words = ServedWords(options.url, known: ["timeout", "zone"])
    zone = words["zone"] ?? options["zone"] ?? "UTC"
    patience = try options.patience(words)
    let url = words.address
    guard url.lowercased().hasPrefix("adbc:") else {
      driver = "duckdb"
      target = url
      return
    }
    let rest = url.dropFirst(5)
    let colon = rest.firstIndex(of: ":") ?? rest.endIndex
    driver = String(rest[..<colon])
    target = colon < rest.endIndex ? String(rest[rest.index(after: colon)...]) : ""
    guard !driver.isEmpty, !target.isEmpty else {
      throw WireError(
        .notFound, "no driver or nothing to open is named",
        hint: "the form is open \"adbc:duckdb:cases.parquet\"")
    }
  }

  /// Whether the target is an address, and not a file.
  var isRemote: Bool { target.contains("://") }

  /// The whole path of the target.
  var path: String {
    target.hasPrefix("/") || isRemote ? target : directory + "/" + target
  }

  /// The target without a password in it, for messages.
  var place: String {
    guard let start = target.firstRange(of: "://")?.upperBound,
      let at = target[start...].prefix(while: { $0 != "/" }).lastIndex(of: "@"),
      let colon = target[start..<at].firstIndex(of: ":")
    else { return target }
    return target[...colon] + "…" + target[at...]
  }
}
