import Connectors
import Foundation
import SourceWire
import Testing

@Suite("The conformance suite", .enabled(if: PluginFixture.hasPython))
struct ConformanceTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  private func checks(
    _ plugin: PluginFile, url: String = "made:", patience: Int = PluginLimits.short.start
  ) -> [SourceWireConformance.Check] {
    var settings = PluginSettings(
      trust: PluginTrust(record: nil, policy: FixedPolicy(approves: true)))
    settings.limits = .short
    settings.limits.start = patience
    return SourceWireConformance(
      plugin, options: [.init("url", .text(url))], settings: settings
    ).run()
  }

  @Test("the fixed-width example passes")
  func fixedWidth() throws {
    let roster = PluginFixture.examples.appending(path: "fixed-width/roster.txt").path
    let found = checks(try PluginFixture.example("fixed-width"), url: "fixed-width:" + roster)
    #expect(found.filter(\.isFailed) == [])
    #expect(found.count == 16)
  }

  @Test("the tabulating example passes, small tables and all")
  func tabulating() throws {
    let path = try fixture.write(
      "cases.json",
      """
      {"datasets": {"cases": {"fields": [
        {"name": "race", "type": "category", "missing": ["U"]},
        {"name": "age", "type": "integer"}, {"name": "cost", "type": "decimal"},
        {"name": "received", "type": "date"}, {"name": "booked", "type": "datetime"},
        {"name": "charge", "type": "code"}, {"name": "note", "type": "text"}],
       "rows": [["Black", 24, "81.50", "2020-12-31", "2021-01-01T08:30:00", "007", "naïve"],
                ["White", 17, "-3", "2021-01-01", null, "12E04", "50% of it"],
                ["U", 65, null, null, "2021-06-30T23:59:59", null, ""],
                [null, null, "12.25", "2021-02-28", null, "7", "Ñuñoa"],
                ["Black", "9007199254740993", "0", "2021-03-01", null, "007", "x"]]},
        "groups": {"fields": [{"name": "name", "type": "category"}, {"name": "size", "type": "integer"}],
       "rows": [["Black", 3], ["White", null], ["Asian", 1], [null, 7]]}}}
      """)
    let found = checks(try PluginFixture.example("tabulating"), url: "tabulating:" + path)
    #expect(found.filter(\.isFailed) == [])
    for sentence in ["finds the rows of its other datasets", "says what it would run"] {
      let check = try #require(found.first { $0.sentence.contains(sentence) })
      guard case .passed = check.outcome else {
        Issue.record("\(check.sentence): \(check.outcome)")
        continue
      }
    }
    let tables = found.first { $0.sentence.contains("small tables") }
    guard case .passed(let count)? = tables?.outcome else {
      Issue.record("small tables were not tried")
      return
    }
    let numbers = count.split(separator: " ").compactMap { Int($0) }
    // Every one but those that have no words on the wire.
    #expect(numbers.count == 2 && numbers[0] > 150 && numbers[0] * 10 > numbers[1] * 9, "\(count)")
  }

  @Test(
    "what a source does wrong is found by the check for it",
    arguments: [
      ("print('starting')", "answers the greeting"),
      ("hello: say(name='made')", "answers the greeting"),
      ("open: say(datasets=[])", "opens what it is told"),
      ("scan: say(rows=[['Black', 'x']], end=True)", "each cell of its type"),
      ("scan: say(rows=[[str(request['id']), 1][:len(request['fields'])]], end=True)", "same rows"),
      ("scan: say(rows=[['e\\u0301', 1][:len(request['fields'])]], end=True)", "canonical"),
      ("scan: say(rows=[['None', 1][:len(request['fields'])]], end=True)", "as null"),
      (
        "scan: say(rows=[['a', 2**53 + 1][2 - len(request['fields']):]], end=True)",
        "whole numbers beyond"
      ),
      ("values: say(rows=[['Black', 2]], end=True)", "distinct values"),
      ("tabulate: say(exact=True, rows=[[9]], end=True)", "small tables"),
      ("dance: say(end=True)", "with an error"),
      ("dance: sys.exit(1)", "with an error"),
      ("hello: say(protocol=1, name='made') if line.startswith('{\"id\"') else 0", "passes over"),
      (
        "scan: time.sleep(1.1 * (len(request['fields']) == 2)); say(rows=[], end=True)",
        "within a second"
      ),
    ])
  func wrong(fault: String, sentence: String) throws {
    let parts = fault.split(separator: ": ", maxSplits: 1).map(String.init)
    let operation = parts.count == 2 ? parts[0] : ""
    let plugin = try fixture.python(
      """
      import json, sys, time
      def say(**members):
          print(json.dumps({"id": request["id"], **members}), flush=True)
      \(parts.count == 1 ? parts[0] : "")
      rows = [["Black", 41]]
      fields = [{"name": "race", "type": "category"}, {"name": "age", "type": "integer"}]
      for line in sys.stdin:
          request = json.loads(line)
          op = request["op"]
          if op == "\(operation)":
              \(parts.last ?? "")
          elif op == "hello":
              say(protocol=1, name="made", features=["values", "tabulate"])
          elif op == "open":
              say(datasets=[{"name": "cases", "ordered": True, "fields": fields}])
          elif op == "scan" and request["dataset"] == "cases":
              names = [f["name"] for f in fields]
              say(rows=[[row[names.index(f)] for f in request["fields"]] for row in rows], end=True)
          elif op in ("values", "tabulate"): say(exact=False)
          elif op != "cancel": say(error={"code": "unsupported", "message": op})
      """)
    let found = checks(plugin, patience: 5000).filter(\.isFailed)
    #expect(found.contains { $0.sentence.contains(sentence) }, "\(found)")
  }

  @Test(
    "what is not wrong is not found: each new source passes",
    arguments: [
      PluginTemplate.Language.python, .sh,
    ])
  func templates(language: PluginTemplate.Language) throws {
    let template = try #require(PluginTemplate(name: "my-cases", language: language))
    for file in template.files {
      try fixture.write(
        "my-cases/" + file.path, file.text, permissions: file.isExecutable ? 0o700 : 0o600)
    }
    let folders = PluginFolders(named: [fixture.folder.path])
    let plugin = try #require(folders.plugin(for: "my-cases:x"))
    #expect(plugin.manifest?.unread == [])
    #expect(checks(plugin).filter(\.isFailed) == [])
  }

  @Test(
    "a new source in Swift compiles and passes",
    .enabled(if: hasSwiftCompiler))
  func swiftTemplate() throws {
    try #require(!swiftCompiler.isEmpty, "there is no swiftc on the PATH")
    let template = try #require(PluginTemplate(name: "mine", language: .swift))
    let source = try fixture.write(template.files[0].path, template.files[0].text)
    let program = fixture.path("docket-source-mine")
    let process = Process()
    process.executableURL = URL(filePath: swiftCompiler)
    process.arguments = [source, "-o", program]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(checks(try #require(PluginFile(path: program))).filter(\.isFailed) == [])
  }

  @Test("a name that is none gives no source")
  func names() {
    for name in ["", "My", "a b", "../a"] {
      #expect(PluginTemplate(name: name, language: .python) == nil)
    }
  }
}

/// Whether a source can be compiled here; says so where it can't, and where all is due it fails then.
private let hasSwiftCompiler: Bool = {
  if !swiftCompiler.isEmpty { return true }
  print("a new source in Swift is not tried: there is no swiftc on the PATH")
  return ProcessInfo.processInfo.environment["CI"] != nil
}()

/// The compiler beside the `swift` that is found first.
private let swiftCompiler: String = {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  let compilers = path.split(separator: ":").map { "\($0)/swiftc" }
  return compilers.first { FileManager.default.isExecutableFile(atPath: $0) } ?? ""
}()
