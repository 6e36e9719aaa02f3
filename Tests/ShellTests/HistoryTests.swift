import Glibc
import Testing

@Suite("The history in a terminal", .serialized)
struct HistoryTests {
  private static let file = ".local/state/docket/history.jsonl"

  @Test("a later session finds what an earlier one asked, several lines as one")
  func acrossSessions() throws {
    let first = try PromptTerminal()
    try first.run("share 162 of 200", showing: "81.0%")
    first.terminal.type("share (162\r+ 0) of 200\r")
    try first.terminal.wait(for: "a prompt below both lines") {
      $0.cursorRow == "docket>" && $0.text.contains("        + 0) of 200\n")
    }
    first.terminal.press(.controlD)
    _ = try first.terminal.end()
    let second = try PromptTerminal(home: first.home)
    second.terminal.press(.up)
    try second.terminal.wait(forRow: "        + 0) of 200")
    second.terminal.press(.up, .up)
    try second.terminal.wait(forRow: "docket> share 162 of 200")
  }

  @Test("only its owner can read the file, which holds one JSON object a line")
  func file() throws {
    let prompt = try PromptTerminal()
    try prompt.run("share 162 of 200 # \"é\"", showing: "81.0%")
    var status = stat()
    #expect(stat("\(prompt.home.path)/\(Self.file)", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let line = try #require(prompt.home.contents(of: Self.file))
    #expect(line.hasSuffix(",\"text\":\"share 162 of 200 # \\\"é\\\"\"}\n"))
  }

  @Test("two sessions at once keep what both asked")
  func together() throws {
    let first = try PromptTerminal()
    let second = try PromptTerminal(home: first.home)
    try first.run("share 162 of 200", showing: "81.0%")
    try second.run("share 81 of 200", showing: "40.5%")
    try first.run("share 20 of 200", showing: "10.0%")
    let lines = try #require(first.home.contents(of: Self.file)).split(separator: "\n")
    #expect(lines.count == 3)
  }

  @Test("the text being typed waits while the history is looked at")
  func draft() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    try prompt.run("share 162 of 200", showing: "81.0%")
    try prompt.run("share 81 of 200", showing: "40.5%")
    terminal.type("rati")
    terminal.press(.up, .up)
    try terminal.wait(forRow: "docket> share 162 of 200")
    terminal.press(.down, .down)
    try terminal.wait(forRow: "docket> rati")
  }

  @Test("Ctrl-R searches backward, letter by letter, and Ctrl-G gives the text back")
  func search() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    try prompt.run("share 162 of 200", showing: "81.0%")
    try prompt.run("share 81 of 200", showing: "40.5%")
    terminal.type("draft")
    terminal.press(.controlR)
    terminal.type("share")
    try terminal.wait(forRow: "search “share” share 81 of 200")
    terminal.press(.controlR)
    try terminal.wait(forRow: "search “share” share 162 of 200")
    terminal.type("x")
    try terminal.wait(forRow: "no match for “sharex” share 162 of 200")
    terminal.press(.backspace, .controlG)
    try terminal.wait(forRow: "docket> draft")
    terminal.press(.controlR)
    terminal.type("SHARE 1")
    try terminal.wait(forRow: "search “SHARE 1” share 162 of 200")
    terminal.press(.controlE, .backspace)
    try terminal.wait(forRow: "docket> share 162 of 20")
  }
}
