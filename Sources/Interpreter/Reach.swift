/// What a session may touch beyond the files it reads: `--safe` and `--offline` say no.
package struct Reach: Hashable, Sendable {
  /// Whether web addresses may be opened.
  package var usesNetwork: Bool
  /// Whether answers may be written to files.
  package var writesFiles: Bool

  package init(usesNetwork: Bool = true, writesFiles: Bool = true) {
    self.usesNetwork = usesNetwork
    self.writesFiles = writesFiles
  }
}
