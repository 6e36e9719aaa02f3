package import Engine

/// JSON documents: a list of objects, or an object that holds such lists.
package enum JSONFiles: SourceKind {
  package static let name = "json"
  package static let endings = ["json", "geojson"]

  package static func opens(_ path: String) -> Bool {
    hasEnding(path) && !DataPackage.isDescription(path)
  }

  package static func open(_ path: String) throws -> any Source {
    try RecordSource(path: path)
  }
}
