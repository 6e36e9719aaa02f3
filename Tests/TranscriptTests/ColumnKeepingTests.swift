import Columns
import Foundation
import Interpreter
import Testing

@Suite("Columns that a session keeps")
struct ColumnKeepingTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("docket-keeping-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rows = (1...40).map { "\($0),\($0 % 3 == 0 ? "Black" : "White")" }
    try Data(("case,race\n" + rows.joined(separator: "\n") + "\n").utf8)
      .write(to: folder.appendingPathComponent("cases.csv"))
  }

  private var kept: [String] {
    let path = folder.appendingPathComponent("cache").path
    return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  /// Runs statements in a session of its own; what it answered, as JSON has it.
  private func run(_ statements: String...) -> [String] {
    var bounds = ColumnCache.Bounds()
    bounds.smallestFile = 0
    bounds.leftAlone = -1_000_000_000
    let session = Session(directory: folder.path)
    session.keepColumns(
      in: ColumnCache(folder: folder.appendingPathComponent("cache").path, bounds: bounds))
    let transcript = session.respond(to: statements.joined(separator: "\n"))
    session.keepColumns()
    return transcript.responses.map { "\($0)" }
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test("What was asked for is kept, and the next session answers the same")
  func second() {
    defer { remove() }
    let question = "share cases race=Black"
    let fresh = run("open \"cases.csv\"", question)
    // The rows and one column.
    #expect(kept.count == 2)
    #expect(run("open \"cases.csv\"", question) == fresh)
    #expect(run("set cache off", "open \"cases.csv\"", question) == fresh)
  }

  @Test("A restricted dataset leaves nothing behind, also where it was not restricted before")
  func restricted() {
    defer { remove() }
    let card = "card cases\n  privacy restricted\nend"
    _ = run("open \"cases.csv\"", card, "count cases race=Black")
    #expect(kept.isEmpty)
    _ = run("open \"cases.csv\"", "count cases race=Black")
    #expect(kept.count == 2)
    _ = run("open \"cases.csv\"", card, "count cases race=Black")
    #expect(kept.isEmpty)
    _ = run("open \"cases.csv\" as open", "open \"cases.csv\"", card, "count open race=Black")
    #expect(kept.isEmpty)
  }

  @Test("`set cache on` keeps what is restricted, `set cache off` nothing")
  func switched() {
    defer { remove() }
    let card = "card cases\n  privacy restricted\nend"
    _ = run("set cache off", "open \"cases.csv\"", "count cases race=Black")
    #expect(kept.isEmpty)
    _ = run("set cache on", "open \"cases.csv\"", card, "count cases race=Black")
    #expect(kept.count == 2)
  }
}
