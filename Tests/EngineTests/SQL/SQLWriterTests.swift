import Columns
import Engine
import Testing

/// A table of which everything is known beforehand.
private struct KnownTable: SQLCatalogue {
  let table = "\"cases\""

  func storage(of column: String) -> SQLStorage? {
    switch column {
    case "race", "note": .text(isASCII: true)
    case "ノート": .text(isASCII: false)
    case "received", "filed", "booked", "closed", "spelled": .text(isASCII: true)
    case "age": .integer(0...120)
    case "people": .integer(0...1000)
    case "id": .integer(0...9_000_000_000_000_000_000)
    case "cost": .double(scale: 2, -100...100_000)
    default: nil
    }
  }

  func has(_ shape: SQLTextShape, column: String, except: [String]) -> Bool {
    switch column {
    case "received", "filed": shape == .date
    case "booked": shape == .moment(separator: "T")
    case "spelled": shape == .integer
    default: false
    }
  }
}

@Suite("Statements in SQL")
struct SQLWriterTests {
  private let race = Field.column(
    name: "race",
    meaning: Meaning(type: .category, missing: ["U"], recode: ["B": "Black"]))
  private let note = Field.column(name: "note", meaning: Meaning(type: .text))
  private let age = Field.column(
    name: "age", meaning: Meaning(type: .integer, missing: ["99", "U"]))
  private let cost = Field.column(name: "cost", meaning: Meaning(type: .decimal))
  private let people = Field.column(name: "people", meaning: Meaning(type: .integer))
  private let received = Field.column(name: "received", meaning: Meaning(type: .date))
  private let filed = Field.column(name: "filed", meaning: Meaning(type: .date))
  private let booked = Field.column(name: "booked", meaning: Meaning(type: .datetime))

  private func sql(
    _ rows: Predicate = .constant(true), keys: [Key] = [], measures: [Measure] = [.rows],
    weight: Field? = nil
  ) throws -> String {
    try SQLWriter(SQLiteDialect(), KnownTable()).statement(
      for: Tabulation(
        dataset: "cases", rows: rows, keys: keys, measures: measures, weight: weight)
    ).description
  }

  private func key(_ expression: Expression) throws -> String {
    try sql(keys: [.field(.computed(name: "x", expression))])
  }

