import Columns
import Connectors
import Engine
import Foundation
import SourceServer
import SourceWire
import Testing

@testable import docket_source_odbc

@Suite("ODBC", .serialized, .enabled(if: MariaDBServer.isTried))
struct ODBCSourceTests {
  private static let tables = """
    CREATE TABLE cases (
      id BIGINT UNSIGNED PRIMARY KEY, race VARCHAR(20) CHARACTER SET latin1, kind TEXT,
      gun CHAR(3), small TINYINT, age INT, cost DECIMAL(12, 2), amount DECIMAL(40, 3),
      share DOUBLE, part FLOAT, ok BOOLEAN, received DATE, booked DATETIME(3), stage
      ENUM('filed', 'closed'), raw BLOB, since YEAR, at TIME, doc JSON);
    SET sql_mode = '';
    INSERT INTO cases VALUES
      (2, 'Ñuñoa', 'x ', 'N', -1, NULL, 2.50, NULL, NULL, 0.1, false, '0000-00-00',
        '2021-04-01 23:59:59.750', 'closed', x'00ff', NULL, NULL, NULL),
      (1, 'Black', '', 'Y', 3, 20, 0.10, 123456789012345678901234.5, 0.1, 1e10, true, '2021-04-01',
        '2021-04-01 08:30:00', 'filed', NULL, 2021, '08:30:00', '{"a": "😀"}'),
      (18446744073709551615, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL);
    CREATE VIEW black AS SELECT * FROM cases WHERE race = 'Black';
    """

  @Test("columns of every type are read, NULL as missing and the empty text as itself")
  func types() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let source = try DriverProgram.open(
      "odbc", try server.create("types", ODBCSourceTests.tables), in: folder)
    #expect(try source.datasets().map(\.name) == ["black", "cases"])
    let wanted: [(String, [String])] = [
      ("id", ["1", "2", "18446744073709551615"]), ("race", ["Black", "Ñuñoa", ""]),
      ("kind", ["", "x ", ""]), ("gun", ["Y", "N", ""]), ("small", ["3", "-1", ""]),
      ("age", ["20", "", ""]), ("cost", ["0.1", "2.5", ""]),
      ("amount", ["123456789012345678901234.5", "", ""]), ("share", ["0.1", "", ""]),
      ("ok", ["1", "0", ""]), ("received", ["2021-04-01", "", ""]),
      ("booked", ["2021-04-01 08:30:00", "2021-04-01 23:59:59", ""]),
      ("stage", ["filed", "closed", ""]), ("raw", ["", "", ""]), ("since", ["2021", "", ""]),
      ("at", ["08:30:00", "", ""]), ("doc", ["{\"a\": \"😀\"}", "", ""]),
    ]
    for (name, cells) in wanted { #expect(try source.cells(name) == cells, "\(name)") }
    #expect(try source.cells("part").map { Double($0) } == [1e10, 0.1, nil])
    let types = ["id", "race", "cost", "share", "received", "booked"].map {
      source.declaredType(of: $0, in: "cases")
    }
    #expect(types == [.integer, .category, .decimal, .real, .date, .datetime])
    #expect(source.report(of: "cases") == ["raw holds binary data, which is read as missing"])
    #expect(try source.cells("race", of: "black") == ["Black"])
  }

