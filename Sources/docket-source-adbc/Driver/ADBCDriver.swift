internal import CADBC
internal import Glibc
internal import SourceWire

/// A driver that was loaded, with the functions that it has; it stays loaded while the program runs.
final class ADBCDriver: @unchecked Sendable {
  let functions: UnsafeMutablePointer<AdbcDriver>
  /// Whether it knows the functions that version 1.1.0 added: ending a statement is one of them.
  let isNewer: Bool
  let name: String

  private static let newer: Int32 = 1_001_000
  private static let older: Int32 = 1_000_000

  /// Errors: `WireError` with the code `not-found` where it can't be loaded.
  init(_ found: ADBCDriverFile) throws {
    name = found.name
    let library = try ADBCDriver.load(found)
    let names = [found.entrypoint].compactMap { $0 } + ADBCDriver.entrypoints(of: found)
    guard let symbol = names.lazy.compactMap({ dlsym(library, $0) }).first else {
      throw WireError(
        .notFound,
        "\(found.path) is no ADBC driver: it has none of \(names.joined(separator: ", "))",
        hint: "name its function in the manifest of the driver, as entrypoint")
    }
    let start = unsafeBitCast(symbol, to: AdbcDriverInitFunction.self)
    functions = .allocate(capacity: 1)
    functions.initialize(to: AdbcDriver())
    for version in [ADBCDriver.newer, ADBCDriver.older] {
      functions.pointee = AdbcDriver()
      var error = AdbcError()
      let status = start(version, functions, &error)
      if status == 0 {
        isNewer = version == ADBCDriver.newer
        return
      }
      let failure = ADBCFailure(status, &error)
      // An older driver refuses the newer version.
      if version == ADBCDriver.older { throw failure.said(of: found.path) }
    }
    isNewer = false
  }

  private static func load(_ found: ADBCDriverFile) throws -> UnsafeMutableRawPointer {
    if let library = found.python { _ = dlopen(library, RTLD_NOW | RTLD_GLOBAL) }
    if let library = dlopen(found.path, RTLD_NOW | RTLD_LOCAL) { return library }
    let reason = dlerror().map { String(cString: $0) } ?? "it can't be loaded"
    let python = found.python.map { "it needs \($0) to be installed" } ?? "look at its path"
    throw WireError(
      .notFound, "the ADBC driver \(found.name) can't be loaded: \(reason)", hint: python)
  }

  /// The names that the function goes by (ADBC's documentation, "Driver entrypoints"):
  /// `libadbc_driver_sqlite.so` → `AdbcDriverSqliteInit`.
  private static func entrypoints(of found: ADBCDriverFile) -> [String] {
    var stem = found.path.split(separator: "/").last.map(String.init) ?? ""
    if let dot = stem.firstIndex(of: ".") { stem = String(stem[..<dot]) }
    if stem.hasPrefix("lib") { stem.removeFirst(3) }
    let words = stem.split { $0 == "_" || $0 == "-" }.map { word in
      word.prefix(1).uppercased() + word.dropFirst()
    }
    let joined = words.joined()
    let named = joined.hasPrefix("Adbc") ? joined + "Init" : "Adbc\(joined)Init"
    return [named, "AdbcDriverInit", "\(found.name)_adbc_init", "duckdb_adbc_init"]
  }
}

/// What a function of a driver gave instead of doing what it was asked.
struct ADBCFailure: Error {
  let status: UInt8
  let message: String
  let state: String

  /// Takes the message and releases what the driver holds of it.
  init(_ status: UInt8, _ error: inout AdbcError) {
    self.status = status
    message = error.message.map { String(cString: $0) } ?? "it gave no reason"
    state = withUnsafeBytes(of: error.sqlstate) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    error.release?(&error)
  }

  init(_ status: UInt8, _ message: String) {
    self.status = status
    self.message = message
    state = ""
  }

  /// The failure as the wire has it. The statuses are those of the ADBC specification.
  func said(of place: String) -> WireError {
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
    let text = "\(place): \(line)"
    switch status {
    case 3: return WireError(.notFound, text)
    case 2: return WireError(.unsupported, text, hint: "the driver can't do this")
    case 7, 8: return WireError(.data, text)
    case 10:
      return WireError(.network, text, hint: "look whether the server runs, and ask again")
    case 12:
      return WireError(
        .timeout, text,
        hint: "look whether the server is busy, ask for fewer rows, or have its limit raised")
    case 11: return WireError(.cancelled, text)
    case 13: return WireError(.auth, text, hint: "look at the user name and the password")
    case 14:
      return WireError(.auth, text, hint: "ask whoever keeps the data for permission to read")
    default: return WireError(.internal, text, hint: "look at what is opened, and ask again")
    }
  }
}
