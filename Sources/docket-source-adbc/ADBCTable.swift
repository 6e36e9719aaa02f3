internal import SourceServer
internal import SourceWire

/// A table, view or set of files as it is read.
struct ADBCTable: ServedTable {
  /// The name it has on the wire.
  let name: String
  /// The table in the words of the database, quoted.
  let relation: String
  let fields: [ADBCField]
  /// Whether its rows always come in one order.
  var isOrdered = false
  /// About how many rows there are.
  var rows: Int?
  var fingerprint: String?

  var described: WireDataset {
    WireDataset(
      name: name, fields: fields.map { WireField(name: $0.name, type: $0.type) }, rows: rows,
      isOrdered: isOrdered, fingerprint: fingerprint)
  }
}

/// A column of a table.
struct ADBCField: ServedField {
  let name: String
  let type: WireType
  /// What a scan selects, in the words of the database.
  let sent: String
  /// What distinct values are grouped by.
  let grouped: String
  /// What its engine knows of the column.
  var detail: (any Sendable)?
}
