internal import Columns
internal import Engine

/// What a table's types say of its columns, and its cells where they do not.
struct PostgresCatalogue: SQLCatalogue {
  let data: PostgresTable
  let zone: String
  let connection: PostgresConnection
  /// What was found by looking.
  let looks: PostgresLooks
  /// The catalogue of another table that may be read.
  let other: (String) throws -> PostgresCatalogue?

  var table: String { data.quoted }
  var parts: [String] { data.parts }

  func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment {
    let stored = data.column(column)?.stored(zone: zone) ?? dialect.quoted(column)
    return SQLFragment(quoted: stored.hasPrefix("CASE") ? "(\(stored))" : stored)
  }

  func storage(of column: String) throws -> SQLStorage? {
    guard let column = data.column(column) else { return nil }
    switch column.storage {
    case .known(let storage): return storage
    case .unknown:
      if looks.storage[column.name] == nil { try look(at: [column.name]) }
      return looks.storage[column.name] ?? nil
    }
  }

  func linked(_ dataset: String) throws -> (any SQLCatalogue)? { try other(dataset) }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let written = value.written(in: dialect)
    let asked = PostgresLooks.Unique(text: written.text, bindings: written.bindings)
    if let known = looks.unique[asked] { return known }
    let repeated = try connection.cells(
      """
      SELECT FROM (SELECT \(written.text) AS v FROM \(table)) AS found
      WHERE v IS NOT NULL GROUP BY v HAVING COUNT(*) > 1 LIMIT 1
      """, written.bindings)
    looks.unique[asked] = repeated.isEmpty
    return repeated.isEmpty
  }

  // MARK: Looking

  /// Looks at the columns of these that have to be and were not, all of them in one statement.
  func look(at names: [String]) throws {
    let columns = names.compactMap { data.column($0) }.filter { column in
      if case .unknown = column.storage { looks.storage[column.name] == nil } else { false }
    }
    guard !columns.isEmpty else { return }
    // Each gives two numbers or truths of a part, and what they are put together by.
    let inner = columns.enumerated().flatMap { index, column in
      zip(results(column), 1...).map { "\($0.part) AS r\(index)_\($1)" }
    }
    let outer = columns.enumerated().flatMap { index, column in
      zip(results(column), 1...).map { "\($0.whole)(r\(index)_\($1))" }
    }
    let tables = data.parts.isEmpty ? [table] : data.parts
    let selects = tables.map { "SELECT \(inner.joined(separator: ", ")) FROM \($0)" }
    let sql = """
      SELECT \(outer.joined(separator: ", "))
      FROM (\(selects.joined(separator: "\nUNION ALL\n"))) AS looks
      """
    guard let row = try connection.cells(sql).first else { return }
    var cells = row[...]
    for column in columns {
      let found = Array(cells.prefix(results(column).count))
      cells = cells.dropFirst(found.count)
      looks.storage[column.name] = .some(storage(column, found))
    }
  }

  private func results(_ column: PostgresColumn) -> [(part: String, whole: String)] {
    let cell = column.stored(zone: zone)
    switch column.kind {
    case .numeric, .boundlessNumeric:
      return [
        ("max(scale(trim_scale(\(cell))))", "max"), ("min(\(cell))", "min"),
        ("max(\(cell))", "max"), ("count(\(cell))", "sum"),
      ]
    default:
      let isASCII = "octet_length(\(cell)) = length(\(cell))"
      return [
        ("bool_and(\(isASCII))", "bool_and"),
        ("bool_and(CASE WHEN \(isASCII) THEN true ELSE \(cell) IS NFC NORMALIZED END)", "bool_and"),
      ]
    }
  }

  private func storage(_ column: PostgresColumn, _ found: [SQLCell]) -> SQLStorage? {
    switch column.kind {
    case .numeric, .boundlessNumeric:
      if found[3] == .integer(0) { return .empty }
      guard let scale = found[0].number, (0...18).contains(scale),
        let least = units(found[1], Int(scale)), let greatest = units(found[2], Int(scale)),
        least <= greatest
      else { return nil }
      return .decimal(scale: Int(scale), least...greatest)
    default:
      switch (found[0], found[1]) {
      case (.null, _): return .empty
      case (let isASCII, .integer(1)): return .text(isASCII: isASCII == .integer(1))
      default: return nil
      }
    }
  }

  /// A number in units of its last digit; nothing for one that 64 bits do not hold.
  private func units(_ cell: SQLCell, _ scale: Int) -> Int64? {
    let text =
      switch cell {
      case .integer(let number): String(number)
      case .text(let digits): digits
      case .double, .null: ""
      }
    guard let number = Decimal(plain: text), number.scale <= scale else { return nil }
    return Int64(exactly: number.units(atScale: scale))
  }

  /// Whether the texts have a shape; they are read one by one, as many as these.
  func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws -> Bool {
    let limit = 20_000
    let asked = PostgresLooks.Shape(shape: shape, column: column, exceptions: exceptions)
    if let known = looks.shapes[asked] { return known }
    guard let cell = data.column(column)?.stored(zone: zone) else { return false }
    let texts = try connection.cells(
      "SELECT DISTINCT \(cell) FROM \(table) WHERE \(cell) IS NOT NULL LIMIT \(limit + 1)")
    let isRight =
      texts.count <= limit
      && texts.allSatisfy { row in
        guard let text = row[0].text else { return false }
        return exceptions.contains(text) || shape.fits(text)
      }
    looks.shapes[asked] = isRight
    return isRight
  }
}

extension SQLTextShape {
  fileprivate func fits(_ text: String) -> Bool {
    switch self {
    case .date:
      return SQLTextShape.day(text) != nil && text.utf8.count == 10
    case .moment(let separator):
      let value = Meaning(type: .datetime, dateOrder: .yearMonthDay).value(of: text)
      return value.description.replacing(" ", with: separator) == text
    case .integer:
      return text.utf8.count <= 15 && Int64(text).map { String($0) == text } ?? false
    }
  }

  private static func day(_ text: String) -> Day? {
    let value = Meaning(type: .date, dateOrder: .yearMonthDay).value(of: text)
    return value.description == text ? value.day : nil
  }
}

/// What was found by looking at the cells of one table, kept as long as they can't have changed.
final class PostgresLooks {
  struct Shape: Hashable {
    let shape: SQLTextShape
    let column: String
    let exceptions: [String]
  }

  struct Unique: Hashable {
    let text: String
    let bindings: [SQLBinding]
  }

  var unique: [Unique: Bool] = [:]
  /// By column; a column that is not stored in one way has nothing.
  var storage: [String: SQLStorage?] = [:]
  var shapes: [Shape: Bool] = [:]
}
