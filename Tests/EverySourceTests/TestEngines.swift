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

  static let all = TestEngines.all.map(EngineKind.init)
}
