internal import Glibc

/// An executable `docket-source-NAME` and where it was found.
package struct PluginFile: Hashable, Sendable {
  /// Who put it there.
  package enum Origin: Hashable, Sendable {
    /// It came with this program.
    case installation
    /// Somebody else; it is asked about before its first run.
    case user
  }

  package let name: String
  /// Its real path, without symbolic links.
  package let path: String
  package let origin: Origin
  /// What `docket-source-NAME.toml` or `source.toml` beside it says; nothing where there is neither.
  package let manifest: PluginManifest?

  /// A file by its path, for trying it out; nothing where no executable file is there.
  package init?(path: String, origin: Origin = .user) {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let path = String(cString: real)
    guard access(path, X_OK) == 0, let parts = PluginFile.parts(of: path) else { return nil }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    name = parts.name
    self.path = path
    self.origin = origin
    manifest =
      PluginFile.manifests(of: path, parts).lazy.compactMap { PluginManifest(path: $0) }.first
  }

  /// A folder may hold several sources; one that was built here is described where its text is.
  private static func manifests(of path: String, _ parts: (folder: String, name: String))
    -> [String]
  {
    var places = [path + ".toml", parts.folder + "/source.toml"]
    if let build = path.firstRange(of: "/.build/") {
      places.append(path[..<build.lowerBound] + "/Sources/\(prefix)\(parts.name)/source.toml")
    }
    return places
  }

  static let prefix = "docket-source-"

  private static func parts(of path: String) -> (folder: String, name: String)? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    var name = path[path.index(after: slash)...]
    if name.hasPrefix(prefix) { name = name.dropFirst(prefix.count) }
    return (String(path[..<slash]), String(name))
  }
}

/// The places where sources are looked for; never the working directory, never `PATH`.
package struct PluginFolders: Hashable, Sendable {
  /// Folders that `DOCKET_SOURCES_PATH` names, in its order.
  package var named: [String]
  /// The user's own: each source in a folder of its name.
  package var own: String?
  /// What was installed with this program.
  package var installation: String?
  /// Where this program was built, and its sources with it.
  package var built: String?

  package init(
    named: [String] = [], own: String? = nil, installation: String? = nil, built: String? = nil
  ) {
    self.named = named
    self.own = own
    self.installation = installation
    self.built = built
  }

  /// - Parameter executable: the real path of this program: `…/bin/docket`.
  package init(environment: [String: String], executable: String?) {
    let path = environment["DOCKET_SOURCES_PATH"] ?? ""
    named = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      own = data + "/docket/sources"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      own = home + "/.local/share/docket/sources"
    }
    let folders = executable?.split(separator: "/").dropLast(2)
    installation = folders.map { "/" + ($0 + ["libexec", "docket"]).joined(separator: "/") }
    if let executable, executable.contains("/.build/") {
      built = executable.lastIndex(of: "/").map { String(executable[..<$0]) }
    }
  }

  /// The source of this name; the first found, in the order of the folders.
  package func plugin(named name: String) -> PluginFile? {
    guard PluginFolders.isName(name) else { return nil }
    return candidates(name).lazy.compactMap { PluginFile(path: $0.path, origin: $0.origin) }.first
  }

  /// The source that opens a URL (`NAME:…`, or one of its schemes) or a file by its ending.
  package func plugin(for path: String) -> PluginFile? {
    if let colon = path.firstIndex(of: ":") {
      let scheme = path[..<colon].lowercased()
      return plugin(named: scheme)
        ?? all.first { $0.manifest?.schemes.contains(scheme) ?? false }
    }
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    let ending = path[path.index(after: dot)...].lowercased()
    return all.first { $0.manifest?.endings.contains(ending) ?? false }
  }

  /// Every source that can be found, by name.
  package var all: [PluginFile] {
    var names: Set<String> = []
    for folder in named + [installation, built].compactMap({ $0 }) {
      for entry in FolderListing.names(in: folder) {
        if entry.hasPrefix(PluginFile.prefix) {
          names.insert(String(entry.dropFirst(PluginFile.prefix.count)))
        } else {
          names.insert(entry)
        }
      }
    }
    if let own { names.formUnion(FolderListing.names(in: own)) }
    return names.sorted().compactMap { plugin(named: $0) }
  }

  private func candidates(_ name: String) -> [(path: String, origin: PluginFile.Origin)] {
    let file = PluginFile.prefix + name
    var found: [(String, PluginFile.Origin)] = []
    for folder in named {
      found.append(("\(folder)/\(file)", .user))
      found.append(("\(folder)/\(name)/\(file)", .user))
    }
    if let own { found.append(("\(own)/\(name)/\(file)", .user)) }
    for folder in [installation, built].compactMap({ $0 }) {
      found.append(("\(folder)/\(file)", .installation))
    }
    return found
  }

  /// Small letters, digits and hyphens: nothing that leads to another folder.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}
