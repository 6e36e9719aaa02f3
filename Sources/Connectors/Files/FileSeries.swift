package import Engine

/// Several files that a name with `*` fits, as one.
package enum FileSeries: SourceKind {
  package static let name = "files"
  package static let endings: [String] = []

  package static func opens(_ path: String) -> Bool {
    path.contains("*") && !path.contains("://")
  }

  package static func open(_ path: String) throws -> any Source {
    try FileSeriesSource(pattern: path) { try SourceCatalogue.open($0, relativeTo: ".") }
  }
}
