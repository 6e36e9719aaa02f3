import Foundation
import Testing

@testable import docket_source_adbc

/// Drivers for ADBC in packages of Python, installed below the build's folder.
enum ADBCDrivers {
  static let home = DriverProgram.root + "/.build/drivers"
  private static let packages = ["duckdb==2.0.1", "adbc-driver-sqlite==1.13.0"]

  /// Why there can be no drivers here; installs what is needed where that is possible.
  static let obstacle: String? = {
    let mark = home + "/" + packages.joined(separator: "-")
    if FileManager.default.fileExists(atPath: mark) { return nil }
    do {
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", ["python3-venv"])
      let version = try DriverProgram.run(
        "/usr/bin/python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2], end='')"])
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", ["libpython\(version)"])
      try DriverProgram.run("/usr/bin/python3", ["-m", "venv", "--clear", home])
      try DriverProgram.run(home + "/bin/pip", ["install", "--quiet"] + packages)
      try Data().write(to: URL(filePath: mark))
      return nil
    } catch {
      return "the Python packages \(packages.joined(separator: ", ")) can't be installed: \(error)"
    }
  }()

  static let isTried = DriverProgram.isTried("DuckDB and Parquet through ADBC", unless: obstacle)

  static var environment: [String: String] { ["VIRTUAL_ENV": home] }

  /// The whole path of DuckDB's driver.
  static var library: String {
    let found = try? ADBCDriverSearch(environment: environment).driver(named: "duckdb")
    return found?.path ?? ""
  }

  /// Runs statements in DuckDB, one connection for all; nothing keeps the file open afterwards.
  static func duckDB(_ sql: String) throws { try duckDB(":memory:", sql) }

  static func duckDB(_ path: String, _ sql: String) throws {
    let search = ADBCDriverSearch(environment: environment)
    let driver = try ADBCDriver(try search.driver(named: "duckdb"))
    let connection = try ADBCConnection(driver, options: [("path", path)])
    for statement in sql.split(separator: ";\n") { try connection.run(String(statement)) }
  }
}
