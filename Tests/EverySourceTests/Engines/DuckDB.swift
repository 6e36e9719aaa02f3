import Foundation

@testable import DriverTests

/// Tables in a DuckDB file, through ADBC.
final class DuckDB: TestEngine {
  static let name = "DuckDB through ADBC"
  static let program: String? = "adbc"
  static let leastPushed = 45
  private var folder: ScratchFolder?

  static func obstacle() -> String? { ADBCDrivers.obstacle }
  static func start() throws -> DuckDB { DuckDB() }

  var openText: String {
    "open \"adbc:\(ADBCDrivers.library):\(folder?.path("office.duckdb") ?? "")\" as office"
  }

  func load(_ tables: [TestTable]) throws {
    let folder = try ScratchFolder()
    try ADBCDrivers.duckDB(
      folder.path("office.duckdb"), tables.map { $0.sql(.duckDB) }.joined())
    self.folder = folder
  }
}
