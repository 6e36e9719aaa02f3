internal import Columns
internal import Engine

/// Finds out by looking at the cells of a table what may be asked of SQLite exactly; any cell of a
/// column may be of any type there, whatever the column is declared as.
struct SQLiteCatalogue: SQLCatalogue {
  let data: SQLiteTable
  let connection: SQLiteConnection
  let run: any RunMonitor
  private let dialect = SQLiteDialect()

  init(_ data: SQLiteTable, _ connection: SQLiteConnection, run: any RunMonitor) {
    self.data = data
    self.connection = connection
    self.run = run
  }

  var table: String { dialect.quoted(data.name) }

  func storage(of column: String) throws -> SQLStorage? {
    guard data.fields.contains(column) else { return nil }
    return try data.storage(of: column) { try look(at: column) }
  }

  func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws -> Bool {
    try data.has(shape, column: column, except: exceptions) {
      let cell = dialect.quoted(column) + " COLLATE BINARY"
      // With nothing added, SQLite gives a 30th of February back as it was.
      let fits =
        switch shape {
        case .date: "date(\(cell), '+0 days') IS \(cell) AND \(cell) >= '0001-01-01'"
        case .moment(let separator):
          "strftime('%Y-%m-%d\(separator)%H:%M:%S', \(cell), '+0 days') IS \(cell) "
            + "AND \(cell) >= '0001-01-01'"
        case .integer: "CAST(CAST(\(cell) AS INTEGER) AS TEXT) IS \(cell) AND length(\(cell)) <= 15"
        }
      let places = exceptions.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
      let found = try connection.cells(
        """
        SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(cell) IS NOT NULL \
        AND \(cell) NOT IN (\(places)) AND NOT (\(fits)))
        """, exceptions.map { .text($0) }, run: run)
      return found == [[.integer(0)]]
    }
  }

  // MARK: Looking

  private func look(at column: String) throws -> SQLStorage? {
    let cell = dialect.quoted(column)
    let found = try connection.cells(
      """
      SELECT typeof(\(cell)), COUNT(*), MIN(\(cell) COLLATE BINARY), MAX(\(cell) COLLATE BINARY) \
      FROM \(table) GROUP BY 1
      """, run: run)
    var types: [String: (least: SQLCell, greatest: SQLCell)] = [:]
    for case let row in found where row.count == 4 {
      if case .text(let type) = row[0], type != "null" { types[type] = (row[2], row[3]) }
    }
    switch types.keys.sorted() {
    case []: return .empty
    case ["integer"]:
      guard case (.integer(let least), .integer(let greatest))? = types["integer"] else {
        return nil
      }
      return .integer(least...greatest)
    case ["text"]: return try lookAtTexts(cell)
    case ["real"], ["integer", "real"]: return try lookAtDoubles(cell, types)
    default: return nil
    }
  }

  /// Doubles are exact where dividing whole units by a power of ten gives them back: up to 15
  /// digits a decimal number and its nearest double belong to each other.
  private func lookAtDoubles(
    _ cell: String, _ types: [String: (least: SQLCell, greatest: SQLCell)]
  ) throws -> SQLStorage? {
    let extremes = types.values.flatMap { [$0.least, $0.greatest] }.compactMap { cell in
      switch cell {
      case .integer(let number): Double(number)
      case .double(let number): number
      case .text, .null: nil
      }
    }
    guard let least = extremes.min(), let greatest = extremes.max() else { return nil }
    let powers = [1, 10, 100, 1000, 10_000]
    let tests = powers.map { "MAX(\(cell) <> CAST(ROUND(\(cell) * \($0)) AS INTEGER) / \($0).0)" }
    let found = try connection.cells(
      "SELECT \(tests.joined(separator: ", ")) FROM \(table)", run: run)
    guard let scale = found.first?.firstIndex(of: .integer(0)) else { return nil }
    let bounds = [least, greatest].map { ($0 * Double(powers[scale])).rounded() }
    guard bounds.allSatisfy({ $0.magnitude < 1e15 }) else { return nil }
    return .double(scale: scale, Int64(bounds[0])...Int64(bounds[1]))
  }

  /// Texts are exact where they are UTF-8 in canonical composition; those that hold more than plain
  /// ASCII are looked at one by one, as many as these.
  private func lookAtTexts(_ cell: String) throws -> SQLStorage? {
    let limit = 10_000
    var isASCII = true
    var isExact = true
    var count = 0
    try connection.rows(
      """
      SELECT DISTINCT \(cell) COLLATE BINARY FROM \(table) WHERE \(cell) GLOB '*[^ -~]*' \
      OR instr(CAST(\(cell) AS BLOB), x'00') LIMIT \(limit + 1)
      """, run: run
    ) { row in
      let bytes = row.bytes(0)
      count += 1
      if bytes.contains(where: { $0 >= 0x80 }) { isASCII = false }
      let text = String(validating: bytes, as: UTF8.self)
      if bytes.contains(0) || text?.isComposed != true { isExact = false }
    }
    return isExact && count <= limit ? .text(isASCII: isASCII) : nil
  }
}
