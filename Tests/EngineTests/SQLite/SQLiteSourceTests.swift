import Columns
import Connectors
import Engine
import Glibc
import Testing

@Suite("SQLite databases")
struct SQLiteSourceTests {
  private let category = Meaning(type: .category)

  private func texts(_ source: SQLiteSource, _ column: String, of table: String = "cases") throws
    -> [String]
  {
    let columns = try source.columns([column], of: table, run: UnwatchedRun())
    let read = try #require(columns.first)
    return (0..<read.rowCount).map { read.texts[read.codes[$0]] }
  }

  private func counts(_ source: SQLiteSource, by field: Field) throws -> [String]? {
    let question = Tabulation(dataset: "cases", keys: [.field(field)])
    return try source.tabulate(question, run: UnwatchedRun())?.rows
      .map { "\($0.keys[0]) \($0.measures[0])" }
  }

  private func column(_ name: String, _ type: FieldType = .category) -> Field {
    .column(name: name, meaning: Meaning(type: type))
  }

  @Test("tables and views are datasets, by name; what SQLite keeps for itself is none")
  func datasets() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE "b cases" (id INTEGER PRIMARY KEY AUTOINCREMENT, "Case Type" TEXT);
      CREATE TABLE a (x, y AS (x + 1)); CREATE VIEW v AS SELECT x AS z FROM a;
      CREATE VIEW broken AS SELECT * FROM gone; CREATE INDEX i ON a (x);
      """)
    let source = try SQLiteSource(path: database.path)
    let found = try source.datasets().map { "\($0.name): \($0.fields.joined(separator: ", "))" }
    #expect(found == ["a: x, y", "b cases: id, Case Type", "broken: ", "v: z"])
  }

  @Test("cells read as they print: whole doubles as whole numbers, NULL and blobs as missing")
  func cells() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x); INSERT INTO cases VALUES (1), (1.0), (0.5), (-0.0), ('1'), ('01'),
      (NULL), (''), (x'C3'), (9223372036854775807), (-9223372036854775808), (1e300), (0.1), ('é')
      """)
    let source = try SQLiteSource(path: database.path)
    #expect(
      try texts(source, "x") == [
        "1", "1", "0.5", "0", "1", "01", "", "", "", "9223372036854775807",
        "-9223372036854775808", "1e+300", "0.1", "é",
      ])
    #expect(
      source.report(of: "cases") == ["x holds binary data in 1 row, which is read as missing"])
  }

  @Test("rows of columns that are read one after another belong together")
  func order() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE t (a, b, rowid); INSERT INTO t VALUES (3, 'c', 1), (1, 'a', 2), (2, 'b', 3);
      CREATE INDEX ia ON t (a); CREATE INDEX ib ON t (b DESC);
      CREATE TABLE w (a PRIMARY KEY, b) WITHOUT ROWID; INSERT INTO w SELECT a, b FROM t;
      CREATE INDEX iw ON w (b DESC); CREATE VIEW v AS SELECT a, b FROM t
      """)
    for table in ["t", "w", "v"] {
      let source = try SQLiteSource(path: database.path)
      let pairs = zip(
        try texts(source, "a", of: table), try texts(source, "b", of: table)
      ).map { $0 + $1 }
      #expect(Set(pairs) == ["1a", "2b", "3c"], "\(table)")
    }
  }

  @Test("letters of two cases stay apart in a column that is declared to ignore case")
  func collation() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (race TEXT COLLATE NOCASE);
      INSERT INTO cases VALUES ('Black'), ('black'), ('Black')
      """)
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    #expect(try counts(source, by: column("race")) == ["Black 2", "black 1"])
    let one = Tabulation(
      dataset: "cases", rows: .test(column("race"), .among([.text("black")])),
      measures: [.rows, .units(column("race")), .least(column("race"))])
    let row = try source.tabulate(one, run: UnwatchedRun())?.rows.first
    #expect(row?.measures == [n("1"), n("1"), .text("black")])
  }

  @Test(
    "columns whose cells are of different types, or not in one composition, are not pushed down",
    arguments: [
      "(1), ('1')", "(1), (x'31')", "('e' || char(769)), ('é')", "(CAST(x'FF' AS TEXT))",
      "(1e300), (1)", "(0.00001), (0.5)", "('a' || char(0) || 'b')",
    ])
  func mixed(values: String) throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (x); INSERT INTO cases VALUES \(values)")
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    #expect(try counts(source, by: column("x")) == nil)
    #expect(try counts(source, by: column("x", .decimal)) == nil)
  }

  @Test("a text column of numbers or dates is pushed down only where each is one")
  func shapes() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (age TEXT, day TEXT, time TEXT); INSERT INTO cases VALUES
      ('7', '2021-02-28', '2021-02-28T08:30:00'), ('', '', ''), ('U', 'U', 'U')
      """)
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    func asked(_ name: String, _ type: FieldType) throws -> [String]? {
      try counts(source, by: .column(name: name, meaning: Meaning(type: type, missing: ["U"])))
    }
    #expect(try asked("age", .integer) == ["7 1", "? 2"])
    #expect(try asked("day", .date) == ["2021-02-28 1", "? 2"])
    #expect(try asked("time", .datetime) == ["2021-02-28 08:30:00 1", "? 2"])
    #expect(try asked("time", .date) == ["2021-02-28 1", "? 2"])
    #expect(try counts(source, by: column("age", .integer)) == nil)
    try database.write("UPDATE cases SET age = '007', day = '2021-02-30', time = '2021-02-28'")
    #expect(try asked("age", .integer) == nil)
    #expect(try asked("day", .date) == nil)
    #expect(try asked("time", .datetime) == nil)
  }

  @Test("money adds up exactly, though it is stored in doubles")
  func money() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (cost DECIMAL(10, 2)); WITH RECURSIVE i(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1000) INSERT INTO cases SELECT 0.1 FROM i
      """)
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    let total = Tabulation(dataset: "cases", measures: [.sum(column("cost", .decimal))])
    #expect(try source.tabulate(total, run: UnwatchedRun())?.rows[0].measures == [n("100")])
    try database.write("INSERT INTO cases VALUES (0.1 + 0.2)")
    #expect(try source.tabulate(total, run: UnwatchedRun()) == nil)
  }

  @Test("a sum that 64 bits do not hold is left to the columnar engine")
  func overflow() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x INTEGER);
      INSERT INTO cases VALUES (9223372036854775807), (9223372036854775807)
      """)
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    let total = Tabulation(dataset: "cases", measures: [.sum(column("x", .integer))])
    #expect(try source.tabulate(total, run: UnwatchedRun()) == nil)
    #expect(try counts(source, by: column("x", .integer)) == ["9223372036854775807 2"])
  }

  @Test("a question with more values than a statement may hold is left to the columnar engine")
  func length() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (x); INSERT INTO cases VALUES ('7'), ('-7')")
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    func asked(_ count: Int) throws -> Value? {
      let values = Set((0..<count).map { Value.text(String($0)) })
      let question = Tabulation(dataset: "cases", rows: .test(column("x"), .among(values)))
      return try source.tabulate(question, run: UnwatchedRun())?.rows[0].measures[0]
    }
    #expect(try asked(1000) == n("1"))
    #expect(try asked(300_000) == nil)
  }

  @Test("the fingerprint of a database is the SHA-256 digest of its file")
  func fingerprint() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE cases (x); WITH RECURSIVE i(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 90000) INSERT INTO cases SELECT n FROM i
      """)
    let pipe = try #require(popen("sha256sum '\(database.path)'", "r"))
    defer { pclose(pipe) }
    var line = [UInt8](repeating: 0, count: 64)
    try #require(fread(&line, 1, 64, pipe) == 64)
    let source = try SQLiteSource(path: database.path)
    let found = try source.fingerprint(of: "cases")
    #expect(found == "sha256:" + String(decoding: line, as: UTF8.self))
  }

  @Test("distinct values are counted in the order of their first rows")
  func values() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (x); INSERT INTO cases VALUES ('b'), ('a'), (NULL), ('b'), (1), ('1')")
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    let values = try #require(
      try source.values(of: "x", in: "cases", run: UnwatchedRun()))
    #expect((0..<values.texts.count).map { values.texts[$0] } == ["b", "a", "", "1"])
    #expect(values.counts == [2, 1, 1, 2])
  }

  @Test("names that look like SQL are names")
  func names() throws {
    let database = try TemporaryDatabase(
      """
      CREATE TABLE "x""; DROP TABLE t; --" ("a""b" TEXT, "select" TEXT);
      INSERT INTO "x""; DROP TABLE t; --" VALUES ('1', '2'); CREATE TABLE t (x)
      """)
    let source = try SQLiteSource(path: database.path)
    #expect(try texts(source, "a\"b", of: "x\"; DROP TABLE t; --") == ["1"])
    #expect(try texts(source, "select", of: "x\"; DROP TABLE t; --") == ["2"])
    #expect(try source.datasets().count == 2)
  }

  @Test("a database that stores UTF-16 is read, and left to the columnar engine")
  func encoding() throws {
    let database = try TemporaryDatabase(
      """
      PRAGMA encoding = 'UTF-16le'; CREATE TABLE cases (x);
      INSERT INTO cases VALUES ('naïve'), ('ドラッグ')
      """)
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    #expect(try texts(source, "x") == ["naïve", "ドラッグ"])
    #expect(try counts(source, by: column("x")) == nil)
  }

  @Test("what another program changes is seen at the next question")
  func changes() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (x); INSERT INTO cases VALUES ('a')")
    let source = try SQLiteSource(path: database.path, tabulating: .inDatabase)
    let before = try source.fingerprint(of: "cases")
    #expect(try texts(source, "x") == ["a"])
    #expect(source.warnings(of: "cases").isEmpty)
    try database.write("INSERT INTO cases VALUES ('b'); CREATE TABLE more (y)")
    #expect(try texts(source, "x") == ["a", "b"])
    #expect(try counts(source, by: column("x")) == ["a 1", "b 1"])
    #expect(try source.datasets().map(\.name) == ["cases", "more"])
    #expect(try source.fingerprint(of: "cases") != before)
    #expect(
      source.warnings(of: "cases") == ["its data changed while it was open, and are read anew"])
  }

  @Test("a small table is read, and only one too large to hold is left in the database")
  func sizes() throws {
    let database = try TemporaryDatabase(
      "CREATE TABLE cases (x); INSERT INTO cases VALUES ('a')")
    let question = Tabulation(dataset: "cases", keys: [.field(column("x"))])
    let source = try SQLiteSource(path: database.path)
    #expect(try source.tabulate(question, run: UnwatchedRun()) == nil)
    #expect(source.statement(for: question)?.hasPrefix("SELECT") == true)
  }
}
