internal import Columns
internal import Engine

/// Finds out by a column's type, and by looking at its cells where that does not say enough, what may
/// be asked of a table exactly.
struct ServerCatalogue: SQLCatalogue {
  let data: ServerTable
  let dialect: ClickHouseDialect
  /// The rows that a statement gives.
  let ask: (String) throws -> [[SQLCell]]
  /// What is known of another table of the database.
  let other: (String) throws -> ServerCatalogue?

  /// The days on which the server's calendar and its shifts by some days are exact.
  private static let days: ClosedRange<Int64> = 1...49_640

  var table: String { data.quoted }

  func stored(_ column: String, in dialect: any SQLDialect) -> SQLFragment {
    guard let known = data.column(column) else {
      return SQLFragment(quoted: dialect.quoted(column))
    }
    let read = data.expression(of: known, self.dialect)
    // Smaller types grow by themselves, and unsigned ones do not mix with signed.
    if case .integer(let bits, _) = known.type.kind, bits <= 64 { return "toInt64(\(read))" }
    return read
  }

  func storage(of column: String) throws -> SQLStorage? {
    guard let known = data.column(column) else { return nil }
    let found = try data.finding(.storage(column)) { .storage(try look(at: known)) }
    if case .storage(let storage) = found { return storage }
    return nil
  }

  func has(_ shape: SQLTextShape, column: String, except exceptions: [String]) throws -> Bool {
    guard let known = data.column(column) else { return false }
    if case .moment = known.type.kind { return shape == .moment(separator: " ") }
    let look = ServerTable.Look.shape(shape, column: column, exceptions: exceptions)
    let found = try data.finding(look) {
      .shape(try isWritten(known, shape, except: exceptions))
    }
    return found == .shape(true)
  }

  /// Not where a column has a name that the statement gives to what is found there.
  func linked(_ dataset: String) throws -> (any SQLCatalogue)? {
    guard let found = try other(dataset) else { return nil }
    let columns = data.columns + found.data.columns
    return columns.contains { $0.name.hasPrefix("docket_link") } ? nil : found
  }

  func isUnique(_ value: SQLFragment, in dialect: any SQLDialect) throws -> Bool {
    let value = value.written(in: dialect).text
    return try data.finding(.repeats(of: value)) { .repeats(try isRepeated(value)) }
      == .repeats(false)
  }

  /// Grouped where the rows are; what groups by a constant gives a group of no rows.
  func isRepeated(_ value: String) throws -> Bool {
    try !ask(
      """
      SELECT count() FROM \(data.quoted) WHERE isNotNull(\(value)) GROUP BY \(value) \
      HAVING count() > 1 LIMIT 1
      """
    ).isEmpty
  }

  // MARK: Looking

  private func look(at column: ServerTable.Column) throws -> SQLStorage? {
    switch column.type.kind {
    case .integer(let bits, let isSigned):
      if bits > 64 { return nil }
      if bits == 64 { return try lookAtNumbers(column).map { .integer($0) } }
      let values = Int64(1) << Int64(bits)
      return .integer(isSigned ? -values / 2...values / 2 - 1 : 0...values - 1)
    case .decimal(let scale):
      // Sums and products are worked out in 38 digits.
      guard scale <= 9 else { return nil }
      return try lookAtDecimals(column, scale: scale)
    case .day:
      guard let range = try lookAtNumbers(column, "toInt64") else { return .day }
      let least = dialect.zeroIsNoDay ? 0 : ServerCatalogue.days.lowerBound
      return range.lowerBound >= least && range.upperBound <= ServerCatalogue.days.upperBound
        ? .day : nil
    case .moment, .code, .boolean: return .text(isASCII: true)
    case .text, .fixedText, .word: return try lookAtTexts(column)
    case .real, .other, .opaque: return nil
    }
  }

  private func cell(_ column: ServerTable.Column) -> SQLFragment {
    data.expression(of: column, dialect)
  }

