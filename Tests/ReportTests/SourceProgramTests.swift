import Foundation
import Testing

/// Sources that are programs of their own, through the program that a person runs.
@Suite("Sources of others on the command line", .serialized, .enabled(if: SourceFolder.hasPython))
struct SourceProgramTests {
  private let home: SourceFolder

  init() throws { home = try SourceFolder() }

  @Test("a new source in each language of scripts passes its test and answers questions")
  func new() throws {
    for language in ["python", "sh"] {
      let name = "made-" + language
      #expect(try home.run("source", "new", name, "--lang", language).code == 0)
      let again = try home.run("source", "new", name, "--lang", language)
      #expect(again.code == 2 && again.errors.contains("there is a folder"))
      let program = "./docket-source-\(name)/docket-source-\(name)"
      let tried = try home.run("source", "test", program)
      #expect(tried.code == 0, "\(tried.output)")
      #expect(tried.output.contains(", 0 failed"))
      try home.install(name, from: "docket-source-" + name)
      #expect(try home.run("source", "trust", name).code == 0)
      let counted = try home.run("-c", "count cases by race", "cases=\(name):")
      #expect(counted.code == 0, "\(counted.errors)")
      #expect(counted.output.hasPrefix("3 rows in cases, by race"))
    }
    #expect(try home.run("source", "new", "../x").code == 2)
  }

  @Test("what a source says of its rows is used: the unit, and fields that lists leave out")
  func card() throws {
    try home.installCounting("made")
    #expect(try home.run("source", "trust", "made").code == 0)
    let listed = try home.run("-c", "count made", "-c", "list made", "made:")
    #expect(listed.output.contains("3 cases in made"))
    #expect(listed.output.contains("Left out as sensitive: name"))
    #expect(!listed.output.contains("Ann"))
    #expect(try home.run("-c", "list made race, name", "made:").output.contains("Ann"))
  }

  @Test("a source that breaks a rule fails its test, with an exit code of its own")
  func failing() throws {
    try home.write("#!/bin/sh\necho hello\n", to: "docket-source-chatty", mode: 0o755)
    let tried = try home.run("source", "test", "./docket-source-chatty")
    #expect(tried.code == 5)
    #expect(tried.output.contains("FAILED"))
    #expect(try home.run("source", "test", "./nothing-here").code == 2)
  }

  @Test("the worked example is opened by its scheme, relative to the working directory")
  func workedExample() throws {
    let examples = Program.root + "/examples/plugins"
    try FileManager.default.copyItem(
      atPath: examples + "/fixed-width/roster.txt", toPath: home.path + "/roster.txt")
    try FileManager.default.copyItem(
      atPath: examples + "/fixed-width/roster.txt.layout", toPath: home.path + "/roster.txt.layout")
    let path = ["DOCKET_SOURCES_PATH": examples]
    #expect(try home.run("source", "trust", "fixed-width", environment: path).code == 0)
    let counted = try home.run(
      "-c", "count roster by race", "fixed-width:roster.txt", environment: path)
    #expect(counted.code == 0, "\(counted.errors)")
    // What `cut -c7-14 roster.txt | sort | uniq -c` counts.
    let rows = counted.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    for row in [["Black", "35"], ["Other", "3"], ["White", "21"], ["unknown", "1"]] {
      #expect(rows.contains { Array($0.prefix(2)) == row }, "\(counted.output)")
    }
  }

  @Test("one that was not allowed is not run, and the error says what to do")
  func trust() throws {
    try home.installCounting("made")
    let asked = try home.run("-c", "count made", "made:")
    #expect(asked.code == 3)
    #expect(asked.errors.contains("the source made was not run: it was not allowed"))
    #expect(asked.errors.contains("docket source trust made"))
    #expect(!home.wasRun)
    #expect(try home.run("source", "list").output.contains("not allowed yet"))
    let allowed = try home.run("source", "trust", "made")
    #expect(allowed.output.contains("allowed to run") && !home.wasRun)
    #expect(try home.run("-c", "count made", "made:").code == 0)
    #expect(try home.run("doctor").output.contains("allowed to run"))
    try home.installCounting("made", more: "# changed\n")
    let changed = try home.run("-c", "count made", "made:")
    #expect(changed.code == 3 && changed.errors.contains("it has changed since it was allowed"))
    #expect(try home.run("source", "trust", "nobody").code == 2)
  }