  @Test("counts by a field with missing codes and recoding; no value stands in the statement")
  func counts() throws {
    #expect(
      try sql(keys: [.field(race)]) == """
        SELECT CASE "race" COLLATE BINARY WHEN '' THEN NULL WHEN ?1 THEN ?2 WHEN ?3 THEN NULL \
        ELSE "race" COLLATE BINARY END, COUNT(*)
        FROM "cases"
        GROUP BY 1
        -- 1: 'B'
        -- 2: 'Black'
        -- 3: 'U'
        """)
    #expect(
      try sql(.test(note, .among([.text("'; DROP TABLE cases; --")]))) == """
        SELECT COUNT(*)
        FROM "cases"
        WHERE (NULLIF("note" COLLATE BINARY, '') = ?1)
        -- 1: '''; DROP TABLE cases; --'
        """)
  }

  @Test("a test as a key is 1, 0 or NULL as it is true, false or unknown")
  func tests() throws {
    let minor = Predicate.test(age, .compare(.less, n("18")))
    #expect(
      try sql(keys: [.test(.all([minor, .not(.missing(race))]))]).contains(
        """
        SELECT (((CASE "age" WHEN 99 THEN NULL ELSE "age" END < 18) AND (NOT ((CASE "race"
        """))
    #expect(
      try sql(.test(age, .compare(.less, n("17.5")))).contains(
        "WHERE CASE \"age\" WHEN 99 THEN NULL ELSE \"age\" END <= 17"))
    #expect(try sql(.any([])).hasSuffix("WHERE 0"))
  }

  @Test("money in doubles is counted in whole cents, and weights multiply it")
  func money() throws {
    #expect(
      try sql(measures: [.rows, .sum(cost), .units(note), .least(cost)], weight: people) == """
        SELECT COALESCE(SUM("people"), 0), \
        COALESCE(SUM((CAST(ROUND("cost" * 100) AS INTEGER) * "people")), 0), \
        COUNT(DISTINCT NULLIF("note" COLLATE BINARY, '')), \
        MIN(CAST(ROUND("cost" * 100) AS INTEGER))
        FROM "cases"
        WHERE "people" IS NOT NULL
        """)
  }

  @Test("a period is a range of days, and a key of periods their first days")
  func dates() throws {
    #expect(
      try sql(
        .test(received, .among([p(.month, "2021-04-15")])),
        keys: [.field(.period(.month, of: received))]
      ) == """
        SELECT (substr(NULLIF("received" COLLATE BINARY, ''), 1, 7) || '-01'), COUNT(*)
        FROM "cases"
        WHERE ((NULLIF("received" COLLATE BINARY, '') BETWEEN ?1 AND ?2))
        GROUP BY 1
        -- 1: '2021-04-01'
        -- 2: '2021-04-30'
        """)
    #expect(
      try key(.call(.days, [.field(received), .field(filed)])).contains(
        """
        CAST(julianday(NULLIF("filed" COLLATE BINARY, '')) - \
        julianday(NULLIF("received" COLLATE BINARY, '')) AS INTEGER)
        """))
  }

  @Test("bands are numbered, and a quotient is never whole division")
  func calculations() throws {
    let arguments: [Expression] = [.field(people), .literal(n("18")), .literal(n("25"))]
    #expect(
      try key(.call(.band, arguments)).contains(
        """
        CASE WHEN "people" < 18 THEN 0 WHEN "people" < 25 THEN 1 \
        WHEN "people" IS NOT NULL THEN 2 END
        """))
    #expect(
      try key(.arithmetic(.divide, .field(cost), .field(people))).contains(
        """
        ((CAST(CAST(ROUND("cost" * 100) AS INTEGER) AS REAL) / 100) / \
        NULLIF(CAST("people" AS REAL), 0))
        """))
  }

  @Test("what a database would answer otherwise is refused, and why")
  func refusals() throws {
    func reason(_ write: () throws -> String) -> String {
      do {
        return "written: \(try write())"
      } catch let refusal as NotExact {
        return refusal.reason
      } catch {
        return "\(error)"
      }
    }
    let share = Field.computed(name: "share", .arithmetic(.divide, .field(cost), .field(people)))
    let id = Field.column(name: "id", meaning: Meaning(type: .integer))
    let closed = Field.column(
      name: "closed", meaning: Meaning(type: .date, dateOrder: .monthDayYear))
    let typed = Field.column(name: "closed", meaning: Meaning(type: .date))
    let japanese = Field.column(name: "ノート", meaning: Meaning(type: .text))
    let mixed = Field.column(name: "mixed", meaning: Meaning(type: .category))
    let link = Link(key: race, dataset: "places", target: note)
    #expect(reason { try sql(measures: [.sum(share)]) } == "share is no exact number")
    #expect(
      reason { try key(.arithmetic(.multiply, .field(id), .field(people))) }
        == "the number may have too many digits")
    #expect(
      reason { try sql(keys: [.field(closed)]) } == "closed is not written year, month, day")
    #expect(
      reason { try sql(keys: [.field(typed)]) }
        == "closed holds texts that are no dates of one form")
    #expect(
      reason { try key(.call(.lower, [.field(japanese)])) }
        == "lower of this has no exact form in SQL")
    #expect(
      reason { try sql(keys: [.field(mixed)]) }
        == "the cells of mixed are stored in ways that differ")
    #expect(
      reason { try sql(keys: [.field(.linked(link, value: note))]) } == "note is in another dataset"
    )
    #expect(
      reason { try sql(.test(booked, .contains("T08"))) } == "only text is searched")
  }

  @Test("names are quoted, whatever they are")
  func names() {
    #expect(SQLiteDialect().quoted("a\"b; DROP") == "\"a\"\"b; DROP\"")
    #expect(SQLiteDialect().quoted("Case Type") == "\"Case Type\"")
  }
}
