import Glibc
import Testing

/// A pipe with a name holds up whoever opens it until somebody writes: a statement that can't end.
@Suite("Leaving a statement that does not end", .serialized)
struct LeavingTests {
  private let prompt: PromptTerminal
  private let pipe: String

  init() throws {
    prompt = try PromptTerminal(columns: 120)
    pipe = prompt.home.path + "/held.csv"
    #expect(mkfifo(pipe, 0o600) == 0)
  }

  /// Asks for the file behind the pipe, and leaves that once it is being read; the end to write to.
  private func leave() throws -> Int32 {
    let terminal = prompt.terminal
    terminal.type("open \"\(pipe)\"\r")
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
    try prompt.run("share 81 of 200", showing: "40.5%")
  }

  @Test("Ctrl-C also ends the wait for what was left, and the next statement is not run")
  func waitStopped() throws {
    let end = try leave()
    let terminal = prompt.terminal
    terminal.type("share 162 of 200\r")
    try terminal.wait(for: "stopping")
    terminal.press(.controlC)
    try terminal.wait(for: "a second line about a question that was stopped") {
      $0.text.components(of: "[stopped]") == 2 && $0.cursorRow == "docket>"
    }
    release(end)
    try prompt.run("share 81 of 200", showing: "40.5%")
    #expect(!terminal.screen.text.contains("81.0%"))
  }

  @Test("the keyboard is not held up: Tab offers nothing, and the line goes on")
  func completion() throws {
    let end = try leave()
    prompt.terminal.type("share 162 \t of 200")
    try prompt.terminal.wait(forRow: "docket> share 162  of 200")
    release(end)
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

extension String {
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.firstRange(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
