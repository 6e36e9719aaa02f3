@testable import DriverTests

/// Tables of a MariaDB server, through its ODBC driver.
final class MariaDB: TestEngine {
  static let name = "MariaDB through ODBC"
  static let isServer = true
  static let program: String? = "odbc"
  static let leastPushed = 40
  let server: MariaDBServer
  private let database = "every_source"

  private init(_ server: MariaDBServer) { self.server = server }

  static func obstacle() -> String? { MariaDBServer.obstacle }
  static func start() throws -> MariaDB { try start(clock: "") }

  static func start(clock: String) throws -> MariaDB {
    MariaDB(try MariaDBServer(clock: clock))
  }

  var openText: String { "open \"\(server.url(database))\" as office" }

  func load(_ tables: [TestTable]) throws {
    _ = try server.create(database, tables.map { $0.sql(.mariaDB) }.joined())
  }

  func stop() { server.stop() }
}
