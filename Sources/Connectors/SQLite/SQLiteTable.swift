internal import CSQLite
internal import Columns
internal import Engine

/// One table or view: its columns, what was read of it, and what was found out about its cells.
final class SQLiteTable {
  let name: String
  let fields: [String]
  /// Rows of a table come in the order of this, whichever columns are asked for; a view has none,
  /// so that all of its columns have to be read at once.
  let order: String?

  private(set) var held: [String: Column] = [:]
  /// How many rows of a column that was read hold binary data.
  private(set) var blobs: [String: Int] = [:]

  init(name: String, fields: [String], order: String?) {
    self.name = name
    self.fields = fields
    self.order = order
  }

  /// Reads the columns that are not held yet, all in one pass over the rows.
  func read(_ names: [String], through connection: SQLiteConnection, run: any RunMonitor) throws {
    let missing = names.filter { held[$0] == nil }
    if missing.isEmpty { return }
    let asked = order == nil ? fields : fields.filter { missing.contains($0) }
    let dialect = SQLiteDialect()
    let total = try rowCount(through: connection, run: run)
    var builders = [ColumnBuilder](repeating: ColumnBuilder(), count: asked.count)
    var blobs = [Int](repeating: 0, count: asked.count)
    var done = 0
    let sql =
      "SELECT " + asked.map(dialect.quoted).joined(separator: ", ")
      + " FROM " + dialect.quoted(name) + (order.map { " ORDER BY \($0)" } ?? "")
    try connection.rows(sql, run: run) { row in
      for index in asked.indices {
        SQLiteTable.append(row, index, to: &builders[index], &blobs[index])
      }
      done += 1
      if done & 0x3FFF == 0 { run.advance(done: done, of: total) }
    }
    for (index, field) in asked.enumerated() {
      held[field] = builders[index].column
      self.blobs[field] = blobs[index]
    }
  }

  private static func append(
    _ row: SQLiteRow, _ index: Int, to builder: inout ColumnBuilder, _ blobs: inout Int
  ) {
    switch row.type(index) {
    case SQLITE_TEXT:
      builder.append(row.bytes(index))
    case SQLITE_INTEGER:
      let number = row.integer(index)
      builder.append(bits: UInt64(bitPattern: number), isDouble: false) { builder in
        withDigits(of: number) { builder.append($0) }
      }
    case SQLITE_FLOAT:
      let number = row.double(index)
      builder.append(bits: number.bitPattern, isDouble: true) { $0.append(written(number)) }
    case SQLITE_BLOB:
      blobs += 1
      builder.append("")
    default:
      builder.append("")
    }
  }

  /// The decimal digits of a number, without making a string of them.
  private static func withDigits(of number: Int64, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var rest = number.magnitude
      var start = 20
      repeat {
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        buffer[start] = UInt8(ascii: "-")
      }
      body(UnsafeBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// The shortest digits that mean this double; a whole one is written as a whole number.
  static func written(_ number: Double) -> String {
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
    return number.description
  }

  // MARK: What is known of the cells

  private var rows: Int?
  private var storages: [String: SQLStorage?] = [:]
  private var shapes: [Shape: Bool] = [:]

  private var unique: [Value: Bool] = [:]

  /// A value of each row, in the words of the statement that looks for one that repeats.
  private struct Value: Hashable {
    let text: String
    let bindings: [SQLBinding]
  }

  private struct Shape: Hashable {
    let shape: SQLTextShape
    let column: String
    let exceptions: [String]
  }

  func rowCount(through connection: SQLiteConnection, run: any RunMonitor) throws -> Int {
    if let rows { return rows }
    let cells = try connection.cells(
      "SELECT COUNT(*) FROM \(SQLiteDialect().quoted(name))", run: run)
    guard case .integer(let count)? = cells.first?.first else { return 0 }
    rows = Int(count)
    return Int(count)
  }

  func storage(of column: String, look: () throws -> SQLStorage?) rethrows -> SQLStorage? {
    if let known = storages[column] { return known }
    let found = try look()
    storages[column] = .some(found)
    return found
  }

  func has(
    _ shape: SQLTextShape, column: String, except exceptions: [String], look: () throws -> Bool
  ) rethrows -> Bool {
    let question = Shape(shape: shape, column: column, exceptions: exceptions)
    if let known = shapes[question] { return known }
    let found = try look()
    shapes[question] = found
    return found
  }

  /// Whether no value stands in two rows.
  func isUnique(_ text: String, _ bindings: [SQLBinding], look: () throws -> Bool) rethrows -> Bool
  {
    let value = Value(text: text, bindings: bindings)
    if let known = unique[value] { return known }
    let found = try look()
    unique[value] = found
    return found
  }
}
