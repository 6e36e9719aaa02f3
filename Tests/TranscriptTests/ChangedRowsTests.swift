import CSQLite
import Engine
import Foundation
import Interpreter
import Testing

@Suite("Rows that others write in the middle of a session")
struct ChangedRowsTests {
  /// A database that the session has open and the test writes to.
  private final class Office {
    let session: Session
    private let folder: URL

    init(_ sql: String) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("docket-changed-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      session = Session(directory: folder.path)
      try write(sql)
      #expect(session.respond(to: "open \"office.db\" as office").responses.count == 1)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ sql: String) throws {
      var database: OpaquePointer?
      defer { sqlite3_close(database) }
      try #require(
        sqlite3_open(folder.appendingPathComponent("office.db").path, &database) == SQLITE_OK)
      try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    }

    /// The count that the last of some statements answers.
    func count(_ text: String) throws -> Double {
      let transcript = session.respond(to: text)
      guard case .answer(let answer)? = transcript.responses.last else {
        throw Unanswered(description: "\(transcript.responses)")
      }
      return try #require(answer.figures.first?.value, "\(text)")
    }
  }

  private struct Unanswered: Error, CustomStringConvertible {
    let description: String
  }

  private static let cases = """
    CREATE TABLE cases (id, person, race, day);
    INSERT INTO cases VALUES ('1', 'p1', 'Black', '2021-03-01'), ('2', 'p1', 'White', '2021-01-01'),
      ('3', 'p2', 'Black', '2021-02-01');
    CREATE VIEW seen AS SELECT * FROM cases;
    """

  @Test(
    "the rows that are the first of their units are looked up anew", arguments: ["cases", "seen"])
  func picks(_ table: String) throws {
    let office = try Office(Self.cases)
    let firsts = "cohort firsts = \(table) first by day per person"
    #expect(try office.count("\(firsts)\ncount firsts") == 2)
    #expect(try office.count("count firsts race=Black") == 1)
    try office.write("INSERT INTO cases VALUES ('4', 'p3', 'Black', '2021-05-01')")
    #expect(try office.count("count firsts") == 3)
    #expect(try office.count("count firsts race=Black") == 2)
    try office.write("UPDATE cases SET day = '2020-01-01' WHERE id = '1'")
    #expect(try office.count("count firsts race=Black") == 3)
  }

  @Test("whether the ids repeat is looked up anew")
  func ids() throws {
    let office = try Office(Self.cases)
    #expect(try office.count("card cases\n  unit case\n  id id\nend\ncount cases") == 3)
    // A second row of a case, which is counted once.
    try office.write("INSERT INTO cases VALUES ('3', 'p2', 'Black', '2021-07-01')")
    #expect(try office.count("count cases") == 3)
  }

  @Test("what a column is, is looked up anew")
  func types() throws {
    let office = try Office("CREATE TABLE cases (age); INSERT INTO cases VALUES (20), (30);")
    #expect(try office.count("count cases age=20") == 1)
    try office.write("INSERT INTO cases VALUES ('n/a'), (20)")
    #expect(try office.count("count cases age=20") == 2)
    #expect(try office.count("count cases age=\"n/a\"") == 1)
  }

  @Test("counts that stand in columns are taken of the rows as they are")
  func counts() throws {
    let office = try Office(
      "CREATE TABLE areas (area, death, life); INSERT INTO areas VALUES ('north', 2, 60);")
    let card = "card areas\n  counts sentence death=death life=life\nend"
    #expect(try office.count("\(card)\ncount areas sentence=death") == 2)
    try office.write("INSERT INTO areas VALUES ('south', 5, 7)")
    #expect(try office.count("count areas sentence=death") == 7)
    try office.write("UPDATE areas SET death = 1 WHERE area = 'north'")
    #expect(try office.count("count areas where sentence=death and area=north") == 1)
  }
}
