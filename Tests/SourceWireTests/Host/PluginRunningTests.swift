import Columns
import Connectors
import Engine
import Foundation
import SourceWire
import Testing

@Suite("How sources are run", .enabled(if: PluginFixture.hasPython))
struct PluginRunningTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  @Test("a source sees a small environment, its own group, the top folder and no file of ours")
  func surroundings() throws {
    setenv("DOCKET_TEST_SECRET", "hunter2", 1)
    setenv("DOCKET_TEST_ASKED", "yes", 1)
    let open = open(fixture.path(""), O_RDONLY)
    defer { close(open) }
    try fixture.write("source.toml", "environment = [\"DOCKET_TEST_ASKED\"]")
    let plugin = try fixture.cases(
      #"{"name":"seen","type":"text"}"#,
      then: """
        if op == "scan":
            files = [f for f in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + f)]
            say(rows=[[str("DOCKET_TEST_SECRET" in os.environ)],
                      [os.environ.get("DOCKET_TEST_ASKED")], [str("PATH" in os.environ)],
                      [str(os.getpgrp() == os.getpid())], [os.getcwd()],
                      [",".join(sorted(f for f in files if int(f) > 2))]], end=True)
        """)
    let seen = try PluginSource(plugin).column("seen")
    #expect(seen == ["False", "yes", "True", "True", "/", ""])
  }

  @Test("secrets reach a source inside open, and stand in no name of it")
  func secrets() throws {
    let plugin = try fixture.python(
      """
      import json, sys
      for line in sys.stdin:
          request = json.loads(line)
          reply = {"id": request["id"]}
          if request["op"] == "hello": reply.update(protocol=1)
          else: reply.update(datasets=[{"name": request["options"]["password"], "fields": []}])
          print(json.dumps(reply), flush=True)
      """)
    let settings = PluginSettings(
      trust: PluginTrust(record: nil, policy: FixedPolicy(approves: true)))
    let source = try PluginSource(
      plugin, options: [.init("password", .text("hunter2"))],
      origin: "made://analyst:hunter2@db.example/office?password=hunter2&x=1", settings: settings)
    #expect(source.origin == "made://analyst:…@db.example/office?password=…&x=1")
    #expect(try source.datasets().map(\.name) == ["hunter2"])
  }

  @Test("data that change while they are open are read anew, and that is said")
  func changed() throws {
    let plugin = try fixture.python(
      """
      import json, sys
      scans = 0
      def say(**members): print(json.dumps({"id": request["id"], **members}), flush=True)
      for line in sys.stdin:
          request = json.loads(line)
          if request["op"] == "hello": say(protocol=1)
          elif request["op"] == "open":
              fields = [{"name": name, "type": "integer"} for name in ["a", "b"]]
              say(datasets=[{"name": "cases", "ordered": True, "fingerprint": "sha256:0", "fields": fields}])
          else:
              scans += 1
              rows = [[scans] * len(request["fields"])] * 3
              say(rows=rows, end=True, fingerprint="sha256:" + str(int(scans > 1)))
      """)
    let source = try PluginSource(plugin)
    #expect(try source.column("a") == ["1", "1", "1"])
    #expect(source.report(of: "cases") == [])
    // With the second scan both columns are of the new data.
    let columns = try source.columns(["a", "b"], of: "cases", run: UnwatchedRun())
    #expect(columns.map(\.rowCount) == [3, 3])
    #expect(columns[0].texts[0] != "1")
    #expect(source.report(of: "cases").contains { $0.contains("changed while it was open") })
    #expect(try source.fingerprint(of: "cases") == "sha256:1")
  }

  @Test("a type that the source declares is taken without looking at a cell")
  func declaredTypes() throws {
    let plugin = try fixture.cases(then: "")
    let source = try PluginSource(plugin)
    let dataset = Dataset(
      name: "cases", source: source, table: "cases", fields: ["race", "age"])
    // The source answers no scan: it would be waited for.
    #expect(try dataset.meaning(of: "age", run: UnwatchedRun()).type == .integer)
    #expect(try dataset.meaning(of: "race", run: UnwatchedRun()).type == .category)
  }

  @Test("progress and warnings are passed on")
  func progress() throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            say(progress={"done": 5, "total": 9})
            say(warn={"message": "two dates are no dates", "rows": 2})
            say(warn="odd", rows=[["Black", 1]], end=True, count=1)
        """)
    let source = try PluginSource(plugin)
    let run = StoppedRun(after: .seconds(3600))
    _ = try source.columns(["race", "age"], of: "cases", run: run)
    #expect(run.progress == [5])
    #expect(source.report(of: "cases") == ["two dates are no dates (2 rows)", "odd"])
  }

  /// A source that writes down what it is asked to scan, in the file `asked`; its rows hold the text of
  /// the file `word`, and their state is the text of the file `state` where there is one.
  private func noting(_ fixture: PluginFixture, ordered: Bool, features: String = "") throws
    -> PluginSource
  {
    try fixture.write("word", "one")
    let plugin = try fixture.python(
      """
      import json, os, sys
      def text(name):
          path = os.path.join("\(fixture.folder.path)", name)
          return open(path).read() if os.path.exists(path) else None
      for line in sys.stdin:
          request = json.loads(line)
          reply = {"id": request["id"]}
          if request["op"] == "hello": reply.update(protocol=1, features="\(features)".split())
          elif request["op"] == "open":
              reply.update(datasets=[{"name": "cases", "ordered": \(ordered ? "True" : "False"),
                                      "fields": [{"name": n} for n in "abc"]}])
          else:
              if text("state") is not None: reply.update(state=text("state"))
              if request["op"] == "scan":
                  open("\(fixture.path("asked"))", "a").write("".join(request["fields"]) + ",")
                  reply.update(rows=[[text("word") for _ in request["fields"]]])
              reply.update(end=True)
          print(json.dumps(reply), flush=True)
      """)
    return try PluginSource(plugin)
  }

  @Test("columns are scanned once, and apart only where the rows have an order and a state")
  func scansOnce() throws {
    for (isOrdered, state, expected) in [
      (true, "1", "b,c,a,"), (true, nil, "b,bc,abc,"), (false, "1", "abc,"), (false, nil, "abc,"),
    ] {
      let fixture = try PluginFixture()
      let source = try noting(fixture, ordered: isOrdered, features: "state")
      if let state { try fixture.write("state", state) }
      for names in [["b"], ["c", "b"], ["a"]] {
        let columns = try source.columns(names, of: "cases", run: UnwatchedRun())
        #expect(columns.count == names.count)
      }
      #expect(try String(contentsOfFile: fixture.path("asked"), encoding: .utf8) == expected)
    }
  }

  @Test("what was read for a question is used for the next where its rows are known to be the same")
  func nextQuestion() throws {
    let fixture = try PluginFixture()
    let source = try noting(fixture, ordered: true, features: "state")
    func asked() throws -> String {
      source.beginQuestion()
      return try #require(try source.column("a").first)
    }
    func scans() throws -> Int {
      try String(contentsOfFile: fixture.path("asked"), encoding: .utf8).count(where: { $0 == "," })
    }
    try fixture.write("state", "1")
    let edition = source.edition(of: "cases")
    #expect(try asked() == "one")
    #expect(try asked() == "one" && scans() == 1)
    #expect(source.edition(of: "cases") == edition)
    // Another state and the same rows: read anew without a word.
    try FileManager.default.removeItem(atPath: fixture.path("state"))
    #expect(try asked() == "one" && scans() == 2)
    #expect(source.edition(of: "cases") != edition)
    #expect(source.warnings(of: "cases") == [])
    // It can't tell, and other rows: these are counted, and that is said.
    try fixture.write("word", "two")
    #expect(try asked() == "two" && scans() == 3)
    #expect(source.warnings(of: "cases").contains { $0.contains("changed while it was open") })
    // What was read before it could tell is not known to be of the state that it tells.
    try fixture.write("state", "2")
    #expect(try asked() == "two" && scans() == 4)
    #expect(try asked() == "two" && scans() == 4)
  }

  @Test("a source that never tells a state is scanned for each question")
  func noState() throws {
    let fixture = try PluginFixture()
    let source = try noting(fixture, ordered: true)
    for word in ["one", "two", "three"] {
      try fixture.write("word", word)
      source.beginQuestion()
      #expect(try source.column("a") == [word])
      #expect(try source.column("a") == [word])
    }
    #expect(
      try String(contentsOfFile: fixture.path("asked"), encoding: .utf8) == "a,a,a,")
  }

  @Test("the card, types and codes for missing values are those that the source gives")
  func card() throws {
    let plugin = try fixture.python(
      """
      import json, sys
      for line in sys.stdin:
          request = json.loads(line)
          reply = {"id": request["id"]}
          if request["op"] == "hello": reply.update(protocol=1)
          else: reply.update(datasets=[{"name": "cases", "fingerprint": "sha256:ab",
              "card": {"unit": "defendant", "id": "case_id", "place": "Kansas City",
                       "period": ["2017", "2020"], "privacy": "restricted", "later": {}},
              "fields": [{"name": "race", "type": "category", "label": "race, as recorded",
                          "missing": ["U"]},
                         {"name": "name", "type": "text", "sensitive": True}]}])
          print(json.dumps(reply), flush=True)
      """)
    let source = try PluginSource(plugin)
    let card = try #require(source.card(of: "cases"))
    #expect(card.unit == "defendant" && card.id == "case_id" && card.place == "Kansas City")
    #expect(card.isRestricted)
    #expect(card.period?.years == 2017...2020)
    #expect(card.missing == ["race": ["U"]])
    #expect(card.labels == ["race": "race, as recorded"])
    #expect(source.declaredType(of: "name", in: "cases") == .text)
    #expect(source.report(of: "cases") == ["marked as sensitive: name"])
    #expect(try source.fingerprint(of: "cases") == "sha256:ab")
  }

  @Test("a fingerprint is that of the cells, however they were read")
  func fingerprint() throws {
    func source(_ cell: String) throws -> PluginSource {
      let plugin = try fixture.cases(
        then: """
          if op == "scan":
              cells = {"race": "Black", "age": "\(cell)"}
              say(rows=[[cells[f] for f in request["fields"]]], end=True)
          """)
      return try PluginSource(plugin)
    }
    let first = try source("41")
    _ = try first.column("age")
    let second = try source("41")
    #expect(try first.fingerprint(of: "cases") == second.fingerprint(of: "cases"))
    #expect(try first.fingerprint(of: "cases") != source("42").fingerprint(of: "cases"))
  }
}
