import Testing

@Suite("Editing a statement in a terminal", .serialized)
struct EditingTests {
  @Test("keys move, delete, cut and put back")
  func keys() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    terminal.type("hare 16 of 200")
    terminal.press(.home)
    terminal.type("s")
    try terminal.wait(forRow: "docket> share 16 of 200")
    terminal.press(.end, .wordLeft, .wordLeft, .left)
    terminal.type("2")
    try terminal.wait(forRow: "docket> share 162 of 200")
    terminal.press(.controlK)
    try terminal.wait(forRow: "docket> share 162")
    terminal.press(.controlY, .controlE, .backspace, .home, .delete)
    try terminal.wait(forRow: "docket> hare 162 of 20")
    terminal.press(.controlE, .controlW, .controlU)
    try terminal.wait(forRow: "docket>")
    terminal.press(.controlY)
    try terminal.wait(forRow: "docket> hare 162 of")
  }

  @Test("an open block goes on below, and the prompt says what is open")
  func openBlock() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    terminal.type("card referrals\runit case\r")
    try terminal.wait(for: "a third line") { $0.cursor == (4, 8) }
    #expect(terminal.screen.rows.suffix(2) == ["  card… card referrals", "        unit case"])
  }

  @Test(
    "the name of what is open",
    arguments: [
      ("card referrals", "card…"), ("count x where (a=1", "(…"), ("note \"open", "quote…"),
    ])
  func label(line: String, label: String) throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type(line + "\r")
    try prompt.terminal.wait(for: label) { $0.rows.contains { $0.contains("\(label) \(line)") } }
    prompt.terminal.press(.controlC)
    try prompt.terminal.wait(forRow: "docket>")
  }

  @Test("Up and Down move between the lines of a statement before they reach the history")
  func linesOfStatement() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    try prompt.run("share 162 of 200", showing: "81.0%")
    terminal.type("card referrals\runit case")
    terminal.press(.up, .end)
    terminal.type("2")
    try terminal.wait(for: "the first line changed") {
      $0.rows.contains("  card… card referrals2")
    }
    terminal.press(.down, .home)
    terminal.type("x")
    try terminal.wait(forRow: "        xunit case")
    terminal.press(.up, .up)
    try terminal.wait(forRow: "docket> share 162 of 200")
    terminal.press(.down)
    try terminal.wait(forRow: "        xunit case")
  }

  @Test("Backspace before the first word of a line joins it to the line above")
  func joinLines() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("card referrals\r")
    try prompt.terminal.wait(for: "a second line") { $0.cursor == (3, 8) }
    prompt.terminal.press(.backspace)
    try prompt.terminal.wait(forRow: "docket> card referrals")
    #expect(prompt.terminal.screen.cursor == (2, 22))
  }

  @Test("Alt-Enter opens a line where Enter would run the statement")
  func openLine() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("share 162 of 200")
    prompt.terminal.press(.altEnter)
    try prompt.terminal.wait(for: "a second line") { $0.cursor == (3, 8) }
  }

  @Test("help in the middle of a statement leaves the statement where it was")
  func helpAmidStatement() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    terminal.type("card referrals\r")
    try terminal.wait(for: "a second line") { $0.cursor == (3, 8) }
    terminal.type("?\r")
    try terminal.wait(for: "the statement again below the help") {
      $0.cursor.row > 5 && $0.rows.last == "  card… card referrals" && $0.cursor.column == 8
    }
    terminal.type("unit case")
    try terminal.wait(forRow: "        unit case")
  }

  @Test("a paste of several lines runs nothing by itself and is one statement")
  func paste() throws {
    let prompt = try PromptTerminal()
    let terminal = prompt.terminal
    terminal.paste("share 162 of 200\r\nshare 81 of 200\r\n")
    try terminal.wait(for: "both lines") {
      $0.rows.suffix(2) == ["docket> share 162 of 200", "share 81 of 200"]
    }
    #expect(!terminal.screen.text.contains("%"))
    try prompt.enter(showing: "81.0%")
    terminal.press(.up)
    try terminal.wait(forRow: "share 81 of 200")
  }

  @Test("a paste into the middle of a line goes where the cursor is")
  func pasteInside() throws {
    let prompt = try PromptTerminal()
    prompt.terminal.type("share  of 200")
    prompt.terminal.press(.home, .wordRight, .right)
    prompt.terminal.paste("162")
    try prompt.terminal.wait(forRow: "docket> share 162 of 200")
  }

  @Test("vi keys come from ~/.editrc, and the keys of the prompt stay")
  func vi() throws {
    let home = try TemporaryFolder()
    _ = home.write("bind -v\n", to: ".editrc")
    let prompt = try PromptTerminal(home: home)
    let terminal = prompt.terminal
    #expect(terminal.screen.rows.count == 3)
    terminal.type("sharee 16 of 200")
    terminal.press(.escape)
    try terminal.wait(for: "command mode") { $0.cursor.column == 23 }
    terminal.type("0ex")
    try terminal.wait(forRow: "docket> share 16 of 200")
    terminal.type("wea2")
    try terminal.wait(forRow: "docket> share 162 of 200")
    terminal.press(.left, .left)
    terminal.paste("\n")
    try prompt.enter(showing: "81.0%")
    terminal.press(.up)
    try terminal.wait(forRow: "docket> share 162 of 200")
    terminal.press(.controlC)
    try terminal.wait(forRow: "docket>")
    terminal.paste("1\n2")
    try terminal.wait(forRow: "2")
  }

  @Test("a bad line of ~/.editrc is named, and the lines after it count")
  func badConfiguration() throws {
    let home = try TemporaryFolder()
    _ = home.write("# keys\nbimd -v\nbind ^T ed-move-to-beg\n", to: ".editrc")
    let prompt = try PromptTerminal(home: home, columns: 120)
    #expect(prompt.terminal.screen.text.contains("/.editrc:2: "))
    prompt.terminal.type("bc\u{14}a")
    try prompt.terminal.wait(forRow: "docket> abc")
  }
}
