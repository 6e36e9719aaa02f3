import Testing

/// `docket check`: what is wrong with a script shows before a row is read.
@Suite struct CheckTests {
  private func problems(_ lines: String) throws -> (code: Int32, errors: String) {
    let folder = try ScriptFolder(script: ScriptFolder.usual + lines)
    let run = try Program.run(["check", "small.docket"], in: folder.path)
    return (run.code, run.errors)
  }

  @Test("a script that nothing is wrong with says nothing, whatever the values and types")
  func isClean() throws {
    let found = try problems(
      """

      cohort late = cases where received > 2019-06 and kind=nothing
      field wait of cases = days(received, filed)
      stages of cases
        received on received
        filed on filed
      end
      time late received to filed
      average late wait
      expect s between 1% and 2%
      """)
    #expect(found == (0, ""))
  }

  @Test(
    "a name that nothing has is told with its place",
    arguments: [
      ("count casses", "small.docket:16:7: error[unknown-cohort]"),
      ("share cases fild=yes", "small.docket:16:13: error[unknown-field]"),
      ("field a of cases = dayz(received)", "small.docket:16:20: error[unknown-function]"),
      ("note \"{t}\"", "small.docket:16:6: error[unknown-reference]"),
      ("open \"nothing.csv\" as n", "small.docket:16:6: error[source-not-found]"),
      ("ratio cases filed=yes", "small.docket:16:1: error[needs-comparison]"),
      ("expect share cases fild=yes = 1%", "small.docket:16:20: error[unknown-field]"),
    ])
  func names(_ line: String, _ expected: String) throws {
    let found = try problems("\n" + line)
    #expect(found.code == 1)
    #expect(found.errors.hasPrefix(expected), "\(found.errors)")
  }

  @Test(
    "picked rows, links to them, counted columns and shares are known without a row",
    arguments: [
      "statements/cohort-first", "statements/link-cohort", "statements/population-shares",
      "statements/population-rows", "sources/data-package",
    ])
  func definitions(_ name: String) throws {
    let run = try Program.run(["check", "Tests/Transcripts/\(name).docket"], in: Program.root)
    #expect((run.code, run.errors) == (0, ""))
  }

  @Test("a field of counted columns is known, and is not made twice")
  func countedColumns() throws {
    let run = try Program.run(
      ["check", "Tests/Transcripts/statements/card-counts.docket"], in: Program.root)
    let problems = run.errors.split(separator: "\n").filter { $0.contains("error[") }
    #expect(problems.count == 1 && run.errors.contains("error[name-taken]"), "\(run.errors)")
  }

  @Test("all problems are told, but none that follows from another")
  func severalProblems() throws {
    let found = try problems(
      "\ncohort young = cases where age < 20\ncount young\nopen \"no.csv\"\ncount no by x\ncount cases by nothing"
    )
    let ids = found.errors.split(separator: "\n").filter { $0.hasPrefix("small") }
    #expect(ids.count == 3, "\(found.errors)")
  }

  @Test("a script that is run by the script is checked too, with its own name")
  func inner() throws {
    let folder = try ScriptFolder(script: "run \"inner.docket\"\ncount cases by nothing\n")
    try folder.write("open \"cases.csv\"\ncount case\n", to: "inner.docket")
    let run = try Program.run(["check", "small.docket"], in: folder.path)
    #expect(run.errors.contains("inner.docket:2:7: error[unknown-cohort]"))
    #expect(run.errors.contains("small.docket:2:16: error[unknown-field]"))
  }

  @Test(
    "values are not looked at, so a file of rows that can't be read as they are said to be is clean"
  )
  func readsNoRows() throws {
    let folder = try ScriptFolder(data: "id,received,filed,kind\n1,soon,maybe,\"never closed\n")
    let run = try Program.run(["check", "small.docket"], in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
  }
}
