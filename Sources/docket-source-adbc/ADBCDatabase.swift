internal import Columns
internal import Engine
internal import Glibc
internal import SourceServer
internal import SourceWire

/// A database that an ADBC driver reaches.
///
/// Asked from one thread at a time, but for `cancel`; that, and not a lock, makes it sendable.
final class ADBCDatabase: ServedDatabase, @unchecked Sendable {
  static let name = "adbc"
  static let tellsState = true
  static let followsLinks = true

  private let connection: ADBCConnection
  private let engine: any ADBCEngine
  private let place: String
  let patience: Int?
  private let tables: [ADBCTable]
  private(set) var isConnected = true

  var dialect: any SQLDialect { engine.dialect }

  private init(
    _ connection: ADBCConnection, _ engine: any ADBCEngine, _ tables: [ADBCTable],
    _ settings: ADBCSettings
  ) {
    self.connection = connection
    self.engine = engine
    self.tables = tables
    place = settings.place
    patience = settings.patience
  }

  static func connect(_ options: ServedOptions) throws -> ADBCDatabase {
    let settings = try ADBCSettings(options)
    let search = ADBCDriverSearch(environment: environment)
    let file = try search.driver(named: settings.driver)
    let isDuckDB = file.name.lowercased().hasPrefix("duckdb")
    try checkNetwork(settings, readsFiles: isDuckDB || file.name.lowercased().contains("sqlite"))
    // What is wrong with the file is said before the driver is looked at, which takes longer.
    let files = isDuckDB ? try DuckDBFiles(settings) : nil
    let driver = try ADBCDriver(file)
    let engine: any ADBCEngine = files.map { DuckDBEngine($0) } ?? OtherEngine()
    do {
      let options = files?.options ?? settings.driverOptions
      let connection = try ADBCConnection(driver, options: options)
      if let files { try files.confine(connection, zone: settings.zone) }
      return ADBCDatabase(connection, engine, try engine.tables(connection), settings)
    } catch let failure as ADBCFailure {
      throw engine.said(failure, of: settings.place)
    }
  }

  /// Without the network only files are opened, by drivers that read nothing else.
  private static func checkNetwork(_ settings: ADBCSettings, readsFiles: Bool) throws {
    guard getenv("DOCKET_OFFLINE") != nil, settings.isRemote || !readsFiles else { return }
    throw WireError(
      .unsupported, "\(settings.place) may need the network, and this session does without",
      hint: "start without --offline, or open a copy of it here")
  }

  private static var environment: [String: String] {
    var found: [String: String] = [:]
    for name in ["ADBC_DRIVER_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "XDG_CONFIG_HOME", "HOME"] {
      found[name] = getenv(name).map { String(cString: $0) }
    }
    return found
  }

  func cancel() { connection.cancel() }

  func datasets() throws -> [WireDataset] { tables.map(\.described) }

  // MARK: Asking

  func consistently<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      guard let transaction = engine.transaction else { return try work() }
      return try transaction.around(connection.run, work)
    } catch let failure as ADBCFailure {
      let error = engine.said(failure, of: place)
      if error.code == .network { isConnected = false }
      throw error
    }
  }

  func state(of dataset: String) throws -> String? { engine.state }

  func fingerprint(of dataset: String) throws -> String? { engine.fingerprint }

  func catalogue(of dataset: String) throws -> any SQLCatalogue {
    try engine.catalogue(of: try tables.table(named: dataset), among: tables, connection)
  }

  func cells(of statement: SQLStatement) throws -> [[SQLCell]]? {
    do {
      return try connection.cells(statement.text, statement.bindings)
    } catch is ADBCNumber {
      return nil
    } catch let failure as ADBCFailure where engine.isOfStatement(failure) {
      return nil
    }
  }

  // MARK: Rows

  func scan(_ fields: [String], of dataset: String, to rows: ServedRows) throws {
    let table = try tables.table(named: dataset)
    let fields = try fields.map { try table.field(named: $0) }
    rows.total = table.rows
    let list = fields.isEmpty ? "1" : fields.map(\.sent).joined(separator: ", ")
    var unreadable = [Int](repeating: 0, count: fields.count)
    try consistently {
      try connection.rows("SELECT \(list) FROM \(table.relation)") { batch in
        guard batch.columns.count >= fields.count else {
          throw WireError(.data, "\(place): the driver sent other columns than were asked for")
        }
        for row in 0..<batch.rowCount {
          for index in fields.indices {
            if !rows.append(batch[row, index]) { unreadable[index] += 1 }
          }
          try rows.endRow()
        }
      }
    }
    for (field, count) in zip(fields, unreadable) where count > 0 {
      rows.warn(
        "\(field.name) holds values that can't be calculated with or shown, which are read as missing",
        rows: count)
    }
  }

  func values(of field: String, in dataset: String, limit: Int, to rows: ServedRows) throws
    -> Bool
  {
    let table = try tables.table(named: dataset)
    let field = try table.field(named: field)
    let isWhole = try consistently {
      let counted = try connection.cells(
        """
        SELECT COUNT(*) FROM (SELECT 1 FROM \(table.relation) GROUP BY \(field.grouped) \
        LIMIT \(limit + 1)) AS counted
        """)
      guard case .integer(let count)? = counted.first?.first, count <= Int64(limit) else {
        return false
      }
      // In a steady order: two sessions show the same.
      try connection.rows(
        """
        SELECT MIN(\(field.sent)), COUNT(*) FROM \(table.relation) GROUP BY \(field.grouped) \
        ORDER BY \(field.grouped)
        """
      ) { batch in
        for row in 0..<batch.rowCount {
          _ = rows.append(batch[row, 0])
          _ = rows.append(batch[row, 1])
          try rows.endRow()
        }
      }
      return true
    }
    return isWhole
  }
}

extension ADBCSettings {
  /// What drivers are told by ADBC's own names for it.
  var driverOptions: [(name: String, value: String)] {
    var options = [("uri", isRemote || driver != "sqlite" ? target : path)]
    if let user { options.append(("username", user)) }
    if let password { options.append(("password", password)) }
    return options
  }
}

extension ServedRows {
  /// Appends a cell; false where it has no text, so that it is missing.
  fileprivate func append(_ cell: ArrowCell) -> Bool {
    switch cell {
    case .missing: appendMissing()
    case .truth(let truth): append(truth)
    case .integer(let number): append(number)
    case .decimal(let number):
      // As many digits as are calculated with.
      let digits = number.description
      guard Decimal(plain: digits) != nil else {
        appendMissing()
        return false
      }
      append(digits)
    case .real(let number, let digits):
      // The shortest digits of a number of 32 bits are not those of the same number in 64.
      guard number.isFinite, let same = Double(digits) else {
        appendMissing()
        return false
      }
      append(same)
    case .bytes(let bytes): append(text: bytes)
    case .text(let text): append(text)
    case .unreadable:
      appendMissing()
      return false
    }
    return true
  }
}
