package import Engine

/// JSON documents: a list of objects, or an object that holds such lists.
package enum JSONFiles: SourceKind {
  package static let name = "json"
  package static let endings = ["json", "geojson"]

  package static func opens(_ path: String) -> Bool {
    hasEnding(path) && !DataPackage.isDescription(path)
  }

  package static func open(_ path: String) throws -> any Source {
    let source = try RecordSource(path: path)
    // Only reading tells whether there are records; what is wrong is said where the file is named.
    _ = try source.datasets()
    return source
  }
}
