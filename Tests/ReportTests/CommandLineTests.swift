import ArgumentParser
import Foundation
import Testing

@testable import docket

/// The options of the command line and the exit codes that they lead to.
@Suite struct CommandLineTests {
  @Test("without an option the first problem ends a run; with --on-error continue none does")
  func onError() throws {
    let folder = try ScriptFolder()
    let line = ["cases.csv", "-c", "count case", "-c", "count cases"]
    let stopped = try Program.run(line, in: folder.path)
    #expect(stopped.code == 1 && stopped.output.isEmpty, "\(stopped)")
    let all = try Program.run(["--on-error", "continue"] + line, in: folder.path)
    #expect(all.code == 1 && all.output.contains("120 rows in cases"), "\(all)")

    try folder.write(
      "open \"cases.csv\"\ncount case\ncount cases by\ncount cases\n", to: "wrong.docket")
    let script = try Program.run(
      ["run", "--on-error", "continue", "wrong.docket"], in: folder.path)
    #expect(script.code == 1 && script.output.contains("120 rows in cases"), "\(script)")
    #expect(script.errors.contains("wrong.docket:2:7: error[unknown-cohort]"), "\(script.errors)")
    #expect(script.errors.contains("wrong.docket:3:"), "\(script.errors)")
  }

  @Test("options may stand before a command as behind it, and -X is no matter to a script")
  func optionsFirst() throws {
    let folder = try ScriptFolder()
    try folder.write("open \"cases.csv\"\ncount cases\n", to: "one.docket")
    let behind = try Program.run(["run", "--format", "csv", "one.docket"], in: folder.path)
    #expect(behind.code == 0 && behind.output.contains("120"), "\(behind)")
    for line in [
      ["--format", "csv", "run", "one.docket"], ["-X", "--csv", "run", "one.docket"],
      ["-X", "--on-error", "continue", "run", "--csv", "one.docket"],
    ] {
      let run = try Program.run(line, in: folder.path)
      #expect(run.code == 0 && run.output == behind.output, "\(line): \(run)")
    }
    // A question asks of the data behind it, whatever a file is called; this one has no ending.
    try folder.write("kind\na\n", to: "run")
    let asked = try Program.run(["-c", "count run", "run"], in: folder.path)
    #expect(asked.code == 3 && asked.errors.contains("no source reads run"), "\(asked)")
  }

  @Test("a run that takes longer than its time ends with exit code 4")
  func timeout() throws {
    let folder = try ScriptFolder()
    let line = ["cases.csv", "-c", "count cases"]
    let late = try Program.run(["--timeout", "0.000001"] + line, in: folder.path)
    #expect(late.code == 4 && late.output.isEmpty, "\(late)")
    #expect(late.errors.contains("timed-out"), "\(late.errors)")
    #expect(try Program.run(["--timeout", "600"] + line, in: folder.path).code == 0)
    #expect(try Program.run(["--timeout", "soon"] + line, in: folder.path).code == 2)
  }

  @Test(
    "what is not allowed is refused, and files are read all the same",
    arguments: [
      ("--offline", "open \"http://127.0.0.1:9/cases.csv\" as more", 3, "source-refused"),
      ("--safe", "open \"http://127.0.0.1:9/cases.csv\" as more", 3, "source-refused"),
      ("--safe", "count cases; save \"answer.html\"", 1, "cannot-write"),
    ])
  func permissions(_ option: String, _ line: String, _ code: Int32, _ id: String) throws {
    let folder = try ScriptFolder()
    let run = try Program.run([option, "cases.csv", "-c", line], in: folder.path)
    #expect(run.code == code && run.errors.contains(id), "\(run)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/answer.html"))
    let count = try Program.run([option, "cases.csv", "-c", "count cases"], in: folder.path)
    #expect(count.code == 0 && count.output.contains("120 rows"), "\(count)")
    #expect(try Program.run(["--safe", "-o", "x.txt", "-c", "help"], in: folder.path).code == 2)
  }

  @Test("--privacy masks small cells of datasets whose card says nothing, and none of public ones")
  func privacy() throws {
    let folder = try ScriptFolder(
      data: "kind,n\n" + "a,1\n" + String(repeating: "b,1\n", count: 40))
    let line = ["cases.csv", "-c", "count cases by kind"]
    let open = try Program.run(line, in: folder.path)
    #expect(open.output.contains("2.4%"), "\(open)")
    let masked = try Program.run(["--privacy", "9"] + line, in: folder.path)
    #expect(masked.code == 0 && !masked.output.contains("2.4%"), "\(masked)")
    #expect(masked.output.contains("masked"), "\(masked)")
    let isPublic = try Program.run(
      ["--privacy", "9", "cases.csv", "-c", "card cases; privacy public; end"] + line.dropFirst(),
      in: folder.path)
    #expect(isPublic.output.contains("2.4%"), "\(isPublic)")
  }

  @Test(
    "an option for each format does what --format does",
    arguments: ["plain", "tsv", "jsonl", "markdown", "html", "svg", "json", "csv"])
  func formats(_ name: String) throws {
    let folder = try ScriptFolder()
    let line = ["cases.csv", "-c", "share cases filed=yes by kind"]
    let short = try Program.run(["--\(name)"] + line, in: folder.path)
    let long = try Program.run(["--format", name] + line, in: folder.path)
    #expect(short.code == 0 && short.output == long.output && !short.output.isEmpty)
  }

  @Test("the program started by its name alone does what it does where a command line says nothing")
  func nameAlone() throws {
    let said = "\(try Docket.parse([]).asking)"
    #expect(said == "\(Asking())" && said.contains("formatName"))

    let folder = try ScriptFolder()
    try folder.write("open \"cases.csv\"\n", to: "docket.docket")
    try folder.write("count cases\ncount casess\n", to: "questions")
    let alone = try Program.run([], in: folder.path, after: "exec < questions")
    #expect(alone.code == 1 && alone.output.contains("120 rows in cases"), "\(alone)")
    let told = try Program.run(["--color", "auto"], in: folder.path, after: "exec < questions")
    #expect(alone == told)
  }

  @Test("what goes wrong has its exit code")
  func exitCodes() throws {
    let folder = try ScriptFolder()
    let cases: [(line: [String], code: Int32)] = [
      (["-c", "share 1 of 4"], 0), (["cases.csv", "-c", "count casess"], 1),
      (["cases.csv", "-c", "count cases where kind=?"], 0), (["--no-such-option"], 2),
      (["--format", "poem", "-c", "help"], 2), (["absent.csv", "-c", "count absent"], 3),
      (["-c", "expect share 1 of 4 = 30%"], 5), (["-c", "claim 30% is share 1 of 4"], 5),
    ]
    for (line, code) in cases {
      let run = try Program.run(line, in: folder.path)
      #expect(run.code == code, "\(line): \(run)")
    }
  }
}
