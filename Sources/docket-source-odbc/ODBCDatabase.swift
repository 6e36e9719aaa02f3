internal import Columns
internal import Engine
internal import SourceServer
internal import SourceWire

/// A database that an ODBC driver reaches.
///
/// Asked from one thread at a time, but for `cancel`; that, and not a lock, makes it sendable.
final class ODBCDatabase: ServedDatabase, @unchecked Sendable {
  static let name = "odbc"
  static let tellsState = true
  static let followsLinks = true

  private let connection: ODBCConnection
  private let engine: any ODBCEngine
  /// What messages call it, without a password.
  private let place: String
  let patience: Int?
  private var tables: [ODBCTable] = []

  var dialect: any SQLDialect { engine.dialect }

  private init(
    _ connection: ODBCConnection, _ engine: any ODBCEngine, _ settings: ODBCSettings
  ) {
    self.connection = connection
    self.engine = engine
    place = settings.place
    patience = settings.patience
  }

  static func connect(_ options: ServedOptions) throws -> ODBCDatabase {
    let settings = try ODBCSettings(options)
    do {
      let environment = try ODBCEnvironment()
      let sources = environment.dataSources()
      if let name = settings.dataSource, !sources.contains(where: { $0.name == name }) {
        throw unknown(name, sources.map(\.name))
      }
      let driver =
        settings.driver ?? sources.first { $0.name == settings.dataSource }?.driver ?? ""
      let connection = try ODBCConnection(
        environment, settings.description + ODBCEngines.additions(for: driver))
      let engine = ODBCEngines.engine(for: connection.product)
      try engine.begin(connection)
      let database = ODBCDatabase(connection, engine, settings)
      database.tables = try engine.tables(connection)
      return database
    } catch let failure as ODBCFailure {
      throw failure.said(of: settings.place)
    }
  }

  private static func unknown(_ name: String, _ known: [String]) -> WireError {
    WireError(
      .notFound, "no ODBC data source is named \(name)",
      hint: known.isEmpty
        ? "define it in ~/.odbc.ini, or name a driver: odbc:Driver=…;Server=…"
        : "those there are: " + known.sorted().joined(separator: ", "))
  }

  var isConnected: Bool { connection.isConnected }

  func cancel() { connection.cancel() }

  func datasets() throws -> [WireDataset] { tables.map(\.described) }

  // MARK: Asking

  func consistently<Result>(_ work: () throws -> Result) throws -> Result {
    try said {
      guard let transaction = engine.transaction else { return try work() }
      return try transaction.around(connection.run, work)
    }
  }

  func state(of dataset: String) throws -> String? {
    let table = try tables.table(named: dataset)
    return try said { try engine.state(of: table, connection) }
  }

  private func said<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let failure as ODBCFailure { throw failure.said(of: place) }
  }

  func catalogue(of dataset: String) throws -> any SQLCatalogue {
    try engine.catalogue(of: try tables.table(named: dataset), among: tables, connection)
  }

  func cells(of statement: SQLStatement) throws -> [[SQLCell]]? {
    do {
      return try engine.cells(
        statement.text, statement.bindings, columns: statement.columnCount, connection)
    } catch let failure as ODBCFailure where failure.isOfStatement {
      return nil
    }
  }

  // MARK: Rows

  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws {
    let table = try tables.table(named: dataset)
    let fields = try fields.map { try table.field(named: $0) }
    rows.total = table.rows
    for field in fields where field.form == .binary {
      rows.warn("\(field.name) holds binary data, which is read as missing")
    }
    var tooLong = [Int](repeating: 0, count: fields.count)
    let order = table.order.map { " ORDER BY " + $0 } ?? ""
    let list = fields.isEmpty ? "1" : fields.map(\.sent).joined(separator: ", ")
    try consistently {
      let widths = try widths(of: fields, table)
      try connection.rows("SELECT \(list) FROM \(table.relation)\(order)", widths: widths) { row in
        for (index, field) in fields.enumerated() {
          if !rows.append(try row.cell(index), field) { tooLong[index] += 1 }
        }
        try rows.endRow()
      }
    }
    for (field, count) in zip(fields, tooLong) where count > 0 {
      rows.warn(
        "\(field.name) holds numbers of more than 30 digits, which are read as missing", rows: count
      )
    }
  }

  /// How many units of UTF-16 the longest text of each field has; nothing where the driver says it.
  private func widths(of fields: [ODBCField], _ table: ODBCTable) throws -> [Int?] {
    let asked = fields.filter { $0.length == .measured }
    var measured: ArraySlice<SQLCell> = []
    if !asked.isEmpty {
      let list = asked.map { "MAX(\(engine.length(of: $0.sent)))" }
      measured = ArraySlice(
        try engine.cells(
          "SELECT \(list.joined(separator: ", ")) FROM \(table.relation)", [], columns: list.count,
          connection
        ).first ?? [])
    }
    return fields.map { field in
      switch field.length {
      case .asTheDriverSays: nil
      case .most(let characters): characters * 2
      case .measured: (measured.popFirst()?.written.flatMap { Int($0) } ?? 1) * 2
      }
    }
  }

  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws
    -> Bool
  {
    let table = try tables.table(named: dataset)
    let field = try table.field(named: field)
    let found = try consistently { () throws -> [(cell: Sent, count: Int64)] in
      let widths = try widths(of: [field], table)
      var found: [(Sent, Int64)] = []
      try connection.rows(
        """
        SELECT \(field.sent), COUNT(*) FROM \(table.relation) GROUP BY \(field.sent)
        """, widths: widths
      ) { row in
        let value = Sent(try row.cell(0), field)
        guard let count = SQLCell(try row.cell(1)).written.flatMap({ Int64($0) }) else { return }
        if found.count <= limit { found.append((value, count)) }
      }
      return found
    }
    guard found.count <= limit else { return false }
    for (cell, count) in found.sorted(by: { $0.cell < $1.cell }) {
      rows.append(cell)
      rows.append(count)
      try rows.endRow()
    }
    return true
  }
}

