import Foundation
import Testing

@testable import ClickHouseTests
@testable import DriverTests
@testable import PostgresTests

/// A server and what asks it, one of which keeps another time.
///
/// ClickHouse does not start with the library that sets a clock: there it is its source whose clock is
/// ahead or behind.
enum SkewedClock: CaseIterable {
  case mariaDB, postgres, sourceOfClickHouseAhead, sourceOfClickHouseBehind

  /// The library that sets every clock that a program reads; installed where that is possible.
  private static let library: String? = {
    do {
      try DriverProgram.run("\(DriverProgram.root)/.ci/packages", ["libfaketime"])
      return try DriverProgram.run("/usr/bin/dpkg", ["-L", "libfaketime"])
        .split(separator: "\n").first { $0.hasSuffix("libfaketimeMT.so.1") }.map(String.init)
    } catch {
      return nil
    }
  }()

  /// An engine, with the folder of sources that ask it where these are not those that were built.
  struct Started {
    let kind: EngineKind
    let engine: any TestEngine
    fileprivate let folder: ScratchFolder?

    var sources: String? { folder?.path }
  }

  /// The engine, running; nothing where it can't run here, which is said.
  func started() throws -> Started? {
    let kind = EngineKind(type: type)
    guard type.obstacle() == nil, let library = SkewedClock.library else {
      kind.isNotTried(type.obstacle() ?? "the package libfaketime can't be installed")
      return nil
    }
    switch self {
    case .mariaDB:
      let engine = try MariaDB.start(clock: SkewedClock.words(library, days: 400))
      try SkewedClock.check(try engine.server.sql("SELECT CURDATE()"), isAhead: true)
      return Started(kind: kind, engine: engine, folder: nil)
    case .postgres:
      let engine = try PostgresServer.start(clock: SkewedClock.words(library, days: 400))
      try SkewedClock.check(try engine.cluster.sql("SELECT current_date"), isAhead: true)
      return Started(kind: kind, engine: engine, folder: nil)
    case .sourceOfClickHouseAhead, .sourceOfClickHouseBehind:
      let isAhead = self == .sourceOfClickHouseAhead
      let clock = SkewedClock.words(library, days: isAhead ? 400 : -400)
      try SkewedClock.check(
        try DriverProgram.run("/bin/sh", ["-c", clock + " date -I"]), isAhead: isAhead)
      return Started(
        kind: kind, engine: try ClickHouseServers.start(),
        folder: try SkewedClock.source("clickhouse", clock))
    }
  }

  private var type: any TestEngine.Type {
    switch self {
    case .mariaDB: MariaDB.self
    case .postgres: PostgresServer.self
    case .sourceOfClickHouseAhead, .sourceOfClickHouseBehind: ClickHouseServers.self
    }
  }

  /// What stands before a program whose clock is set.
  private static func words(_ library: String, days: Int) -> String {
    "env LD_PRELOAD=\(library) FAKETIME=\(days > 0 ? "+" : "")\(days)d"
  }

  private static func check(_ day: String, isAhead: Bool) throws {
    let today = Date.now.ISO8601Format().prefix(10)
    try #require(
      isAhead ? day.prefix(10) > today : day.prefix(10) < today, "the clock is right: \(day)")
  }

  /// A folder with a source in it that runs the one that was built, with another clock.
  private static func source(_ name: String, _ clock: String) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "docket-source-\(name)")
    let manifest = EngineSession.root.appending(path: "Sources/docket-source-\(name)/source.toml")
    try folder.write(
      "docket-source-\(name)", "#!/bin/sh\nexec \(clock) '\(built.path)'\n", permissions: 0o700)
    try folder.write(
      "docket-source-\(name).toml", try String(contentsOf: manifest, encoding: .utf8))
    return folder
  }
}
