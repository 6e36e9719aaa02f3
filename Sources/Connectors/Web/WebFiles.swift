package import Engine

/// Files at `http://` and `https://` addresses.
package enum WebFiles: SourceKind {
  package static let name = "web"
  package static let endings: [String] = []

  package static func opens(_ path: String) -> Bool { WebAddress(path) != nil }

  package static func open(_ path: String) throws -> any Source {
    try open(path, run: UnwatchedRun())
  }

  package static func open(_ path: String, run: any RunMonitor) throws -> any Source {
    try WebSource(address: path, cacheFolder: WebCache.userFolder, run: run) {
      try SourceCatalogue.open($0, relativeTo: ".")
    }
  }
}