/// A cell as the wire has it.
enum Sent: Comparable {
  case missing
  case truth(Int)
  case integer(Int64)
  case real(Double, digits: String)
  case text([UInt8])

  init(_ cell: ODBCCell, _ field: ODBCField) {
    switch (cell, field.form) {
    case (.missing, _), (.binary, _), (_, .binary): self = .missing
    case (.integer(let number), _): self = .integer(number)
    case (.truth(let truth), _): self = .truth(truth ? 1 : 0)
    case (.real(let number, let digits), _): self = .real(number, digits: digits)
    case (.text(let bytes), .decimal):
      // Numbers of more digits than are calculated with are missing.
      let number = Decimal(plain: String(decoding: bytes, as: UTF8.self))
      self = number.map { .text(Array($0.description.utf8)) } ?? .missing
    case (.text(let bytes), .marked): self = Sent(marked: bytes)
    case (.text(let bytes), .asTheyAre): self = .text(Array(bytes))
    }
  }

  private init(marked bytes: UnsafeBufferPointer<UInt8>) {
    let rest = Array(bytes.dropFirst())
    switch bytes.first {
    case UInt8(ascii: "r"):
      let number = Double(String(decoding: rest, as: UTF8.self)) ?? .nan
      // As SQLite files are read: a whole double is written as a whole number.
      if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 {
        self = .text(Array(String(whole).utf8))
      } else {
        self = number.isFinite ? .text(Array(number.description.utf8)) : .missing
      }
    case UInt8(ascii: "b"), nil: self = .missing
    default: self = .text(rest)
    }
  }

  static func < (left: Sent, right: Sent) -> Bool {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): a < b
    case (.real(let a, _), .real(let b, _)): a < b
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    case (.truth(let a), .truth(let b)): a < b
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .truth: 0
    case .integer: 1
    case .real: 2
    case .text: 3
    case .missing: 4
    }
  }
}

extension ServedRows {
  /// Texts that are sent as they are go without a copy. False where a number is missing because it
  /// has too many digits.
  fileprivate func append(_ cell: ODBCCell, _ field: ODBCField) -> Bool {
    guard case .text(let bytes) = cell else {
      append(Sent(cell, field))
      return true
    }
    if field.form == .asTheyAre {
      append(text: bytes)
      return true
    }
    let sent = Sent(cell, field)
    append(sent)
    return field.form != .decimal || sent != .missing
  }

  fileprivate func append(_ cell: Sent) {
    switch cell {
    case .missing: appendMissing()
    case .truth(let truth): append(truth != 0)
    case .integer(let number): append(number)
    case .real(let number, let digits):
      // The shortest digits of a number of 32 bits are not those of the same number in 64.
      if let same = Double(digits), number.isFinite { append(same) } else { appendMissing() }
    case .text(let bytes): bytes.withUnsafeBufferPointer { append(text: $0) }
    }
  }
}
