import Foundation
import Testing

/// Parameters, named answers and claims of scripts.
@Suite struct ScriptTests {
  @Test(
    "a parameter has the type of the value in the script, and a name that is there",
    arguments: [
      ("year=soon", "small.docket:2:", "year is a date or a year such as 2019, not soon"),
      ("yaer=2020", "error", "the script has no parameter yaer"),
    ])
  func parameters(_ given: String, _ place: String, _ message: String) throws {
    let folder = try ScriptFolder()
    let run = try Program.run(["run", "small.docket", given], in: folder.path)
    #expect(run.code == 1)
    #expect(run.errors.contains(place) && run.errors.contains(message), "\(run.errors)")
  }

  @Test("braces in a note hold a name that is known, or stand twice")
  func braces() throws {
    let folder = try ScriptFolder(
      script: "let s = share 1 of 4\nnote \"{s.low} {{s}} {s.share}\"\nnote \"{t}\"\n")
    let run = try Program.run(["run", "small.docket"], in: folder.path)
    // Wilson interval of 1 of 4 by statsmodels 0.14: 0.0456 to 0.6994.
    #expect(run.output == "4.6% {s} 25.0%\n")
    #expect(run.errors.contains("nothing is named {t}"))
  }

  @Test("a form of a script keeps the names of its parameters")
  func formatting() throws {
    let folder = try ScriptFolder()
    let run = try Program.run(["fmt", "small.docket"], in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try folder.read("small.docket").contains("\nshare cases filed=yes in year\n"))
  }

  @Test("a claim that differs is answered, and ends with exit code 5")
  func claims() throws {
    let folder = try ScriptFolder(script: "claim 26% is share 1 of 4\nshare 1 of 2\n")
    let run = try Program.run(["run", "small.docket"], in: folder.path)
    #expect(run.code == 5)
    #expect(run.output.contains("26% differs") && run.output.contains("1 of 2 is 50.0%"))
  }

  @Test("the board's report of two years verifies, and every published claim reproduces")
  func examples() throws {
    let folder = try ScriptFolder()
    for year in ["2019", "2020"] {
      let file = folder.path + "/\(year).html"
      let run = try Program.run(
        ["run", "examples/board-report.docket", "year=\(year)", "-o", file], in: Program.root)
      #expect(run.code == 0, "\(run.errors)")
      #expect(try Program.run(["verify", file], in: Program.root).code == 0)
    }
    let claims = try Program.run(["run", "examples/claims.docket"], in: Program.root)
    #expect(claims.code == 0, "\(claims.output)")
  }
}
