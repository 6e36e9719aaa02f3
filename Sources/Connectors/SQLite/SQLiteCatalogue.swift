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
    let types = ["integer", "real", "text", "blob"]
    let counts = types.map { "COALESCE(SUM(typeof(\(cell)) = '\($0)'), 0)" }
    let number = "CASE WHEN typeof(\(cell)) IN ('integer', 'real') THEN \(cell) END"
    let found = try connection.cells(
      """
      SELECT \(counts.joined(separator: ", ")), MIN(\(number)), MAX(\(number)) FROM \(table)
      """, run: run)
    guard let row = found.first, row.count == 6 else { return nil }
    let present = zip(types, row).filter { $0.1 != .integer(0) }.map(\.0)
    switch (present, row[4], row[5]) {
    case ([], _, _): return .empty
    case (["text"], _, _): return try lookAtTexts(cell)
    case (["integer"], .integer(let least), .integer(let greatest)):
      return .integer(least...greatest)
    case (["real"], let least, let greatest), (["integer", "real"], let least, let greatest):
      return try lookAtDoubles(cell, least: least, greatest: greatest)
    default: return nil
    }
  }

  /// Doubles are exact where dividing whole units by a power of ten gives them back: up to 15
  /// digits a decimal number and its nearest double belong to each other.
  private func lookAtDoubles(_ cell: String, least: SQLCell, greatest: SQLCell) throws
    -> SQLStorage?
  {
    guard let least = least.number, let greatest = greatest.number else { return nil }
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

extension SQLCell {
  fileprivate var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    case .text, .null: nil
    }
  }
}
