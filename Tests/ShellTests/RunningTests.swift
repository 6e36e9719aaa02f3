import Glibc
import Testing

@Suite("Running a question in a terminal", .serialized)
struct RunningTests {
  @Test("a page longer than the screen goes through the pager, and the prompt comes back")
  func pager() throws {
    let home = try TemporaryFolder()
    let pager = home.write(
      "#!/bin/sh\necho PAGED\ncat\necho END OF PAGE\n", to: "pager", mode: 0o755)
    let prompt = try PromptTerminal(home: home, environment: ["PAGER": pager], rows: 6)
    try prompt.run("help", showing: "END OF PAGE")
    #expect(prompt.terminal.screen.text.contains("PAGED\n"))
    try prompt.run("share 162 of 200", showing: "81.0%")
  }

  @Test(
    "a pager that is not there, and --pager never, leave the page on the screen",
    arguments: [
      ([], "no-such-pager"), (["--pager", "never"], "false"),
    ])
  func withoutPager(arguments: [String], pager: String) throws {
    let prompt = try PromptTerminal(
      arguments: arguments, environment: ["PAGER": pager], rows: 6)
    prompt.terminal.type("help\r")
    try prompt.terminal.wait(for: "the page and a prompt") {
      $0.cursorRow == "docket>" && $0.scrolledOff.count > 6
    }
  }

  @Test("edit opens the last statement in $EDITOR and puts it back at the prompt")
  func edit() throws {
    let home = try TemporaryFolder()
    let editor = home.write(
      "#!/bin/sh\nsed -i 's/162/81/' \"$1\"\n", to: "editor", mode: 0o755)
    let prompt = try PromptTerminal(home: home, environment: ["EDITOR": editor])
    try prompt.run("share 162 of 200", showing: "81.0%")
    prompt.terminal.type("edit\r")
    try prompt.terminal.wait(forRow: "docket> share 81 of 200")
    prompt.terminal.press(.enter)
    try prompt.terminal.wait(for: "40.5%")
  }

  @Test("an editor that fails is named, and the prompt comes back")
  func failingEditor() throws {
    let prompt = try PromptTerminal(environment: ["EDITOR": "false"])
    try prompt.run("edit", showing: "false")
  }

  @Test("Ctrl-C stops a running question, says so, and the session goes on")
  func interrupt() throws {
    let prompt = try PromptTerminal()
    let path = prompt.home.path + "/large.csv"
    try Self.writeLargeTable(to: path)
    let terminal = prompt.terminal
    try prompt.run("open \"\(path)\" as large", showing: "large: ")
    terminal.type("count large by race\r")
    // A key that comes before the question has begun is not yet a signal, so it is pressed again.
    let interrupt = { terminal.press(.controlC) }
    try terminal.wait(for: "stopped", urging: interrupt) { $0.text.contains("[stopped]") }
    try terminal.wait(forRow: "docket>")
    try prompt.run("share 162 of 200", showing: "81.0%")
  }

  /// A table that takes some seconds to read, in a program that was built like the tests.
  private static func writeLargeTable(to path: String) throws {
    #if DEBUG
      let copies = 300
    #else
      let copies = 600
    #endif
    let cases = String(repeating: "1001,Black,filed\n1002,White,declined\n", count: 30_000)
    let rows = Array(cases.utf8)
    guard let file = fopen(path, "w") else { throw PseudoTerminal.Problem.cannotStart(path) }
    defer { fclose(file) }
    fputs("case,race,outcome\n", file)
    for _ in 0..<copies { fwrite(rows, 1, rows.count, file) }
  }
}

@Suite("Forms", .serialized)
struct FormTests {
  @Test("ratio? asks for each part and writes the line, which Enter runs")
  func form() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    let table = prompt.home.write("race,n\na,1\na,1\nb,1\n", to: "small.csv", mode: 0o644)
    try prompt.run("open \"\(table)\" as small", showing: "small: 2 fields")
    terminal.type("ratio?\r")
    try terminal.wait(forRow: "of what?")
    terminal.type("\r")
    try terminal.wait(for: "the part that is needed asked again") {
      $0.cursorRow == "of what?"
    }
    terminal.type("small\r")
    try terminal.wait(forRow: "which group, such as race=Black?")
    terminal.type("race=a\r")
    try terminal.wait(forRow: "compared with what?")
    terminal.type("40%\r")
    try terminal.wait(forRow: "for each of what?")
    terminal.type("\r")
    try terminal.wait(forRow: "in which time?")
    terminal.type("\r")
    try terminal.wait(forRow: "docket> ratio small race=a vs 40%")
    terminal.press(.enter)
    try terminal.wait(for: "66.7% of small")
  }
}
