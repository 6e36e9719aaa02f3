import Foundation
import Testing

/// Every engine that the transcript and the laws are tried on: a line for each file in `Engines`.
enum TestEngines {
  static let all: [any TestEngine.Type] = [
    DelimitedFiles.self,
    ClickHouseServers.self,
    DuckDB.self,
    LinesOfJSON.self,
    MariaDB.self,
    Parquet.self,
    PostgresOnShards.self,
    PostgresServer.self,
    PythonProgram.self,
    SQLiteFile.self,
    SQLiteODBC.self,
    Workbook.self,
  ]
}

/// An engine as the argument of a test.
struct EngineKind: CustomTestStringConvertible, Sendable {
  let type: any TestEngine.Type

  var testDescription: String { type.name }

  /// All of them; where `DOCKET_ENGINES` names some by how their names begin, these.
  static let all: [EngineKind] = {
    let kinds = TestEngines.all.map(EngineKind.init)
    guard let asked = ProcessInfo.processInfo.environment["DOCKET_ENGINES"], asked != "all" else {
      return kinds
    }
    let names = asked.lowercased().split(separator: ",")
    return kinds.filter { kind in names.contains { kind.type.name.lowercased().hasPrefix($0) } }
  }()

  static let servers = all.filter { $0.type.isServer }
  static let alone = all.filter { !$0.type.isServer }

  /// Whether it is a failure that an engine can't run here.
  static var areDue: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["CI"] != nil || environment["DOCKET_ENGINES"] != nil
  }
}
