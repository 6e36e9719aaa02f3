import Glibc
import Testing

@Suite("The prompt in a terminal", .serialized)
struct PromptTests {
  @Test("two lines say how to get help and how to leave, and the prompt comes below")
  func banner() throws {
    let prompt = try PromptTerminal()
    let rows = prompt.terminal.screen.rows
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("Docket "))
    #expect(rows[1].contains("help") && rows[1].contains("quit"))
    #expect(rows[2] == "docket>")
    #expect(prompt.terminal.screen.cursor == (2, 8))
  }

  @Test("a line runs on Enter", arguments: ["share 162 of 200", "  share 162 of 200  "])
  func answer(line: String) throws {
    let prompt = try PromptTerminal()
    try prompt.run(line, showing: "81.0%")
  }

  @Test(
    "the prompt is left by words and by Ctrl-D, with exit code 0",
    arguments: [
      "quit\r", "exit\r", "EXIT\r", ":q\r", "\u{04}",
    ])
  func leave(keys: String) throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type(keys)
    #expect(try prompt.terminal.end() == 0)
    #expect(!prompt.terminal.screen.marksPaste)
  }

  @Test("Ctrl-D in a text deletes and does not leave")
  func deleteByControlD() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("share")
    prompt.terminal.press(.controlA, .controlD)
    try prompt.terminal.wait(forRow: "docket> hare")
  }

  @Test("Ctrl-C drops the text, leaves it on the screen and asks anew")
  func interruptAtPrompt() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("share 1 of")
    try prompt.terminal.wait(forRow: "docket> share 1 of")
    prompt.terminal.press(.controlC)
    try prompt.terminal.wait(forRow: "docket>")
    #expect(prompt.terminal.screen.rows.suffix(2) == ["docket> share 1 of^C", "docket>"])
    try prompt.run("share 162 of 200", showing: "81.0%")
  }

  @Test("an interrupt from outside drops the text too")
  func interruptFromOutside() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("share 1 of")
    try prompt.terminal.wait(forRow: "docket> share 1 of")
    // Sent again if it came before the program waited for the next key.
    try prompt.terminal.wait(
      forRow: "docket>", urging: { prompt.terminal.send(signal: SIGINT) })
    try prompt.run("share 162 of 200", showing: "81.0%")
  }

  @Test("a termination ends the program and takes back the marks around pastes")
  func terminate() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.send(signal: SIGTERM)
    #expect(try prompt.terminal.end() == 143)
    #expect(!prompt.terminal.screen.marksPaste)
  }

  @Test("the prompt is bold, and the cursor still stands where it should")
  func colour() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(
      PromptTerminal.program,
      environment: ["HOME": home.path, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8"])
    try terminal.wait(forRow: "docket>")
    #expect(terminal.screen.cursor.column == 8)
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[1mdocket>\u{1B}[0m"))
    terminal.type("abc")
    terminal.press(.left, .backspace)
    try terminal.wait(forRow: "docket> ac")
    #expect(terminal.screen.cursor.column == 9)
  }

  @Test(
    "without editing, lines are read as they are, with a prompt",
    arguments: [
      (["--no-editing"], "xterm"), ([], "dumb"),
    ])
  func plain(arguments: [String], terminal: String) throws {
    let prompt = try PromptTerminal(arguments: arguments, environment: ["TERM": terminal])
    #expect(!prompt.terminal.screen.marksPaste)
    try prompt.run("share 162 of 200", showing: "81.0%")
    prompt.terminal.type("card referrals\r")
    try prompt.terminal.wait(forRow: "card…")
    prompt.terminal.press(.controlC)
    try prompt.terminal.wait(forRow: "docket>")
    prompt.terminal.press(.controlD)
    #expect(try prompt.terminal.end() == 0)
  }

  @Test("a line longer than the screen wraps and survives a smaller and a larger window")
  func resize() throws {
    let prompt = try PromptTerminal(columns: 40, rows: 12)
    let line = "share 162 of 200 # " + String(repeating: "x", count: 30)
    prompt.terminal.type(line)
    try prompt.terminal.wait(forRow: "xxxxxxxxxxxxxxxxx")
    prompt.terminal.resize(columns: 60, rows: 12)
    prompt.terminal.resize(columns: 30, rows: 10)
    try prompt.enter(showing: "81.0%")
    prompt.terminal.press(.up)
    try prompt.terminal.wait(for: "the line again") { $0.rows.suffix(2).joined().hasSuffix("x") }
  }

  @Test("keys that are not ASCII arrive even in the C locale")
  func locale() throws {
    let prompt = try PromptTerminal(environment: ["LANG": "C", "LC_ALL": "C"])
    prompt.terminal.type("# día 日本")
    try prompt.terminal.wait(forRow: "docket> # día 日本")
    prompt.terminal.press(.left, .left, .backspace)
    try prompt.terminal.wait(forRow: "docket> # día日本")
    #expect(prompt.terminal.screen.cursor.column == 13)
  }
}
