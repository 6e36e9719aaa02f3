import Foundation

extension Measurement {
  /// From the start of a process to its first prompt and its first answer, on small data.
  func start() throws {
    say("\n## Start\n\nMilliseconds from the start of a process, all in turn.\n")
    let asked = try startsOfDocket() + startsOfDuckDB()
    var runs = [[Usage]](repeating: [], count: asked.count)
    for _ in 0..<7 * options.runs {
      for (place, one) in asked.enumerated() { runs[place] += try [one.run()].compactMap(\.self) }
    }
    var table = Table(["what", "wall", "processor", "peak"])
    for (one, runs) in zip(asked, runs) {
      let peak = runs.map { Double($0.peakBytes) }.median
      table.add([
        one.name, Text.milliseconds(runs.map(\.wall).median),
        Text.milliseconds(runs.map(\.processor).median), peak > 0 ? Text.megabytes(peak) : "–",
      ])
    }
    say(table.text)
  }

  /// Something that is started, and what one start of it used.
  private typealias Start = (name: String, run: () throws -> Usage?)

  private func startsOfDocket() throws -> [Start] {
    let (docket, small) = (docket, try small())
    let office = [
      docket.path, "-X", "-c", "ratio buybust race=Black vs kcmo-jackson",
      project + "/examples/data/office.docket",
    ]
    return [
      ("docket, first prompt", { try Self.prompt(docket.prompt(nil)) }),
      ("docket, first prompt, 1000 rows open", { try Self.prompt(docket.prompt(small)) }),
      (
        "docket, figures alone",
        { try ChildRun([docket.path, "-X", "-c", "ratio 3 of 4 vs 39%"]).usage }
      ),
      (
        "docket, first answer, 1000 rows",
        { try docket.cold(Question.flagship, of: small).usage }
      ),
      ("docket, flagship on the office of the examples", { try ChildRun(office).usage }),
    ]
  }

  private func startsOfDuckDB() throws -> [Start] {
    guard let path = peers.duckDBPath, let duckDB = peers.duckDB else { return [] }
    let small = try small()
    return [
      (
        "DuckDB, first prompt",
        {
          // It asks a terminal for its colours and waits for the answer, unless it is told.
          try Self.prompt(
            Terminal([path, "-dark-mode"], environment: ["TERM": "dumb"], until: "D "))
        }
      ),
      ("DuckDB, `select 1`", { try ChildRun([path, "-c", "select 1"]).usage }),
      (
        "DuckDB, first answer, 1000 rows",
        { try duckDB.answer(Question.flagship, of: small)?.usage }
      ),
    ]
  }

  private func small() throws -> CaseFile { try CaseFile(rows: 1000, in: options.folder) }

  /// How long a prompt took to appear; how much the program used is known when it ends.
  private static func prompt(_ terminal: Terminal) -> Usage {
    Usage(wall: terminal.start, processor: .nan, peakBytes: 0)
  }

  /// From the second Tab to the list, in a terminal.
  func completion(_ file: CaseFile) throws {
    say(
      """

      ## Completion, \(Text.count(file.rows)) rows

      Milliseconds from pressing Tab twice until the list is on the terminal; `first`: in a session that has read \
      nothing yet; `later`: after a question about the field.

      """)
    let lists: [(keys: String, shows: String)] = [
      ("co\t\t", "verbs"), ("count cases by \t\t", "neighborhood"),
      ("count cases race=\t\t", "Hispanic"), ("count cases neighborhood=\t\t", "East Hill"),
    ]
    var table = Table(["keys", "first", "later"])
    for list in lists {
      var first: [Double] = []
      var later: [Double] = []
      for _ in 0..<options.runs {
        let terminal = try docket.prompt(file)
        terminal.settle()
        first.append(try terminal.press(list.keys, until: list.shows))
        terminal.settle()
        _ = try terminal.press("\u{15}count cases by race\r", until: "docket> ")
        _ = try terminal.press("count cases by neighborhood\r", until: "docket> ")
        terminal.settle()
        later.append(try terminal.press(list.keys, until: list.shows))
      }
      table.add([
        "`\(list.keys.replacing("\t", with: "⇥"))`", Text.milliseconds(first.median),
        Text.milliseconds(later.median),
      ])
    }
    say(table.text)
  }
}
