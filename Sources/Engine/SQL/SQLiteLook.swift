internal import Columns

/// The looks at the cells of an SQLite table that tell what may be asked of it exactly; any cell of a
/// column may be of any type there, whatever the column is declared as.
package struct SQLiteLook {
  /// The table, quoted.
  private let table: String
  private let cells: (String, [SQLBinding], Int) throws -> [[SQLCell]]
  /// The texts of a statement's one column; nothing for one that is no UTF-8.
  private let texts: (String) throws -> [String?]
  private let dialect = SQLiteDialect()

  /// - Parameters:
  ///   - cells: runs a statement with the values that belong to it and so many columns.
  ///   - texts: runs a statement that gives one text a row.
  package init(
    at table: String, cells: @escaping (String, [SQLBinding], Int) throws -> [[SQLCell]],
    texts: @escaping (String) throws -> [String?]
  ) {
    self.table = table
    self.cells = cells
    self.texts = texts
  }

  /// Whether every text of the column but the exceptions has the shape.
  package func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws
    -> Bool
  {
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
    let places = exceptions.map { _ in "?" }.joined(separator: ", ")
    let found = try cells(
      """
      SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(cell) IS NOT NULL \
      AND \(cell) NOT IN (\(places)) AND NOT (\(fits)))
      """, exceptions.map { .text($0) }, 1)
    return found == [[.integer(0)]]
  }

  /// How the cells of a column are stored; nothing where they are mixed or hold bytes.
  package func storage(of column: String) throws -> SQLStorage? {
    let cell = dialect.quoted(column)
    let types = ["integer", "real", "text", "blob"]
    let counts = types.map { "COALESCE(SUM(typeof(\(cell)) = '\($0)'), 0)" }
    let number = "CASE WHEN typeof(\(cell)) IN ('integer', 'real') THEN \(cell) END"
    let found = try cells(
      """
      SELECT \(counts.joined(separator: ", ")), MIN(\(number)), MAX(\(number)) FROM \(table)
      """, [], 6)
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
    let found = try cells("SELECT \(tests.joined(separator: ", ")) FROM \(table)", [], tests.count)
    guard let scale = found.first?.firstIndex(of: .integer(0)) else { return nil }
    let bounds = [least, greatest].map { ($0 * Double(powers[scale])).rounded() }
    guard bounds.allSatisfy({ $0.magnitude < 1e15 }) else { return nil }
    return .double(scale: scale, Int64(bounds[0])...Int64(bounds[1]))
  }

  /// Texts are exact where they are UTF-8 in canonical composition; those that hold more than plain
  /// ASCII are looked at one by one, as many as these.
  private func lookAtTexts(_ cell: String) throws -> SQLStorage? {
    let limit = 10_000
    let found = try texts(
      """
      SELECT DISTINCT \(cell) COLLATE BINARY FROM \(table) WHERE \(cell) GLOB '*[^ -~]*' \
      OR instr(CAST(\(cell) AS BLOB), x'00') LIMIT \(limit + 1)
      """)
    guard found.count <= limit else { return nil }
    var isASCII = true
    for text in found {
      guard let text, text.isComposed, !text.utf8.contains(0) else { return nil }
      if text.utf8.contains(where: { $0 >= 0x80 }) { isASCII = false }
    }
    return .text(isASCII: isASCII)
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
