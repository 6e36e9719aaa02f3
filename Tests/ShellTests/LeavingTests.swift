import Glibc
import Testing

/// Who reads from a pipe with a name waits until somebody writes: a statement that does not end.
@Suite("Leaving a statement that does not end", .serialized)
struct LeavingTests {
  private let prompt: PromptTerminal
  private let pipe: String

  init() throws {
    try self.init(arguments: [])
  }

  private init(arguments: [String]) throws {
    prompt = try PromptTerminal(arguments: arguments, columns: 120)
    pipe = prompt.home.path + "/held.csv"
    #expect(mkfifo(pipe, 0o600) == 0)
  }

  /// Types a statement that reads from the pipe, and leaves it once it does; the end to write to.
  private func leave(_ statement: String? = nil) throws -> Int32 {
    let terminal = prompt.terminal
    terminal.type((statement ?? "open \"\(pipe)\"") + "\r")
    var end: Int32 = -1
    for _ in 0..<2000 where end < 0 {
      usleep(10_000)
      end = open(pipe, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    }
    try #require(end >= 0)
    terminal.press(.controlC)
    try terminal.wait(for: "stopped") { $0.text.contains("[stopped]") }
    try terminal.wait(forRow: "docket>")
    return end
  }

  /// Lets the open statement end.
  private func release(_ end: Int32) {
    let text = "race,n\na,1\nb,2\n"
    #expect(write(end, text, text.utf8.count) == text.utf8.count)
    close(end)
  }

  @Test("Ctrl-C gives the prompt back; what is asked next waits for what was left")
  func nextStatement() throws {
    let end = try leave()
    let terminal = prompt.terminal
    terminal.type("share 162 of 200\r")
    try terminal.wait(for: "stopping")
    #expect(!terminal.screen.text.contains("81.0%"))
    release(end)
    try terminal.wait(for: "81.0%")
    try terminal.wait(forRow: "docket>")
    #expect(!terminal.screen.text.contains("stopping"))
    #expect(!terminal.screen.text.contains("held: "), "what was left has nothing more to say")
  }

  @Test("what was left has no effect")
  func effect() throws {
    release(try leave())
    try prompt.run("count held", showing: "nothing is named held")
    try prompt.run("share 81 of 200", showing: "40.5%")
  }

  @Test("of a script the answers before are shown, and the one before is the last of them")
  func script() throws {
    let script = prompt.home.write(
      "share 162 of 200\nopen \"\(pipe)\"\nshare 3 of 4\n", to: "s.docket")
    let end = try leave("run \"\(script)\"")
    let terminal = prompt.terminal
    #expect(terminal.screen.text.contains("81.0%"))
    release(end)
    try prompt.run("explain", showing: "162 of 200 = 81.0%")
    #expect(!terminal.screen.text.contains("75.0%   "))
  }

  @Test("the wait for what was left is none that --timeout counts")
  func timeout() throws {
    let other = try LeavingTests(arguments: ["--timeout", "1"])
    let end = try other.leave()
    other.prompt.terminal.type("share 162 of 200\r")
    try other.prompt.terminal.wait(for: "stopping")
    usleep(500_000)
    other.release(end)
    try other.prompt.terminal.wait(for: "81.0%")
  }

  @Test("a wait of the system's ends at Ctrl-C, and nothing is left")
  func systemCall() throws {
    let terminal = prompt.terminal
    terminal.type("open \"\(pipe)\"\r")
    let interrupt = { terminal.press(.controlC) }
    try terminal.wait(for: "stopped", urging: interrupt) { $0.text.contains("[stopped]") }
    try terminal.wait(forRow: "docket>")
    try prompt.run("share 162 of 200", showing: "81.0%")
  }

  @Test("Ctrl-C also ends the wait for what was left, and the next statement is not run")
  func waitStopped() throws {
    let end = try leave()
    let terminal = prompt.terminal
    terminal.type("share 162 of 200\r")
    try terminal.wait(for: "stopping")
    terminal.press(.controlC)
    try terminal.wait(for: "a second line about a question that was stopped") {
      $0.text.components(ofText: "[stopped]") == 3 && $0.cursorRow == "docket>"
    }
    release(end)
    try prompt.run("share 81 of 200", showing: "40.5%")
    #expect(!terminal.screen.text.contains("81.0%"))
  }

  @Test("the keyboard is not held up: Tab offers nothing, and the line goes on")
  func completion() throws {
    let end = try leave()
    let terminal = prompt.terminal
    terminal.type("shar\t 162 of 200")
    try terminal.wait(forRow: "docket> shar 162 of 200")
    release(end)
    terminal.type("\u{15}")
    // The first that finds the session free is answered.
    try terminal.wait(forRow: "docket> share", urging: { terminal.type("\u{15}shar\t") })
    terminal.type("162 of 200")
    try prompt.enter(showing: "81.0%")
  }

  @Test("quit leaves all the same")
  func quit() throws {
    let end = try leave()
    let terminal = prompt.terminal
    terminal.type("quit\r")
    #expect(try terminal.end() == 0)
    close(end)
  }
}
