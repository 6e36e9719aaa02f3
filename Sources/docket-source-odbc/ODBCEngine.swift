internal import Engine
internal import SourceServer
internal import SourceWire

/// What one database management system needs said in its own way; one file for each.
protocol ODBCEngine: Sendable {
  var dialect: any SQLDialect { get }
  /// Makes a session that reads only, and reads everything in one way. Errors: `ODBCFailure`.
  func begin(_ connection: ODBCConnection) throws
  /// What begins and ends a transaction that sees one state of the data; nothing where the driver has
  /// no such thing.
  var transaction: ServedTransaction? { get }
  func tables(_ connection: ODBCConnection) throws -> [ODBCTable]
  /// How many characters the longest text of what is selected has, in the words of the database.
  func length(of sent: String) -> String
  /// What changes when the rows of a table do, without reading them; nothing where that is not known.
  func state(of table: ODBCTable, _ connection: ODBCConnection) throws -> String?
  /// What is known of the table. Errors: `NotExact` where nothing is promised.
  ///
  /// - Parameter tables: those of the database, which can be joined.
  func catalogue(of table: ODBCTable, among tables: [ODBCTable], _ connection: ODBCConnection)
    throws -> any SQLCatalogue
  /// Runs a statement and reads its cells as those that the writer of SQL expects.
  func cells(
    _ sql: String, _ bindings: [SQLBinding], columns: Int, _ connection: ODBCConnection
  ) throws -> [[SQLCell]]
}

extension ODBCEngine {
  func begin(_ connection: ODBCConnection) throws {}

  func state(of table: ODBCTable, _ connection: ODBCConnection) throws -> String? { nil }

  func cells(
    _ sql: String, _ bindings: [SQLBinding], columns: Int, _ connection: ODBCConnection
  ) throws -> [[SQLCell]] {
    try connection.cells(sql, bindings)
  }
}

/// The systems that are known, by what they call themselves.
enum ODBCEngines {
  static func engine(for product: String) -> any ODBCEngine {
    switch product.lowercased() {
    case let name where name.hasPrefix("mariadb"): MariaDBEngine(isMySQL: false)
    case let name where name.hasPrefix("mysql"): MariaDBEngine(isMySQL: true)
    case let name where name.hasPrefix("sqlite"): SQLiteEngine()
    default: OtherEngine()
    }
  }

  /// What is added to a connection of a driver, by its name: how it is told to hold no more rows than
  /// it is asked for, to know numbers of 64 bits, and to make no file that is not there.
  static func additions(for driver: String) -> String {
    let driver = driver.lowercased()
    // A lock is waited for 10 s, in milliseconds, and not a hundred.
    if driver.contains("sqlite") {
      return ";BigInt=1;NoCreat=1;NoWCHAR=0;JDConv=0;Timeout=10000"
    }
    if driver.contains("maodbc") || driver.contains("mariadb") || driver.contains("mysql") {
      return ";FORWARDONLY=1;NO_CACHE=1;CHARSET=utf8mb4"
    }
    if driver.contains("psqlodbc") || driver.contains("postgres") {
      return ";UseDeclareFetch=1;Fetch=10000;ReadOnly=1"
    }
    return ""
  }
}
