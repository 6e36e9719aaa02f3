import CADBC
import Engine
import Foundation
import SourceServer
import SourceWire
import Testing

@testable import Connectors
@testable import docket_source_adbc

@Suite("ADBC in trouble", .serialized, .enabled(if: ADBCDrivers.isTried))
struct ADBCFaultTests {
  private func open(_ url: String, _ folder: ScratchFolder) throws -> PluginSource {
    try DriverProgram.open("adbc", url, in: folder, environment: ADBCDrivers.environment)
  }

  @Test("a driver that is not there, or is none, is said, with what can be done")
  func drivers() throws {
    let folder = try ScratchFolder()
    problem(.notFound, "the ADBC driver nothing is not installed") {
      _ = try open("adbc:nothing:cases", folder)
    }
    problem(.notFound, "there is no driver /nowhere/driver.so") {
      _ = try open("adbc:/nowhere/driver.so:cases", folder)
    }
    problem(.notFound, "no driver or nothing to open") { _ = try open("adbc:duckdb", folder) }
    let junk = try folder.write("junk.so", "no library")
    problem(.notFound, "can't be loaded") { _ = try open("adbc:\(junk):cases", folder) }
    try folder.write("odd.toml", "[Driver.shared]\nwindows_amd64 = \"driver.dll\"\n")
    problem(.notFound, "names no library") {
      _ = try DriverProgram.open(
        "adbc", "adbc:odd:cases", in: folder, environment: ["ADBC_DRIVER_PATH": folder.path])
    }
  }

  @Test("a file that is missing, empty, damaged, cut off or no file of its kind is said")
  func files() throws {
    let folder = try ScratchFolder()
    problem(.notFound, "there is no file cases.parquet") { _ = try open("cases.parquet", folder) }
    try folder.write("empty.parquet", "")
    problem(.damaged, "empty.parquet is empty") { _ = try open("empty.parquet", folder) }
    try folder.write("words.parquet", String(repeating: "no Parquet ", count: 100))
    problem(.damaged, "words.parquet") { _ = try open("words.parquet", folder) }
    try folder.write("words.duckdb", String(repeating: "no database ", count: 1000))
    problem(.damaged, "words.duckdb") { _ = try open("words.duckdb", folder) }
    let whole = folder.path("whole.parquet")
    try ADBCDrivers.duckDB(
      "COPY (SELECT 'r' || (i * 7919 % 100003) AS race, i AS age FROM range(50000) t(i)) TO '\(whole)'"
    )
    var bytes = try Data(contentsOf: URL(filePath: whole))
    try bytes.prefix(bytes.count / 2).write(to: URL(filePath: folder.path("half.parquet")))
    problem(.damaged, "half.parquet") { _ = try open("half.parquet", folder) }
    for place in 100..<bytes.count / 2 { bytes[place] = 0xFF }
    try bytes.write(to: URL(filePath: folder.path("holes.parquet")))
    let source = try open("holes.parquet", folder)
    problem(.damaged, "holes.parquet") { _ = try source.cells("race", of: "holes") }
    #expect(try source.datasets().map(\.name) == ["holes"])
  }

  @Test("a file that changes or goes away is said, and read anew when it is back")
  func changed() throws {
    let folder = try ScratchFolder()
    let path = folder.path("cases.parquet")
    try ADBCDrivers.duckDB("COPY (SELECT 'Ñ' AS race, 1 AS age) TO '\(path)'")
    let source = try open("cases.parquet", folder)
    let byRace = Tabulation(dataset: "cases", keys: [.field(source.field("race"))])
    #expect(try source.rows(byRace) == [["Ñ", "1"]])
    // Decomposed: what was found out about the texts does not hold any more.
    try ADBCDrivers.duckDB("COPY (SELECT 'N\u{303}' AS race, 1 AS age) TO '\(path)'")
    #expect(try source.rows(byRace) == nil)
    try ADBCDrivers.duckDB("COPY (SELECT 'Black' AS race) TO '\(path)'")
    #expect(try source.rows(byRace) == [["Black", "1"]])
    problem(.notFound, "age") { _ = try source.cells("age") }
    try FileManager.default.removeItem(atPath: path)
    problem(.notFound, "cases.parquet") { _ = try source.cells("race") }
  }

