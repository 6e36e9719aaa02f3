internal import Glibc
internal import SourceWire

/// Where a driver was found: its library and the function that begins it.
struct ADBCDriverFile: Equatable {
  var name: String
  var path: String
  var entrypoint: String?

  /// The library of Python that a driver inside one of its modules needs to be loaded first:
  /// `_duckdb.cpython-311-x86_64-linux-gnu.so` → `libpython3.11.so.1.0`.
  var python: String? {
    guard let mark = path.firstRange(of: ".cpython-3") else { return nil }
    let minor = path[mark.upperBound...].prefix { $0.isNumber }
    return minor.isEmpty ? nil : "libpython3.\(minor).so.1.0"
  }
}

/// Finds drivers: by path; by a manifest, in the folders that ADBC's documentation names; as a
/// library of the system; and in the packages of Python.
///
/// Never the working directory.
struct ADBCDriverSearch {
  /// The variables of the environment that are looked at.
  let environment: [String: String]

  /// Errors: `WireError` with the code `not-found`, which says where it was looked for.
  func driver(named name: String) throws -> ADBCDriverFile {
    if name.hasPrefix("/") {
      let isManifest = name.hasSuffix(".toml")
      guard access(name, R_OK) == 0 else {
        throw WireError(.notFound, "there is no driver \(name)", hint: "look at the path")
      }
      if isManifest { return try manifest(at: name, named: name) }
      return ADBCDriverFile(name: stem(of: name), path: name)
    }
    guard ADBCDriverSearch.isName(name) else {
      throw WireError(
        .notFound, "\(name) is no name of a driver",
        hint: "name it as in adbc:duckdb:cases.parquet, or by the whole path of its library")
    }
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      if access(path, R_OK) == 0 { return try manifest(at: path, named: name) }
    }
    if let library = (libraries(of: name) + modules(of: name)).first(where: {
      access($0, R_OK) == 0
    }) {
      return ADBCDriverFile(name: name, path: library)
    }
    throw WireError(
      .notFound, "the ADBC driver \(name) is not installed",
      hint: "install it (pip install \(ADBCDriverSearch.package(of: name)) is one way; man 7 "
        + "docket-sources has others), or name its library: adbc:/usr/lib/lib\(name).so:…")

  }

  /// Libraries of the system.
  private func libraries(of name: String) -> [String] {
    ["/usr/local/lib", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]
      .flatMap { ["\($0)/libadbc_driver_\(name).so", "\($0)/lib\(name).so"] }
  }

  /// Folders of manifests, in the order of ADBC's documentation ("Driver manifests").
  private var folders: [String] {
    let named = environment["ADBC_DRIVER_PATH"] ?? ""
    var folders = named.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
      if let prefix = environment[variable] { folders.append(prefix + "/etc/adbc/drivers") }
    }
    if let own = environment["XDG_CONFIG_HOME"] {
      folders.append(own + "/adbc/drivers")
    } else if let home = environment["HOME"] {
      folders.append(home + "/.config/adbc/drivers")
    }
    return folders + ["/etc/adbc/drivers"]
  }

  private func manifest(at path: String, named name: String) throws -> ADBCDriverFile {
    guard let text = TextFile.read(path) else {
      throw WireError(.notFound, "\(path) can't be read", hint: "look at its permissions")
    }
    let manifest = DriverManifest(text)
    guard let library = manifest.library else {
      throw WireError(
        .notFound, "\(path) names no library for \(DriverManifest.platform)",
        hint: "under [Driver] it has shared = \"/path/of/the/library.so\"")
    }
    let isPath = library.hasPrefix("/")
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return ADBCDriverFile(
      name: stem(of: name),
      path: isPath || !library.contains("/") ? library : folder + "/" + library,
      entrypoint: manifest.entrypoint)
  }

  // MARK: Python

  /// Modules of Python that hold the driver: the environment that is active, the account's, the
  /// system's.
  private func modules(of name: String) -> [String] {
    let homes = [
      environment["VIRTUAL_ENV"].map { $0 + "/lib" },
      environment["CONDA_PREFIX"].map { $0 + "/lib" },
      environment["HOME"].map { $0 + "/.local/lib" }, "/usr/local/lib",
    ].compactMap { $0 }
    let places = homes.flatMap { home in
      Folder.names(in: home).filter { $0.hasPrefix("python3") }.sorted().flatMap {
        ["\(home)/\($0)/site-packages", "\(home)/\($0)/dist-packages"]
      }
    }
    return places.flatMap { place in
      var found = ["\(place)/adbc_driver_\(name)/libadbc_driver_\(name).so"]
      if name == "duckdb" {
        found += Folder.names(in: place).filter { $0.hasPrefix("_duckdb.") && $0.hasSuffix(".so") }
          .map { "\(place)/\($0)" }
      }
      return found
    }
  }

  private static func package(of name: String) -> String {
    name == "duckdb" ? "duckdb" : "adbc-driver-\(name)"
  }

  private func stem(of name: String) -> String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    var stem = file.split(separator: ".").first.map(String.init) ?? file
    for prefix in ["lib", "_", "adbc_driver_"] where stem.hasPrefix(prefix) {
      stem.removeFirst(prefix.count)
    }
    return stem
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }
}

/// Files that are read whole, and folders.
enum TextFile {
  /// The text of a small file; nothing where it can't be read or is larger than a manifest is.
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return count < bytes.count ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}

enum Folder {
  /// The names in a folder; none where there is none.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
