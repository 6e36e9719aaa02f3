import Glibc
import Testing

/// Whether there is a Python for sources to be written in; where all is due they fail without.
private let hasPython: Bool = {
  if access("/usr/bin/python3", X_OK) == 0 { return true }
  print("sources at the prompt are not tried: there is no /usr/bin/python3")
  return getenv("CI") != nil
}()

@Suite("Sources of others at the prompt", .serialized, .enabled(if: hasPython))
struct SourceTests {
  /// A home folder with one source in it.
  private func home(_ program: String) throws -> (TemporaryFolder, [String: String]) {
    let home = try TemporaryFolder()
    mkdir(home.path + "/made", 0o755)
    _ = home.write(
      """
      #!/usr/bin/python3
      import json, sys, time
      def say(**members):
          print(json.dumps({"id": request["id"], **members}), flush=True)
      for line in sys.stdin:
          request = json.loads(line)
          op, told = request["op"], request.get("options", {}).get("password")
          if op == "hello": say(protocol=1, name="made", version="1")
      \(program.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))

      """, to: "made/docket-source-made", mode: 0o755)
    return (home, ["DOCKET_SOURCES_PATH": home.path])
  }

  private static let opens = """
    elif op == "open": say(datasets=[{"name": "cases", "ordered": True, "fields": [{"name": "race", "type": "category"}]}])
    """

  @Test("a person is asked once whether a source may run, and no is an answer")
  func trust() throws {
    let (home, environment) = try home(
      Self.opens + "\nelif op == \"scan\": say(rows=[[\"Black\"]], end=True)")
    let prompt = try PromptTerminal(home: home, environment: environment, columns: 100)
    let terminal = prompt.terminal
    terminal.type("open \"made:x\" as made\r")
    try terminal.wait(for: "Run it? [y/N]")
    terminal.type("n\r")
    try terminal.wait(for: "a refusal") {
      $0.text.contains("it was not allowed") && $0.cursorRow == "docket>"
    }
    terminal.type("open \"made:x\" as made\r")
    try terminal.wait(for: "the question again") { screen in
      screen.text.components(ofText: "Run it? [y/N]") == 3
    }
    terminal.type("y\r")
    try terminal.wait(for: "the dataset") {
      $0.text.contains("made: 1 field") && $0.cursorRow == "docket>"
    }
    try prompt.run("count made", showing: "1 row in made")
    try prompt.run("open \"made:y\" as other", showing: "other: 1 field")
  }

  @Test("a password is asked for without being shown, and stands in no history")
  func password() throws {
    let (home, environment) = try home(
      """
      elif op == "open" and told != "sw0rdfish": say(error={"code": "auth", "message": "who is there"})
      """ + "\n" + Self.opens)
    let prompt = try PromptTerminal(home: home, environment: environment, columns: 100)
    let terminal = prompt.terminal
    terminal.type("open \"made:x\" as made\r")
    try terminal.wait(for: "Run it? [y/N]")
    terminal.type("y\r")
    try terminal.wait(for: "password for made:x:")
    // The line about work that takes its time stays away from the question.
    usleep(1_500_000)
    #expect(terminal.screen.cursorRow.hasPrefix("password for made:x:"))
    terminal.type("tr0ut\r")
    try terminal.wait(for: "that password was refused")
    terminal.type("sw0rdfish\r")
    try terminal.wait(for: "the dataset") {
      $0.text.contains("made: 1 field") && $0.cursorRow == "docket>"
    }
    #expect(!terminal.screen.text.contains("sw0rdfish"))
    try prompt.run("open \"made://ann:tr0ut@db/office\"", showing: "secret-in-address")
    let history = home.contents(of: ".local/state/docket/history.jsonl") ?? ""
    #expect(history.contains("made:x"))
    #expect(!history.contains("sw0rdfish") && !history.contains("tr0ut"))
  }

  @Test("a program that asks for a password keeps the terminal after Ctrl-C, nobody else asks then")
  func passwordCommand() throws {
    var (home, environment) = try home(
      """
      elif op == "open" and told != "sw0rdfish": say(error={"code": "auth", "message": "who is there"})
      """ + "\n" + Self.opens)
    environment["DOCKET_PASSWORD_COMMAND"] =
      "trap '' INT; printf 'code: ' > /dev/tty; read -r code < /dev/tty; echo \"$code\""
    let prompt = try PromptTerminal(home: home, environment: environment, columns: 100)
    let terminal = prompt.terminal
    terminal.type("open \"made:x\" as made\r")
    try terminal.wait(for: "Run it? [y/N]")
    terminal.type("y\r")
    try terminal.wait(for: "code:")
    terminal.press(.controlC)
    usleep(500_000)
    terminal.type("tr0ut\r")
    try terminal.wait(for: "the statement stopped") {
      $0.text.contains("[stopped]") && $0.cursorRow == "docket>"
    }
    #expect(!terminal.screen.text.contains("password for"))
    // What was typed went to the program: at the prompt it would be a statement with a problem.
    try prompt.run("share 162 of 200", showing: "81.0%")
    #expect(terminal.screen.text.components(ofText: "error:") == 2)
  }

  @Test("rows that come between two questions are counted by the second, and that is said")
  func changed() throws {
    let (home, environment) = try home(
      Self.opens + """

        elif op == "scan":
            path = sys.argv[0] + ".rows"
            say(rows=[[row] for row in open(path).read().split()], end=True)
        """)
    let rows = "made/docket-source-made.rows"
    _ = home.write("Black White", to: rows)
    let prompt = try PromptTerminal(home: home, environment: environment, columns: 100)
    prompt.terminal.type("open \"made:x\" as made\r")
    try prompt.terminal.wait(for: "Run it? [y/N]")
    prompt.terminal.type("y\r")
    try prompt.terminal.wait(for: "the dataset") {
      $0.text.contains("made: 1 field") && $0.cursorRow == "docket>"
    }
    try prompt.run("count made race=Black", showing: "1 row in made")
    #expect(!prompt.terminal.screen.text.contains("changed while it was open"))
    _ = home.write("Black White Black", to: rows)
    try prompt.run("count made race=Black", showing: "2 rows in made")
    #expect(prompt.terminal.screen.text.contains("changed while it was open"))
  }

  @Test("Ctrl-C stops a question that a source is at, and the session goes on")
  func interrupt() throws {
    let (home, environment) = try home(
      Self.opens + "\nelif op == \"scan\": time.sleep(600)")
    let prompt = try PromptTerminal(home: home, environment: environment, columns: 100)
    let terminal = prompt.terminal
    terminal.type("open \"made:x\" as made\r")
    try terminal.wait(for: "Run it? [y/N]")
    terminal.type("y\r")
    try terminal.wait(for: "the dataset") {
      $0.text.contains("made: 1 field") && $0.cursorRow == "docket>"
    }
    terminal.type("count made by race\r")
    let interrupt = { terminal.press(.controlC) }
    try terminal.wait(for: "stopped", urging: interrupt) { $0.text.contains("[stopped]") }
    try terminal.wait(forRow: "docket>")
    try prompt.run("share 162 of 200", showing: "81.0%")
  }
}

extension String {
  /// How many pieces another text cuts this one into.
  func components(ofText text: String) -> Int {
    var count = 1
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
