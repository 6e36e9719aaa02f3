@testable import DriverTests

/// The tables of an SQLite file, through its ODBC driver.
final class SQLiteODBC: TestEngine {
  static let name = "SQLite through ODBC"
  static let program: String? = "odbc"
  static let leastPushed = 30
  private let file = SQLiteFile()

  static func obstacle() -> String? { SQLiteDriver.obstacle }
  static func start() throws -> SQLiteODBC { SQLiteODBC() }

  var openText: String { "open \"\(SQLiteDriver.url(file.path))\" as office" }

  func load(_ tables: [TestTable]) throws { try file.load(tables) }
}
