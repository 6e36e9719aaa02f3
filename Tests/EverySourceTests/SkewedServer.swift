import Foundation
import Testing

@testable import DriverTests
@testable import PostgresTests

/// A server that keeps another time than the session that asks it.
///
/// ClickHouse does not start with the library that sets a clock ahead.
enum SkewedServer: CaseIterable {
  case mariaDB, postgres

  /// The library that sets every clock ahead that a program reads; installed where that is possible.
  private static let library: String? = {
    do {
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", ["libfaketime"])
      return try DriverProgram.run("/usr/bin/dpkg", ["-L", "libfaketime"])
        .split(separator: "\n").first { $0.hasSuffix("libfaketimeMT.so.1") }.map(String.init)
    } catch {
      return nil
    }
  }()

  /// The engine, running; nothing where it can't run here, which is said.
  func started() throws -> (EngineKind, any TestEngine)? {
    let kind = EngineKind(type: type)
    guard type.obstacle() == nil, let library = SkewedServer.library else {
      kind.isNotTried(type.obstacle() ?? "the package libfaketime can't be installed")
      return nil
    }
    let (engine, day) = try start("env LD_PRELOAD=\(library) FAKETIME=+400d")
    #expect(day.prefix(10) > Date.now.ISO8601Format().prefix(10), "the clock is not ahead: \(day)")
    return (kind, engine)
  }

  private var type: any TestEngine.Type {
    switch self {
    case .mariaDB: MariaDB.self
    case .postgres: PostgresServer.self
    }
  }

  /// The engine, with the day that its server takes for today.
  private func start(_ clock: String) throws -> (any TestEngine, day: String) {
    switch self {
    case .mariaDB:
      let engine = try MariaDB.start(clock: clock)
      return (engine, try engine.server.sql("SELECT CURDATE()"))
    case .postgres:
      let engine = try PostgresServer.start(clock: clock)
      return (engine, try engine.cluster.sql("SELECT current_date"))
    }
  }
}
