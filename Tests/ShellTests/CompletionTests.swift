import Testing

@Suite("Completion in a terminal", .serialized)
struct CompletionTests {
  @Test("Tab finishes a word that can only be one")
  func single() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("rati\t")
    try prompt.terminal.wait(forRow: "docket> ratio")
  }

  @Test("the second Tab lists what may stand there, and the text stays")
  func list() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("co\t\t")
    try prompt.terminal.wait(for: "a list and the text below it") {
      $0.cursorRow == "docket> co"
        && $0.rows.contains { $0.contains("count") && $0 != "docket> co" }
    }
    prompt.terminal.type("unt")
    try prompt.terminal.wait(forRow: "docket> count")
  }
}
