import SourceWire

/// A table of a database that a door serves.
package protocol ServedTable {
  associatedtype Field: ServedField

  /// The name it has on the wire.
  var name: String { get }
  var fields: [Field] { get }
}

/// A column of such a table.
package protocol ServedField {
  var name: String { get }
}

extension ServedTable {
  /// Errors: `WireError` with the code `not-found`.
  package func field(named wanted: String) throws -> Field {
    if let field = fields.first(where: { $0.name == wanted }) { return field }
    throw WireError(.notFound, "\(name) has no column \(wanted)")
  }
}

extension Collection where Element: ServedTable {
  /// Errors: `WireError` with the code `not-found`.
  package func table(named wanted: String) throws -> Element {
    if let table = first(where: { $0.name == wanted }) { return table }
    throw WireError(.notFound, "there is no table \(wanted) that may be read here")
  }
}
