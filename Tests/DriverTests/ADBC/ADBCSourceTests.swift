import Columns
import Connectors
import Engine
import Foundation
import Testing

@testable import docket_source_adbc

@Suite("ADBC", .serialized, .enabled(if: ADBCDrivers.isTried))
struct ADBCSourceTests {
  private static let tables = """
    CREATE TABLE cases (
      id UBIGINT, race VARCHAR COLLATE NOCASE, small TINYINT, age INTEGER, wide HUGEINT,
      cost DECIMAL(12, 2), amount DECIMAL(38, 3), tiny DECIMAL(4, 1), share DOUBLE, part FLOAT,
      ok BOOLEAN, received DATE, booked TIMESTAMP, precise TIMESTAMP_NS, seen TIMESTAMPTZ,
      stage ENUM('filed', 'closed'), key UUID, raw BLOB, clock TIME, tags VARCHAR[]);
    INSERT INTO cases VALUES
      (1, 'black', 3, 20, 170141183460469231731687303715884105727, 0.10,
        12345678901234567890123456.5, -99.9, 0.1, 0.1, true, '2021-04-01',
        '2021-04-01 08:30', '2021-04-01 08:30:00.123456789', '2021-07-01 00:30:00+00', 'filed',
        '00000000-0000-0000-0000-00000000000a', 'ab', '08:30:00', ['a', 'ñ']),
      (18446744073709551615, 'Black', -1, NULL, -1, 2.50, 12345678901234567890123456789012345.5, NULL, 'NaN', 'Infinity', false,
        'infinity', '1969-12-31 23:59:59.75', NULL, NULL, 'closed', NULL, NULL, NULL, []),
      (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0044-03-15 (BC)', NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE VIEW young AS SELECT * FROM cases WHERE age < 30;
    CREATE SCHEMA other;
    CREATE TABLE other.cases (race VARCHAR);
    """

  private func source(_ folder: ScratchFolder, _ options: [String: String] = [:]) throws
    -> PluginSource
  {
    let path = folder.path("office.duckdb")
    if !FileManager.default.fileExists(atPath: path) {
      try ADBCDrivers.duckDB(path, ADBCSourceTests.tables)
    }
    return try DriverProgram.open(
      "adbc", "adbc:duckdb:office.duckdb", in: folder, environment: ADBCDrivers.environment,
      options: options)
  }

