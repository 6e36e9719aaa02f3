import Columns
import Connectors
import Engine
import Testing

@Suite("PostgreSQL", .serialized, .enabled(if: PostgresServers.areThere))
struct PostgresSourceTests {
  private static let types = """
    CREATE TYPE stage AS ENUM ('filed', 'closed');
    CREATE DOMAIN money_amount AS numeric(12, 2) CHECK (value >= 0);
    CREATE TABLE cases (
      id bigint PRIMARY KEY, race text, kind varchar(20), gun char(3), small smallint, age integer,
      cost money_amount, amount numeric, share double precision, ok boolean, received date,
      booked timestamp, seen timestamptz, key uuid, stage stage, tags text[]);
    INSERT INTO cases VALUES
      (2, 'Ñuñoa', 'x ', 'N', -1, NULL, 2.50, 'NaN', 'NaN', false, 'infinity',
        '2021-04-01 23:59:59.75', '2021-07-01 00:30+00', NULL, 'closed', '{}'),
      (1, 'Black', '', 'Y', 3, 20, 0.10, 123456789012345678901234.5, 0.1, true, '2021-04-01',
        '2021-04-01 08:30', '2021-04-01 08:30-05', '00000000-0000-0000-0000-00000000000a', 'filed',
        '{a,b}'),
      (9007199254740993, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0044-03-15 BC',
        NULL, NULL, NULL, NULL, NULL);
    COMMENT ON TABLE cases IS 'Extract of the office, 2021';
    COMMENT ON COLUMN cases.race IS 'race as the officer wrote it';
    """