  @Test("nothing can be written, fetched or set")
  func writing() throws {
    let folder = try ScratchFolder()
    let path = folder.path("office.duckdb")
    let parquet = folder.path("cases.parquet")
    try ADBCDrivers.duckDB(
      path, "CREATE TABLE cases AS SELECT 'Black' AS race;\nCOPY cases TO '\(parquet)'")
    let before = try Data(contentsOf: URL(filePath: parquet))
    let driver = try ADBCDriver(
      try ADBCDriverSearch(environment: ADBCDrivers.environment).driver(named: "duckdb"))
    for file in [path, parquet] {
      let settings = try ADBCSettings(
        .init([.init("url", .text(file)), .init("directory", .text("/"))]))
      let files = try DuckDBFiles(settings)
      let connection = try ADBCConnection(driver, options: files.options)
      try files.confine(connection, zone: "UTC")
      let engine = DuckDBEngine(files)
      for statement in [
        "INSERT INTO cases VALUES ('White')", "DROP TABLE cases", "CREATE TABLE others (a INT)",
        "COPY (SELECT 1) TO '\(folder.path("new.csv"))'", "COPY (SELECT 1) TO '\(parquet)'",
        "ATTACH '\(folder.path("new.duckdb"))'", "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true", "SET allowed_paths = []", "INSTALL spatial",
        "LOAD '\(folder.path("new.so"))'",
      ] {
        try connection.run(try #require(engine.transaction).begin)
        #expect(throws: ADBCFailure.self, "\(statement)") { try connection.run(statement) }
        try connection.run("ROLLBACK")
      }
    }
    #expect(try Data(contentsOf: URL(filePath: parquet)) == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["cases.parquet", "office.duckdb"])
  }

  /// A table, and a view that nobody waits for.
  private static let slowView = """
    CREATE TABLE cases AS SELECT 'Black' AS race;
    CREATE VIEW slow AS SELECT sum(a.range * b.range % 7)::VARCHAR AS sum
      FROM range(1000000) a, range(1000000) b;
    """

  @Test("a stopped question ends, and the session goes on")
  func stopped() throws {
    let folder = try ScratchFolder()
    try ADBCDrivers.duckDB(folder.path("office.duckdb"), Self.slowView)
    let source = try open("office.duckdb", folder)
    let problem = #expect(throws: SourceProblem.self) {
      _ = try source.cells("sum", of: "slow", run: StoppedAfter(.milliseconds(300)))
    }
    #expect(problem?.kind == .cancelled)
    #expect(try source.count() == "1")
  }

  @Test("a question that takes too long is given up, with the way to allow more")
  func late() throws {
    let folder = try ScratchFolder()
    try ADBCDrivers.duckDB(folder.path("office.duckdb"), Self.slowView)
    let source = try open("adbc:duckdb:office.duckdb?timeout=1&zone=America/Chicago", folder)
    let late = problem(.timeout, "given up after 1 s") { _ = try source.cells("sum", of: "slow") }
    #expect(late?.help.contains { $0.contains("?timeout=") } == true)
    #expect(try source.count() == "1")
    problem(.refused, "seconds") {
      _ = try open("adbc:duckdb:office.duckdb?timeout=soon", folder)
    }
    // A question mark that is part of a path stays so.
    try ADBCDrivers.duckDB("COPY (SELECT 1 AS a) TO '\(folder.path("part-1.parquet"))'")
    #expect(try open("adbc:duckdb:part-?*.parquet", folder).datasets().count == 1)
  }

  @Test("a driver's own time-out is one")
  func words() {
    var error = AdbcError()
    let said = ADBCFailure(12, &error).said(of: "office")
    #expect(said.code == .timeout)
    #expect(said.hint?.isEmpty == false)
  }

  @Test("a file that another program writes to is said, with what can be done")
  func locked() throws {
    let folder = try ScratchFolder()
    let path = folder.path("office.duckdb")
    try ADBCDrivers.duckDB(path, "CREATE TABLE cases AS SELECT 'Black' AS race")
    let driver = try ADBCDriver(
      try ADBCDriverSearch(environment: ADBCDrivers.environment).driver(named: "duckdb"))
    withExtendedLifetime(try ADBCConnection(driver, options: [("path", path)])) {
      let held = problem(.timeout, "lock") { _ = try open("office.duckdb", folder) }
      #expect(held?.help.contains { $0.contains("another program") } == true)
    }
    #expect(try open("office.duckdb", folder).count() == "1")
  }

  @Test("a file that is written anew in the middle of a session is noticed")
  func written() throws {
    let folder = try ScratchFolder()
    let path = folder.path("cases.parquet")
    try ADBCDrivers.duckDB("COPY (SELECT 'Black' AS race, 1 AS age) TO '\(path)'")
    let source = try open("cases.parquet", folder)
    let before = try source.fingerprint(of: "cases")
    #expect(try source.cells("race") == ["Black"])
    #expect(source.warnings(of: "cases").isEmpty)
    try ADBCDrivers.duckDB("COPY (SELECT 'White' AS race, 2 AS age) TO '\(path)'")
    #expect(try source.cells("race") == ["White"])
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
    #expect(try source.fingerprint(of: "cases") != before)
  }

  @Test("without the network files are opened, and addresses and other drivers are not")
  func offline() throws {
    let manifest = DriverProgram.root + "/Sources/docket-source-adbc/source.toml"
    #expect(PluginManifest(path: manifest)?.worksOffline == true)
    let folder = try ScratchFolder()
    try ADBCDrivers.duckDB(
      "COPY (SELECT 'Black' AS race) TO '\(folder.path("cases.parquet"))'")
    func open(_ url: String) throws -> PluginSource {
      try DriverProgram.open(
        "adbc", url, in: folder,
        environment: ADBCDrivers.environment.merging(["DOCKET_OFFLINE": "1"]) { $1 })
    }
    #expect(try open("cases.parquet").cells("race") == ["Black"])
    #expect(try open("adbc:duckdb:cases.parquet").count() == "1")
    problem(.refused, "may need the network") {
      _ = try open("adbc:duckdb:https://127.0.0.1:1/cases.parquet")
    }
    // Another driver reaches for a server, whatever its address looks like.
    let driver = try ADBCDriverSearch(environment: ADBCDrivers.environment).driver(named: "sqlite")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("libadbc_driver_postgresql.so"), withDestinationPath: driver.path)
    problem(.refused, "may need the network") {
      _ = try open("adbc:\(folder.path("libadbc_driver_postgresql.so")):office")
    }
  }
}