  /// The least and the greatest; nothing where a number is too large, 0 and 0 where there is none.
  private func lookAtNumbers(_ column: ServerTable.Column, _ function: String = "")
    throws -> ClosedRange<Int64>?
  {
    let cell = cell(column).text(in: dialect)
    let found = try ask(
      "SELECT \(function)(min(\(cell))), \(function)(max(\(cell))) FROM \(data.quoted)")
    switch (found.first?.first, found.first?.last) {
    case (.integer(let least)?, .integer(let greatest)?):
      return least > .min && least <= greatest ? least...greatest : nil
    case (.null?, .null?): return 0...0
    default: return nil
    }
  }

  private func lookAtDecimals(_ column: ServerTable.Column, scale: Int) throws -> SQLStorage? {
    let cell = cell(column).text(in: dialect)
    let found = try ask("SELECT min(\(cell)), max(\(cell)) FROM \(data.quoted)")
    guard let row = found.first, row.count == 2 else { return nil }
    let bounds = row.map { cell -> Int64? in
      switch cell {
      case .null: return 0
      case .integer(let number): return units(String(number), scale)
      case .text(let digits): return units(digits, scale)
      case .double: return nil
      }
    }
    guard let least = bounds[0], let greatest = bounds[1], least <= greatest, least > .min else {
      return nil
    }
    return .decimal(scale: scale, least...greatest)
  }

  private func units(_ digits: String, _ scale: Int) -> Int64? {
    Decimal(plain: digits).flatMap { number in
      number.scale <= scale ? Int64(exactly: number.units(atScale: scale)) : nil
    }
  }

  /// Texts are exact where they are UTF-8 in canonical composition; those that hold more than plain
  /// ASCII are looked at one by one, as many as these.
  private func lookAtTexts(_ column: ServerTable.Column) throws -> SQLStorage? {
    let limit = 10_000
    let cell = cell(column).text(in: dialect)
    let found = try ask(
      """
      SELECT DISTINCT hex(\(cell)) FROM \(data.quoted) \
      WHERE match(\(cell), '^[\\\\x01-\\\\x7f]*$') = 0 LIMIT \(limit + 1)
      """)
    guard found.count <= limit else { return nil }
    var isASCII = true
    for case .text(let digits)? in found.map(\.first) {
      let bytes = ServerCatalogue.bytes(ofHexadecimal: digits)
      guard !bytes.contains(0), String(validating: bytes, as: UTF8.self)?.isComposed == true else {
        return nil
      }
      isASCII = false
    }
    return .text(isASCII: isASCII)
  }

  private static func bytes(ofHexadecimal digits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }[...]
    while let high = rest.popFirst(), let low = rest.popFirst() {
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }

  private func isWritten(
    _ column: ServerTable.Column, _ shape: SQLTextShape, except exceptions: [String]
  ) throws -> Bool {
    let cell = cell(column)
    let fits: SQLFragment
    switch shape {
    case .date: fits = isDate(cell, length: 10)
    case .moment(let separator):
      let clock = "^\(separator)([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
      fits = """
        (\(isDate("substring(\(cell), 1, 10)", length: 10)) \
        AND ifNull(match(substring(\(cell), 11), \(SQLFragment(.text(clock)))), 0))
        """
    case .integer:
      fits =
        "(ifNull(toString(toInt64OrNull(\(cell))) = \(cell), 0) AND ifNull(length(\(cell)) <= 15, 0))"
    }
    let listed = exceptions.map { SQLFragment(.text($0)) }.joined(", ")
    let condition: SQLFragment =
      exceptions.isEmpty
      ? "(\(fits) = 0)" : "((\(cell) IN (\(listed))) = 0) AND (\(fits) = 0)"
    let found = try ask(
      """
      SELECT count() FROM \(data.quoted) WHERE isNotNull(\(cell.text(in: dialect))) \
      AND (\(condition.text(in: dialect)))
      """)
    return found == [[.integer(0)]]
  }

  /// A day that the calendar has, and on which the server's arithmetic is exact.
  private func isDate(_ cell: SQLFragment, length: Int64) -> SQLFragment {
    """
    (ifNull(toString(toDateOrNull(\(cell))) = \(cell), 0) AND ifNull(length(\(cell)) = \(SQLFragment(length)), 0) \
    AND ifNull(\(cell) > '1970-01-01', 0) AND ifNull(\(cell) < '2105-12-01', 0))
    """
  }
}
