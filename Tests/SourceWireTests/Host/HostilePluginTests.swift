import Columns
import Connectors
import Engine
import Foundation
import Testing

@Suite("Sources that do wrong", .enabled(if: PluginFixture.hasPython))
struct HostilePluginTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  private func problem(_ work: () throws -> Void) throws -> SourceProblem {
    try #require(#expect(throws: SourceProblem.self, performing: work))
  }

  @Test("ordinary text on standard output is shown")
  func ordinaryText() throws {
    let plugin = try fixture.shell("echo 'Loading the driver …'; cat >/dev/null")
    let found = try problem { _ = try PluginSource(plugin) }
    #expect(found.kind == .damaged)
    #expect(found.message == "the source made printed ordinary text: “Loading the driver …”")
  }

  @Test("what a terminal would obey is not passed on")
  func controlCharacters() throws {
    let plugin = try fixture.shell(#"printf '\033[2J\007gone\n'; cat >/dev/null"#)
    let found = try problem { _ = try PluginSource(plugin) }
    #expect(found.message.unicodeScalars.allSatisfy { $0.value >= 32 })
    #expect(found.message.contains("gone"))
  }

  @Test("a source that ends is reported with its exit and its last words")
  func dies() throws {
    let plugin = try fixture.shell("echo 'no licence found' >&2; exit 3")
    let found = try problem { _ = try PluginSource(plugin) }
    #expect(found.kind == .unreadable)
    #expect(found.message.contains("exit 3"))
    #expect(found.message.contains("no licence found"))
  }

  @Test("a source that can't be run is reported")
  func noInterpreter() throws {
    let path = try fixture.write("docket-source-made", "#!/no/such/shell\n", permissions: 0o700)
    let plugin = try #require(PluginFile(path: path))
    #expect(try problem { _ = try PluginSource(plugin) }.kind == .unreadable)
  }

  @Test("a source that says nothing is not waited for for ever")
  func hangs() throws {
    let plugin = try fixture.shell("sleep 600")
    var limits = PluginLimits()
    limits.start = 300
    let found = try problem { _ = try PluginSource(plugin, limits: limits) }
    #expect(found.kind == .timeout)
  }

  @Test("a source that starts slowly is waited for")
  func slowStart() throws {
    let plugin = try fixture.cases(then: "")
    let slow = try fixture.shell("sleep 1\nexec \(plugin.path)", name: "slow")
    #expect(try PluginSource(slow).datasets().map(\.name) == ["cases"])
  }

  @Test("a protocol that is not spoken here is refused")
  func otherProtocol() throws {
    let plugin = try fixture.shell(#"read x; echo '{"id":1,"protocol":9,"name":"made"}'; cat"#)
    let found = try problem { _ = try PluginSource(plugin) }
    #expect(found.kind == .refused)
    #expect(found.message.contains("protocol 9"))
  }

  @Test(
    "answers that break the rules are refused, and the session goes on",
    arguments: [
      ("say(rows=[['Black', 1, 2]], end=True)", "row of 3 cells where 2"),
      ("say(rows=[['Black', 'forty']], end=True)", "“forty” in age"),
      ("say(rows=[['Black', 1.5]], end=True)", "“1.5” in age"),
      ("say(rows=[['Black', 1]], end=True, count=2)", "said that it sent 2 rows, and sent 1"),
      ("print('{\"id\":3,\"rows\":[[{}]]}', flush=True)", "a cell holds a plain value"),
      ("print('{\"id\":3,\"rows\":[[\"a\",', flush=True)", "is cut off"),
      ("print('done!', flush=True)", "ordinary text: “done!”"),
      ("print('{\"id\":77,\"end\":true}', flush=True)", "a request that was not made"),
      ("sys.stdout.write('x' * (9 << 20)); sys.stdout.flush()", "longer than 8 MiB"),
      ("sys.stdout.buffer.write(b'{\"id\":3,\"x\":\"\\xff\"}\\n'); sys.stdout.flush()", "no UTF-8"),
      ("os._exit(4)", "exit 4"),
      ("os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
      ("sys.stdout.write('{\"id\":3,\"ro'); sys.stdout.flush(); os._exit(0)", "cut off at"),
      ("say(error={'code': 'auth', 'message': 'wrong password', 'hint': 'set one'})", "wrong pass"),
    ])
  func badAnswers(program: String, message: String) throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan" and not os.path.exists("\(fixture.path("once"))"):
            open("\(fixture.path("once"))", "w").close()
            \(program)
        elif op == "scan":
            say(rows=[["Black", 1]], end=True, count=1)
        """)
    let source = try PluginSource(plugin)
    let found = try problem {
      _ = try source.columns(["race", "age"], of: "cases", run: UnwatchedRun())
    }
    #expect(found.message.contains(message), "\(found.message)")
    let columns = try source.columns(["race", "age"], of: "cases", run: UnwatchedRun())
    #expect(columns.map(\.rowCount) == [1, 1])
  }

  @Test(
    "a table that can't be is refused",
    arguments: [
      ("say(rows=[['Black', 3]], end=True)", "without saying whether it is exact"),
      ("say(exact=True, rows=[['Black']], end=True)", "row of 1 cells where 2"),
      ("say(exact=True, rows=[['Black', 'many']], end=True)", "“many” where a number is due"),
      ("say(exact=True, rows=[['Black', 3]], end=True, count=7)", "said that it sent 7"),
    ])
  func badTables(program: String, message: String) throws {
    let plugin = try fixture.cases(
      features: "'tabulate'", then: "if op == 'tabulate':\n    \(program)")
    let source = try PluginSource(plugin)
    let race = Field.column(name: "race", meaning: Meaning(type: .category))
    let question = Tabulation(dataset: "cases", keys: [.field(race)])
    let found = try problem { _ = try source.tabulate(question, run: UnwatchedRun()) }
    #expect(found.message.contains(message), "\(found.message)")
  }

  @Test("a table in which one group stands twice is not taken")
  func repeatedGroup() throws {
    let plugin = try fixture.cases(
      features: "'tabulate'",
      then: """
        if op == "tabulate":
            say(exact=True, rows=[["Black", 3], ["Black", 4]], end=True)
        """)
    let race = Field.column(name: "race", meaning: Meaning(type: .category))
    let question = Tabulation(dataset: "cases", keys: [.field(race)])
    #expect(try PluginSource(plugin).tabulate(question, run: UnwatchedRun()) == nil)
  }

  @Test("endless rows end at the limit")
  func endless() throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            while True: say(rows=[["Black", 1]] * 1000)
        """)
    var limits = PluginLimits.short
    limits.cells = 100_000
    let source = try PluginSource(plugin, limits: limits)
    let found = try problem {
      _ = try source.columns(["race", "age"], of: "cases", run: UnwatchedRun())
    }
    #expect(found.kind == .limit)
    #expect(found.message.contains("50000 rows"))
  }

  @Test("endless standard error is kept within its limit")
  func endlessLog() throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            for n in range(3000): print("chatter" * 200, file=sys.stderr)
            say(rows=[["Black"]], end=True)
        """)
    let logs = fixture.path("logs")
    var limits = PluginLimits.short
    limits.log = 100_000
    let source = try PluginSource(plugin, limits: limits, logs: logs)
    #expect(try source.column("race") == ["Black"])
    let attributes = try FileManager.default.attributesOfItem(atPath: logs + "/made.log")
    #expect(try #require(attributes[.size] as? Int) <= 100_000 + 65_536)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("a cancellation that is confirmed leaves the source running")
  func cancelled() throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            asked = request
            request = json.loads(sys.stdin.readline())
            assert request == {"id": asked["id"] + 1, "op": "cancel", "target": asked["id"]}
            request = asked
            say(error={"code": "cancelled", "message": "stopped"})
        """)
    let source = try PluginSource(plugin)
    let process = try #require(source.processIdentifier)
    let run = StoppedRun(after: .milliseconds(100))
    #expect(try problem { _ = try source.column("race", run: run) }.kind == .cancelled)
    #expect(source.processIdentifier == process)
    #expect(kill(process, 0) == 0)
  }

  @Test("a source that ignores its cancellation is killed with all it started, and begun anew")
  func ignoresCancel() throws {
    let child = fixture.path("child")
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            if os.path.exists("\(child)"):
                say(rows=[["Black"]], end=True)
                continue
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            started = os.fork()
            if started == 0: time.sleep(600)
            with open("\(child)", "w") as file: file.write(str(started))
            while True: time.sleep(1)
        """)
    let source = try PluginSource(plugin)
    let run = StoppedRun(after: .milliseconds(800))
    #expect(try problem { _ = try source.column("race", run: run) }.kind == .cancelled)
    // Nobody asks again, and still it does not go on for long.
    for _ in 0..<2000 where source.processIdentifier != nil { usleep(5000) }
    #expect(source.processIdentifier == nil)
    let grandchild = try #require(pid_t(String(contentsOfFile: child, encoding: .utf8)))
    #expect(HostilePluginTests.isGone(grandchild))
    #expect(try source.column("race") == ["Black"])
  }

  @Test("a source that is let go of ends, even where it does not listen")
  func letGo() throws {
    let plugin = try fixture.cases(then: "").path
    let deaf = try fixture.shell(
      "trap '' TERM HUP\n\(plugin) &\nwait\nwhile :; do sleep 1; done", name: "deaf")
    // A shell's background job reads no standard input, so that this one never greets.
    var limits = PluginLimits()
    limits.start = 300
    limits.ending = 50
    #expect(throws: SourceProblem.self) { try PluginSource(deaf, limits: limits) }
    var source: PluginSource? = try PluginSource(PluginFile(path: plugin)!)
    let process = try #require(source?.processIdentifier)
    source = nil
    #expect(HostilePluginTests.isGone(process))
  }

  @Test("a source that died while nobody asked is started again")
  func diedIdle() throws {
    let plugin = try fixture.cases(then: "")
    let source = try PluginSource(plugin)
    kill(try #require(source.processIdentifier), SIGKILL)
    #expect(try source.datasets().count == 1)
  }

  @Test("a large request does not block a source that writes before it reads")
  func largeRequest() throws {
    let plugin = try fixture.cases(
      features: "'tabulate'",
      then: """
        if op == "tabulate":
            say(exact=True, rows=[[len(request["rows"])]], end=True)
        print("x" * 200000, file=sys.stderr, flush=True)
        """)
    let race = Field.column(name: "race", meaning: Meaning(type: .category))
    let values = Set((0..<50_000).map { Value.text("value number \($0)") })
    let question = Tabulation(dataset: "cases", rows: .test(race, .among(values)))
    let made = try PluginSource(plugin).tabulate(question, run: UnwatchedRun())
    #expect(made?.rows.first?.measures == [.number(Decimal(50_002))])
  }

  @Test("data that change between two scans are never put side by side")
  func changingData() throws {
    let plugin = try fixture.cases(
      then: """
        if op == "scan":
            rows = globals().get("rows", 1) + (len(request["fields"]) == 1)
            say(rows=[["7"] * len(request["fields"])] * rows, end=True)
        """)
    let source = try PluginSource(plugin)
    _ = try source.columns(["race"], of: "cases", run: UnwatchedRun())
    let columns = try source.columns(["race", "age"], of: "cases", run: UnwatchedRun())
    #expect(columns[0].rowCount == columns[1].rowCount)
  }

  private static func isGone(_ process: pid_t) -> Bool {
    for _ in 0..<200 {
      // One that has ended and is not yet waited for by the system's first process is gone as well.
      let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let state, !state.contains(") Z ") else { return true }
      usleep(10_000)
    }
    return false
  }
}
