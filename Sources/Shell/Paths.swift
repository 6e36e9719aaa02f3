/// Where the program keeps its files: the XDG folders, or their defaults under the home folder.
package struct Paths: Hashable, Sendable {
  package let configuration: String
  package let state: String
  package let cache: String

  /// Nothing where the environment names no home folder.
  package init?(environment: [String: String]) {
    func folder(_ variable: String, _ fallback: String) -> String? {
      // The XDG specification has relative paths ignored.
      if let path = environment[variable], path.hasPrefix("/") { return path + "/docket" }
      guard let home = environment["HOME"], !home.isEmpty else { return nil }
      return "\(home)/\(fallback)/docket"
    }
    guard let configuration = folder("XDG_CONFIG_HOME", ".config"),
      let state = folder("XDG_STATE_HOME", ".local/state"),
      let cache = folder("XDG_CACHE_HOME", ".cache")
    else { return nil }
    self.configuration = configuration
    self.state = state
    self.cache = cache
  }

  /// Definitions that every session begins with, if the file is there.
  package var initialization: String { configuration + "/init.docket" }

  /// Copies of the columns that were read.
  package var columns: String { cache + "/columns" }

  package var history: String { state + "/history.jsonl" }
}
