package import Engine

/// JSON with one object a line.
package enum NDJSONFiles: SourceKind {
  package static let name = "ndjson"
  package static let endings = ["ndjson", "jsonl"]

  package static func opens(_ path: String) -> Bool { hasEnding(path) }

  package static func open(_ path: String) throws -> any Source {
    let source = try RecordSource(path: path, holdsLines: true)
    // Only reading tells whether there are records; what is wrong is said where the file is named.
    _ = try source.datasets()
    return source
  }
}
