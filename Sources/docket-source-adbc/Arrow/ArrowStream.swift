internal import CADBC
internal import SourceWire

/// The batches of a result, one after another; what the driver lent is given back at the end.
struct ArrowStream {
  /// A batch of rows: its columns, which live as long as it does.
  struct Batch {
    let columns: [ArrowColumn]
    let rowCount: Int
    /// Where the first row stands in each column.
    let start: Int

    subscript(row: Int, column: Int) -> ArrowCell { columns[column][start + row] }
  }

  /// A column as the schema of a result has it.
  struct Column {
    let name: String
    let layout: ArrowLayout
  }

  /// Hands out each batch. Errors: `ADBCFailure`, and those of the body.
  static func read(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>, schema body: ([Column]) throws -> Void,
    batches: (Batch) throws -> Void
  ) throws {
    defer { stream.pointee.release?(stream) }
    guard let schemaOf = stream.pointee.get_schema, let next = stream.pointee.get_next else {
      throw ADBCFailure(9, "the driver gave no result")
    }
    var schema = ArrowSchema()
    try check(schemaOf(stream, &schema), stream)
    defer { schema.release?(&schema) }
    let columns = (0..<Int(schema.n_children)).map { index in
      let child = schema.children?[index]?.pointee
      return Column(
        name: child?.name.map { String(cString: $0) } ?? "",
        layout: child.map { ArrowLayout(of: $0) } ?? .other(""))
    }
    try body(columns)
    let layouts = columns.map(\.layout)
    while true {
      var array = ArrowArray()
      try check(next(stream, &array), stream)
      // An array that is released already is the end.
      guard array.release != nil else { return }
      defer { array.release?(&array) }
      guard array.n_children == layouts.count, array.length >= 0, array.offset >= 0 else {
        throw WireError(.data, "the driver sent a batch that does not go with its schema")
      }
      let columns = try layouts.enumerated().map { index, layout in
        guard let child = array.children?[index] else {
          throw WireError(.data, "the driver sent a batch without its columns")
        }
        return try ArrowColumn(child.pointee, layout)
      }
      try batches(Batch(columns: columns, rowCount: Int(array.length), start: Int(array.offset)))
    }
  }

  private static func check(_ code: Int32, _ stream: UnsafeMutablePointer<ArrowArrayStream>) throws
  {
    if code == 0 { return }
    let message = stream.pointee.get_last_error?(stream).map { String(cString: $0) }
    throw ADBCFailure(code == 125 ? 11 : 9, message ?? "error \(code) while reading")
  }
}
