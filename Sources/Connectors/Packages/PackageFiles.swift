package import Engine

/// Frictionless Data Packages: `datapackage.json`, with every resource as a dataset.
package enum PackageFiles: SourceKind {
  package static let name = "data package"
  package static let endings = ["datapackage.json"]

  package static func opens(_ path: String) -> Bool { DataPackage.isDescription(path) }

  package static func open(_ path: String) throws -> any Source {
    try PackageSource(DataPackage.read(path), origin: path)
  }
}