  @Test("columns of every type are read, and what Docket has no value for is missing")
  func types() throws {
    let folder = try ScratchFolder()
    let source = try source(folder, ["zone": "America/Chicago"])
    #expect(try source.datasets().map(\.name) == ["cases", "young", "other.cases"])
    let wanted: [(String, [String])] = [
      ("id", ["1", "18446744073709551615", "2"]), ("race", ["black", "Black", ""]),
      ("small", ["3", "-1", ""]), ("age", ["20", "", ""]),
      ("wide", ["170141183460469231731687303715884105727", "-1", ""]),
      ("cost", ["0.1", "2.5", ""]),
      ("tiny", ["-99.9", "", ""]), ("share", ["0.1", "", ""]), ("part", ["0.1", "", ""]),
      ("ok", ["true", "false", ""]), ("received", ["2021-04-01", "", ""]),
      ("booked", ["2021-04-01T08:30:00", "1969-12-31T23:59:59", ""]),
      ("precise", ["2021-04-01T08:30:00", "", ""]), ("seen", ["2021-06-30T19:30:00", "", ""]),
      ("stage", ["filed", "closed", ""]),
      ("key", ["00000000-0000-0000-0000-00000000000a", "", ""]),
      ("raw", ["", "", ""]), ("clock", ["08:30:00", "", ""]), ("tags", ["[a, ñ]", "[]", ""]),
    ]
    for (name, cells) in wanted { #expect(try source.cells(name) == cells, "\(name)") }
    #expect(try source.cells("amount") == ["12345678901234567890123456.5", "", ""])
    #expect(
      source.report(of: "cases").contains {
        $0
          == "amount holds values that can't be calculated with or shown, which are read as missing (1 rows)"
      })
    let declared = ["id", "race", "cost", "share", "ok", "received", "seen", "key"].map {
      source.declaredType(of: $0, in: "cases")
    }
    #expect(
      declared == [.integer, .category, .decimal, .real, .boolean, .date, .datetime, .code])
    #expect(try source.cells("age", of: "young") == ["20"])
  }

  @Test("typed columns are asked there by their bytes, and doubles are not")
  func pushed() throws {
    let folder = try ScratchFolder()
    let source = try source(folder)
    func table(_ key: String, _ measures: [Measure]) throws -> [[String]]? {
      try source.rows(
        Tabulation(dataset: "cases", keys: [.field(source.field(key))], measures: measures))
    }
    #expect(
      try table("race", [.rows, .sum(source.field("cost")), .greatest(source.field("ok"))])
        == [["Black", "1", "2.5", "false"], ["black", "1", "0.1", "true"], ["?", "1", "0", "?"]])
    #expect(
      try table("booked", [.rows])
        == [["1969-12-31 23:59:59", "1"], ["2021-04-01 08:30:00", "1"], ["?", "1"]])
    #expect(try table("received", [.rows]) == [["2021-04-01", "1"], ["?", "2"]])
    #expect(try table("share", [.rows]) == nil)
    #expect(try table("wide", [.rows]) == nil)
    #expect(try table("race", [.sum(source.field("share"))]) == nil)
  }

  @Test("Parquet is opened by its ending, by a pattern and as a folder of parts")
  func parquet() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("parts/2020"), withIntermediateDirectories: true)
    try ADBCDrivers.duckDB(
      """
      COPY (SELECT 'Black' AS race, 1.5::DECIMAL(5, 2) AS cost) TO '\(folder.path("cases-1.parquet"))';
      COPY (SELECT 'White' AS race, 2::DECIMAL(5, 2) AS cost) TO '\(folder.path("cases-2.parquet"))';
      COPY (SELECT 'Asian' AS race, 3::DECIMAL(5, 2) AS cost) TO '\(folder.path("parts/2020/a.parquet"))'
      """)
    func rows(_ url: String) throws -> (String, [[String]]?) {
      let source = try DriverProgram.open(
        "adbc", url, in: folder, environment: ADBCDrivers.environment)
      let name = try #require(try source.datasets().first?.name)
      let race = source.field("race", of: name)
      let measures = [Measure.sum(source.field("cost", of: name))]
      return (
        name,
        try source.rows(Tabulation(dataset: name, keys: [.field(race)], measures: measures))
      )
    }
    let one = try rows("cases-1.parquet")
    #expect(one.0 == "cases-1" && one.1 == [["Black", "1.5"]])
    let all = try rows("adbc:duckdb:cases-*.parquet")
    #expect(all.0 == "cases-" || all.0 == "cases")
    #expect(all.1 == [["Black", "1.5"], ["White", "2"]])
    let parts = try rows("adbc:duckdb:parts/")
    #expect(parts.0 == "parts" && parts.1 == [["Asian", "3"]])
  }

  @Test("a driver is found by its manifest, in any folder that is named, and by its path")
  func drivers() throws {
    let folder = try ScratchFolder()
    let found = try ADBCDriverSearch(environment: ADBCDrivers.environment).driver(named: "duckdb")
    try folder.write(
      "ducks.toml",
      """
      manifest_version = 1
      name = 'Ducks' # of a feather
      [Driver]
      entrypoint = "duckdb_adbc_init"
      [Driver.shared]
      linux_amd64 = "\(found.path)"
      linux_arm64 = "\(found.path)"
      """)
    let named = try ADBCDriverSearch(environment: ["ADBC_DRIVER_PATH": folder.path])
      .driver(named: "ducks")
    #expect(named.path == found.path && named.entrypoint == "duckdb_adbc_init")
    try ADBCDrivers.duckDB(
      "COPY (SELECT 'Black' AS race) TO '\(folder.path("cases.parquet"))'")
    let source = try DriverProgram.open("adbc", "adbc:\(found.path):cases.parquet", in: folder)
    #expect(try source.cells("race") == ["Black"])
  }

  @Test("a database that nothing is known of is read, and asked for nothing else")
  func others() throws {
    let folder = try ScratchFolder()
    func write(_ sql: String) throws {
      let script =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])"
      _ = try DriverProgram.run(
        "/usr/bin/python3", ["-c", script, folder.path("office.db"), sql])
    }
    try write(
      "CREATE TABLE cases (race TEXT, age INTEGER, cost REAL); "
        + "INSERT INTO cases VALUES ('Black', 20, 0.1), ('Ñ', NULL, 2.5)")
    let source = try DriverProgram.open(
      "adbc", "adbc:sqlite:office.db", in: folder, environment: ADBCDrivers.environment)
    #expect(try source.cells("race") == ["Black", "Ñ"])
    #expect(try source.cells("age") == ["20", ""])
    #expect(try source.cells("cost") == ["0.1", "2.5"])
    #expect(try source.count() == nil)
    // Nobody can tell whether its rows are the same, so that each question reads them.
    try write("INSERT INTO cases VALUES ('White', 30, 1)")
    #expect(try source.cells("race") == ["Black", "Ñ", "White"])
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
  }
}