  @Test("columns of every type are read, NULL as missing and the empty text as itself")
  func types() throws {
    let source = try PostgresOffice.open(
      try PostgresOffice.create("types", PostgresSourceTests.types) + "?zone=America/Chicago")
    #expect(try source.cells("id") == ["1", "2", "9007199254740993"])
    #expect(try source.cells("race") == ["Black", "Ñuñoa", ""])
    #expect(try source.cells("kind") == ["", "x ", ""])
    #expect(try source.cells("gun") == ["Y", "N", ""])
    #expect(try source.cells("small") == ["3", "-1", ""])
    #expect(try source.cells("cost") == ["0.1", "2.5", ""])
    #expect(try source.cells("amount") == ["123456789012345678901234.5", "", ""])
    #expect(try source.cells("share") == ["0.1", "", ""])
    #expect(try source.cells("ok") == ["true", "false", ""])
    #expect(try source.cells("received") == ["2021-04-01", "", ""])
    #expect(try source.cells("booked") == ["2021-04-01 08:30:00", "2021-04-01 23:59:59", ""])
    #expect(try source.cells("seen") == ["2021-04-01 08:30:00", "2021-06-30 19:30:00", ""])
    #expect(try source.cells("key") == ["00000000-0000-0000-0000-00000000000a", "", ""])
    #expect(try source.cells("stage") == ["filed", "closed", ""])
    #expect(try source.cells("tags") == ["{a,b}", "{}", ""])
    let types = ["id", "cost", "share", "ok", "received", "seen", "key", "stage"].map {
      source.declaredType(of: $0, in: "cases")
    }
    #expect(
      types == [.integer, .decimal, .real, .boolean, .date, .datetime, .code, .category])
    #expect(source.card(of: "cases")?.source == "Extract of the office, 2021")
    #expect(
      source.card(of: "cases")?.labels["race"] == "race as the officer wrote it")
  }

  @Test("what is asked of typed columns is answered there, and doubles and long decimals are not")
  func pushed() throws {
    let source = try PostgresOffice.open(
      try PostgresOffice.create("pushed", PostgresSourceTests.types))
    func table(_ key: String, _ measures: [Measure]) throws -> [[String]]? {
      try source.tabulate(
        Tabulation(dataset: "cases", keys: [.field(source.field(key))], measures: measures),
        run: UnwatchedRun())?.rows.map { ($0.keys + $0.measures).map(\.description) }
    }
    #expect(
      try table("stage", [.rows, .sum(source.field("cost")), .greatest(source.field("booked"))])
        == [
          ["closed", "1", "2.5", "2021-04-01 23:59:59"],
          ["filed", "1", "0.1", "2021-04-01 08:30:00"], ["?", "1", "0", "?"],
        ])
    #expect(
      try table("ok", [.units(source.field("race")), .least(source.field("received"))])
        == [["false", "1", "?"], ["true", "1", "2021-04-01"], ["?", "0", "?"]])
    #expect(try table("race", [.sum(source.field("amount"))]) == nil)
    #expect(try table("race", [.sum(source.field("share"))]) == nil)
    #expect(try table("share", [.rows]) == nil)
  }

  @Test("texts in pieces are not compared in the database, and looked at anew when they change")
  func normalForm() throws {
    let url = try PostgresOffice.create(
      "forms", "CREATE TABLE cases (race text); INSERT INTO cases VALUES ('caf\u{E9}'), ('x');")
    let source = try PostgresOffice.open(url)
    let isCafe = Predicate.test(source.field("race"), .among([.text("caf\u{E9}")]))
    #expect(try source.count(isCafe) == "1")
    try PostgresServers.one.get().sql(
      "INSERT INTO cases VALUES ('cafe\u{301}')", database: "forms")
    #expect(try source.count(isCafe) == nil)
    try PostgresServers.one.get().sql(
      "DELETE FROM cases WHERE race = 'cafe\u{301}'", database: "forms")
    #expect(try source.count(isCafe) == "1")
  }

  @Test("texts are in the order of their bytes, whatever the collation of the column")
  func order() throws {
    let url = try PostgresOffice.create(
      "collated",
      """
      CREATE COLLATION people (provider = icu, locale = 'und');
      CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE TABLE cases (race text COLLATE people, kind text COLLATE folded);
      INSERT INTO cases VALUES ('a', 'a'), ('B', 'A'), ('é', 'b'), ('Z', 'B');
      """)
    let source = try PostgresOffice.open(url)
    let race = source.field("race")
    let extremes = try source.tabulate(
      Tabulation(dataset: "cases", measures: [.least(race), .greatest(race)]), run: UnwatchedRun())
    #expect(extremes?.rows[0].measures == [.text("B"), .text("é")])
    #expect(try source.count(.test(race, .compare(.less, .text("a")))) == "2")
    // Where the collation holds `a` and `A` for one text, the rows are read.
    #expect(try source.count(.test(source.field("kind"), .among([.text("a")]))) == nil)
  }

  @Test("tables of every kind and schema that may be read are there, others are not")
  func tables() throws {
    let url = try PostgresOffice.create(
      "schemas",
      """
      CREATE SCHEMA archive; CREATE TABLE archive.cases (race text);
      CREATE TABLE cases (race text, secret text); CREATE VIEW recent AS SELECT race FROM cases;
      CREATE MATERIALIZED VIEW kept AS SELECT race FROM cases;
      CREATE TABLE yearly (race text, year int) PARTITION BY LIST (year);
      CREATE TABLE yearly_2021 PARTITION OF yearly FOR VALUES IN (2021);
      CREATE TABLE hidden (race text);
      INSERT INTO cases VALUES ('Black', 'x'); INSERT INTO yearly VALUES ('White', 2021);
      DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'reader''s word';
      GRANT SELECT (race) ON cases TO reader; GRANT SELECT ON recent, kept, yearly TO reader;
      GRANT USAGE ON SCHEMA archive TO reader; GRANT SELECT ON archive.cases TO reader;
      """)
    let source = try PostgresOffice.open(
      url.replacing("owner@", with: "reader@"), password: "reader's word")
    #expect(
      try source.datasets().map(\.name) == ["cases", "kept", "recent", "yearly", "archive.cases"])
    #expect(try source.datasets()[0].fields == ["race"])
    #expect(try source.cells("race") == ["Black"])
    #expect(try source.cells("race", of: "recent") == ["Black"])
    #expect(try source.cells("race", of: "yearly") == ["White"])
    #expect(try source.count(of: "archive.cases") == "0")
    try PostgresServers.one.get().sql(
      "DROP OWNED BY reader; DROP ROLE reader", database: "schemas")
  }

  @Test("nothing can be written, by a view either")
  func readOnly() throws {
    let url = try PostgresOffice.create(
      "guarded",
      """
      CREATE TABLE cases (race text); INSERT INTO cases VALUES ('Black'); CREATE TABLE spoiled (n int);
      CREATE FUNCTION spoil() RETURNS int LANGUAGE sql VOLATILE
        AS 'INSERT INTO spoiled VALUES (1) RETURNING n';
      CREATE VIEW trap AS SELECT spoil() AS n FROM cases;
      """)
    let source = try PostgresOffice.open(url)
    for _ in 0..<2 {
      let refused = #expect(throws: SourceProblem.self) { try source.cells("n", of: "trap") }
      #expect(refused?.message.contains("never written") == true)
    }
    let asked = #expect(throws: SourceProblem.self) {
      try source.tabulate(
        Tabulation(dataset: "trap", measures: [.sum(source.field("n", of: "trap"))]),
        run: UnwatchedRun())
    }
    #expect(asked?.message.contains("never written") == true)
    #expect(try source.count() == "1")
    let spoiled = try PostgresServers.one.get().sql(
      "SELECT count(*) FROM spoiled", database: "guarded")
    #expect(spoiled == "0\n")
  }

  @Test("a field's distinct values come with their counts, and a statement can be shown")
  func valuesAndStatement() throws {
    let url = try PostgresOffice.create(
      "counted",
      "CREATE TABLE cases (race text, n int); INSERT INTO cases SELECT 'r' || g % 3, g "
        + "FROM generate_series(1, 3000) g; INSERT INTO cases VALUES (NULL, NULL), ('', 0)")
    let source = try PostgresOffice.open(url)
    let values = try #require(
      try source.values(of: "race", in: "cases", run: UnwatchedRun()))
    let counts = Dictionary(
      uniqueKeysWithValues: values.counts.indices.map { (values.texts[$0], values.counts[$0]) })
    #expect(counts == ["r0": 1000, "r1": 1000, "r2": 1000, "": 2])
    let statement = try #require(
      source.statement(
        for: Tabulation(dataset: "cases", keys: [.field(source.field("race"))])))
    #expect(statement.contains("GROUP BY 1"))
  }
}
