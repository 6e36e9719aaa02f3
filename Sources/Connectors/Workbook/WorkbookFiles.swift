package import Engine

/// Excel workbooks: each sheet is a dataset.
package enum WorkbookFiles: SourceKind {
  package static let name = "xlsx"
  package static let endings = ["xlsx", "xlsm"]

  package static func opens(_ path: String) -> Bool {
    hasEnding(path) && !path.hasSuffix(".gz") && !path.hasSuffix(".zst")
  }

  package static func open(_ path: String) throws -> any Source {
    try WorkbookSource(path: path)
  }
}