  @Test("typed columns are asked there, and doubles and what has no order of bytes are not")
  func pushed() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let source = try DriverProgram.open(
      "odbc", try server.create("pushed", ODBCSourceTests.tables), in: folder)
    func table(_ key: String, _ measures: [Measure]) throws -> [[String]]? {
      try source.rows(
        Tabulation(dataset: "cases", keys: [.field(source.field(key))], measures: measures))
    }
    #expect(
      try table("race", [.rows, .sum(source.field("cost")), .greatest(source.field("booked"))])
        == [
          ["Black", "1", "0.1", "2021-04-01 08:30:00"],
          ["Ñuñoa", "1", "2.5", "2021-04-01 23:59:59"], ["?", "1", "0", "?"],
        ])
    #expect(
      try table("received", [.rows, .least(source.field("age"))])
        == [["2021-04-01", "1", "20"], ["?", "2", "?"]])
    #expect(try table("share", [.rows]) == nil)
    #expect(try table("race", [.sum(source.field("share"))]) == nil)
    // Of 65 bits.
    #expect(try table("id", [.rows]) == nil)
    let asked = Tabulation(dataset: "cases", keys: [.field(source.field("race"))])
    #expect(source.statement(for: asked)?.contains("GROUP BY 1") == true)
  }

  @Test(
    "a data source is opened by its name, and one that is not defined is said with those there are")
  func dataSource() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    _ = try server.create(
      "named", "CREATE TABLE cases (race TEXT); INSERT INTO cases VALUES ('Black');")
    let definitions = try folder.write(
      "odbc.ini",
      "[office]\nDriver = MariaDB Unicode\nServer = 127.0.0.1\nPort = \(server.port)\n"
        + "Database = named\nUser = root\n")
    let environment = ["ODBCINI": definitions]
    let source = try DriverProgram.open(
      "odbc", "odbc:DSN=office", in: folder, environment: environment)
    #expect(try source.count() == "1")
    let short = try DriverProgram.open("odbc", "odbc:office", in: folder, environment: environment)
    #expect(try short.cells("race") == ["Black"])
    let unknown = problem(.notFound, "no ODBC data source is named ofice") {
      _ = try DriverProgram.open("odbc", "odbc:DSN=ofice", in: folder, environment: environment)
    }
    #expect(unknown?.help.first?.contains("office") == true)
  }

  @Test("a system that is not known is read by what its driver says of it")
  func others() throws {
    let server = try MariaDBServer.shared.get()
    let url = try server.create("others", ODBCSourceTests.tables)
    let connection = try ODBCConnection(try ODBCEnvironment(), String(url.dropFirst(5)))
    let engine = OtherEngine()
    let tables = try engine.tables(connection)
    let cases = try #require(tables.first { $0.name == "cases" })
    #expect(tables.map(\.name).sorted() == ["black", "cases"])
    let types = Dictionary(uniqueKeysWithValues: cases.fields.map { ($0.name, $0.type) })
    #expect(types["age"] == .integer && types["cost"] == .decimal && types["share"] == .real)
    #expect(types["received"] == .date && types["race"] == .category)
    let race = try cases.field(named: "race")
    let rows = try connection.cells("SELECT \(race.sent) FROM \(cases.relation) ORDER BY 1")
    #expect(rows == [[.null], [.text("Black")], [.text("Ñuñoa")]])
    #expect(throws: NotExact.self) { try engine.catalogue(of: cases, among: tables, connection) }
  }

  @Test("many rows come a thousand at a time, long texts and all")
  func many() throws {
    let folder = try ScratchFolder()
    let server = try MariaDBServer.shared.get()
    let url = try server.create(
      "many",
      """
      CREATE TABLE cases (id INT PRIMARY KEY, race VARCHAR(20), note LONGTEXT);
      INSERT INTO cases SELECT seq, ELT(seq % 3 + 1, 'Black', 'White', 'Ñ'), NULL
        FROM mysql.seq_1_to_30000;
      UPDATE cases SET note = REPEAT('é😀', 30000) WHERE id = 12345;
      """.replacing("mysql.seq", with: "seq"))
    let source = try DriverProgram.open("odbc", url, in: folder)
    let races = try source.cells("race")
    #expect(races.count == 30_000)
    #expect(races[12_344] == ["Black", "White", "Ñ"][12_345 % 3])
    let notes = try source.cells("note")
    #expect(notes.filter { !$0.isEmpty } == [String(repeating: "é😀", count: 30_000)])
    #expect(notes[12_344].count == 60_000)
  }
}