  @Test("one that everyone may write to is refused, also where it is to be allowed")
  func worldWritable() throws {
    try home.installCounting("made", mode: 0o777)
    let trusted = try home.run("source", "trust", "made")
    #expect(trusted.code == 3 && trusted.errors.contains("everyone may write to"))
    #expect(try home.run("-c", "count made", "made:").code == 3)
    #expect(!home.wasRun)
  }

  @Test("a safe session runs none; one without the network none that may need it")
  func reach() throws {
    try home.installCounting("made")
    #expect(try home.run("source", "trust", "made").code == 0)
    let safe = try home.run("--safe", "-c", "count made", "made:")
    #expect(safe.code == 3 && safe.errors.contains("a safe session runs no other program"))
    let offline = try home.run("--offline", "-c", "count made", "made:")
    #expect(offline.code == 3 && offline.errors.contains("it may need the network"))
    #expect(!home.wasRun)
    try home.write("offline = true\n", to: "data/docket/sources/made/source.toml")
    #expect(try home.run("--offline", "-c", "count made", "made:").code == 0)
    let web = try home.run("--offline", "-c", "open \"http://127.0.0.1:1/x.csv\"")
    #expect(web.code == 3 && web.errors.contains("this session does without"))
    #expect(try home.run("--safe", "-o", "x.txt", "-c", "share 1 of 2").code == 2)
    try home.write("share 1 of 2\nsave \"x.txt\"\n", to: "save.docket")
    #expect(try home.run("run", "save.docket", "--safe").errors.contains("writes no files"))
  }

  @Test("none is looked for in the working directory or on the path")
  func places() throws {
    try home.write(SourceFolder.program(), to: "docket-source-made", mode: 0o755)
    let asked = try home.run(
      "-c", "count made", "made:x", environment: ["PATH": "\(home.path):/usr/bin:/bin"])
    #expect(asked.code == 3 && asked.errors.contains("no source made is installed"))
    #expect(!home.wasRun)
  }

  @Test("a password comes from the environment or a command, and is kept nowhere")
  func secrets() throws {
    try home.installCounting("made", password: "sw0rdfish")
    #expect(try home.run("source", "trust", "made").code == 0)
    let none = try home.run("-c", "count made", "made:")
    #expect(none.code == 3)
    #expect(none.errors.contains("DOCKET_MADE_PASSWORD"))
    let wrong = try home.run(
      "-c", "count made", "made:", environment: ["DOCKET_MADE_PASSWORD": "tr0ut"])
    // The source says what it was told; it is not passed on.
    #expect(wrong.code == 3 && !wrong.errors.contains("tr0ut"), "\(wrong.errors)")
    let right = ["DOCKET_MADE_PASSWORD": "sw0rdfish"]
    #expect(try home.run("-c", "count made", "made:", environment: right).code == 0)
    let command = [
      "DOCKET_PASSWORD_COMMAND": "test \"$DOCKET_SOURCE\" = made && echo sw0rdfish"
    ]
    #expect(try home.run("-c", "count made", "made:", environment: command).code == 0)
    let traced = try home.run("source", "trace", "made", "count made", environment: right)
    #expect(traced.code == 0, "\(traced.errors)")
    #expect(traced.output.contains(#"> {"id":2,"op":"open""#))
    #expect(traced.output.contains(#""password":"…""#))
    #expect(traced.output.contains(#"< {"id": 3, "rows": [["Black""#))
    for text in [traced.output, traced.errors, try home.run("doctor", environment: right).output] {
      #expect(!text.contains("sw0rdfish"))
    }
    #expect(!home.holds("sw0rdfish", except: "docket-source-made"))
    let inAddress = try home.run("-c", "open \"made://ann:sw0rdfish@db/office\"")
    #expect(inAddress.errors.contains("[secret-in-address]"))
    #expect(!inAddress.errors.contains("sw0rdfish"))
  }

