internal import Glibc

/// The variables of the environment that a source gets: those that programs need to find
/// themselves, and no secret of the session.
enum PluginEnvironment {
  private static let passed = [
    "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
  ]

  /// `NAME=value` of each that is set, with those that its manifest asks for.
  static func variables(for plugin: PluginFile, usesNetwork: Bool = true) -> [String] {
    let asked = plugin.manifest?.environment ?? []
    let set = Set(passed + asked).sorted().compactMap { name in
      value(of: name).map { name + "=" + $0 }
    }
    return usesNetwork ? set : set + ["DOCKET_OFFLINE=1"]
  }

  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
