internal import SourceServer
internal import SourceWire

/// A table or view as it is read.
struct ODBCTable: ServedTable {
  /// The name it has on the wire.
  let name: String
  /// The table in the words of the database, quoted.
  let relation: String
  let fields: [ODBCField]
  /// What its rows come in the order of, in the words of the database; nothing where there is none.
  var order: String?
  /// About how many rows there are.
  var rows: Int?

  var described: WireDataset {
    WireDataset(
      name: name, fields: fields.map { WireField(name: $0.name, type: $0.type) }, rows: rows,
      isOrdered: order != nil)
  }
}

/// A column of a table, and how its cells are sent.
struct ODBCField: ServedField {
  let name: String
  let type: WireType
  /// What is selected, in the words of the database.
  let sent: String
  var form = Form.asTheyAre
  /// How long its texts are.
  var length = Length.asTheDriverSays
  /// What its engine knows of the column.
  var detail: (any Sendable)?

  /// How a cell becomes one of the wire.
  enum Form {
    case asTheyAre
    /// The digits of a decimal number without noughts at the end.
    case decimal
    /// A text behind a letter that says what it was: `i`, `r`, `t` or `b`.
    case marked
    /// Bytes, which are no text.
    case binary
  }

  enum Length: Equatable {
    case asTheDriverSays
    /// At most so many characters.
    case most(Int)
    /// The database sets no limit: the longest one is looked for before the rows are read.
    case measured
  }
}