  @Test("one that dies in the middle of a question is an error of its own, and is begun anew")
  func dies() throws {
    try home.installCounting("made", dying: true)
    #expect(try home.run("source", "trust", "made").code == 0)
    let asked = try home.run("-c", "count made", "-c", "count made", "made:")
    #expect(asked.code == 3)
    #expect(asked.errors.contains("ended in the middle of an answer (exit 7)"), "\(asked.errors)")
    let again = try home.run("-c", "count made", "made:")
    #expect(again.code == 0, "\(again.errors)")
  }
}

/// A home folder with sources of others in it; it goes with its test.
final class SourceFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "docket-source-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let hasPython: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    if !isThere { print("sources in Python are not tried: there is no /usr/bin/python3") }
    // Where all is due, what can't be tried fails.
    return isThere || ProcessInfo.processInfo.environment["CI"] != nil
  }()

  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> (
    output: String, errors: String, code: Int32
  ) {
    let folders = ["XDG_DATA_HOME": path + "/data", "XDG_STATE_HOME": path + "/state"]
    return try Program.run(
      arguments, in: path, environment: folders.merging(environment) { $1 })
  }

  func write(_ text: String, to name: String, mode: Int = 0o644) throws {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
  }

  /// Moves a folder to where the user's own sources are.
  func install(_ name: String, from folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/data/docket/sources", withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: path + "/" + folder, toPath: path + "/data/docket/sources/" + name)
  }

  /// Installs a source of three rows, which leaves a mark when it is run.
  func installCounting(
    _ name: String, mode: Int = 0o755, password: String? = nil, dying: Bool = false,
    more: String = ""
  ) throws {
    try write(
      SourceFolder.program(mark: path + "/was-run", password: password, dying: dying) + more,
      to: "data/docket/sources/\(name)/docket-source-\(name)", mode: mode)
  }

  var wasRun: Bool { FileManager.default.fileExists(atPath: path + "/was-run") }

  /// Whether a text stands in a file of the home folder.
  func holds(_ text: String, except name: String) -> Bool {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.contains { file in
      !file.hasSuffix(name)
        && (try? String(contentsOfFile: path + "/" + file, encoding: .utf8))?.contains(text) == true
    }
  }

  static func program(
    mark: String = "/dev/null", password: String? = nil, dying: Bool = false
  ) -> String {
    """
    #!/usr/bin/python3
    import json, os, sys
    isFirst = not os.path.exists("\(mark)")
    open("\(mark)", "a").close()
    def say(**members):
        print(json.dumps({"id": request["id"], **members}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        told = request.get("options", {}).get("password")
        if request["op"] == "hello":
            say(protocol=1, name="made", version="1")
        elif request["op"] == "open" and \(password.map { "told != \"\($0)\"" } ?? "False"):
            say(error={"code": "auth", "message": f"the password {told} is wrong"})
        elif request["op"] == "open":
            say(datasets=[{"name": "cases", "ordered": True, "card": {"unit": "case"}, "fields": [
                {"name": "race", "type": "category"}, {"name": "name", "type": "text", "sensitive": True}]}])
        elif request["op"] == "scan":
            if \(dying ? "True" : "False") and isFirst: os._exit(7)
            rows = [{"race": "Black", "name": "Ann"}, {"race": "White", "name": "Bob"}, {}]
            say(rows=[[row.get(field) for field in request["fields"]] for row in rows], end=True)
        elif request["op"] != "cancel":
            say(error={"code": "unsupported", "message": "it only scans"})

    """
  }
}
