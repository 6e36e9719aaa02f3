import Foundation

@testable import DriverTests

/// A Parquet file for each table, through DuckDB's ADBC driver.
final class Parquet: TestEngine {
  static let name = "Parquet through DuckDB"
  static let program: String? = "adbc"
  static let leastPushed = 45
  /// Each file is opened by itself.
  static let followsLinks = false
  private var folder: ScratchFolder?
  private var names: [String] = []

  static func obstacle() -> String? { ADBCDrivers.obstacle }
  static func start() throws -> Parquet { Parquet() }

  var openText: String {
    names.map { name in
      "open \"adbc:\(ADBCDrivers.library):\(folder?.path(name) ?? "").parquet\" as \(name)"
    }.joined(separator: "\n")
  }

  func load(_ tables: [TestTable]) throws {
    let folder = try ScratchFolder()
    names = tables.map(\.name)
    let made = tables.map { table in
      table.sql(.duckDB)
        + "COPY \(table.name) TO '\(folder.path(table.name)).parquet' (FORMAT parquet);\n"
    }
    try ADBCDrivers.duckDB(made.joined())
    self.folder = folder
  }
}
