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

  @Test("values are listed with their counts, and one letter more is enough for one of them")
  func values() throws {
    let home = try TemporaryFolder()
    let path = home.write(
      "case,race\n1,Black\n2,White\n3,Black\n4,Native American\n", to: "cases.csv")
    let prompt = try PromptTerminal(home: home)
    let terminal = prompt.terminal
    try prompt.run("open \"\(path)\" as cases", showing: "cases: ")
    terminal.type("count cases race=\t\t")
    try terminal.wait(for: "the values and the text below them") { screen in
      ["Black 2", "White 1", "American\" 1"].allSatisfy(screen.text.contains)
        && screen.cursorRow == "docket> count cases race="
    }
    terminal.type("bl\t")
    try terminal.wait(forRow: "docket> count cases race=Black")
    terminal.type(" where race=nat\t")
    try terminal.wait(forRow: "docket> count cases race=Black where race=\"Native American\"")
  }

  @Test("fields of a dataset that a link leads to are finished with its name, and their values too")
  func linked() throws {
    let home = try TemporaryFolder()
    let cases = home.write("case,area\n1,north\n2,south\n", to: "cases.csv")
    let areas = home.write("name,side\nnorth,east\nsouth,west\n", to: "areas.csv")
    let prompt = try PromptTerminal(home: home)
    let terminal = prompt.terminal
    try prompt.run("open \"\(cases)\" as cases", showing: "cases: ")
    try prompt.run("open \"\(areas)\" as areas", showing: "areas: ")
    terminal.type("link cases.area to areas.name\r")
    try terminal.wait(forRow: "docket>")
    terminal.type("count cases by areas.\t\t")
    try terminal.wait(for: "the fields of areas alone, and the text below them") { screen in
      ["areas.name", "areas.side"].allSatisfy(screen.text.contains)
        && !screen.text.contains("before   top")
        && screen.cursorRow == "docket> count cases by areas."
    }
    terminal.type("s\t")
    try terminal.wait(forRow: "docket> count cases by areas.side")
    terminal.press(.controlU)
    terminal.type("count cases areas.side=e\t")
    try terminal.wait(forRow: "docket> count cases areas.side=east")
  }

  @Test(
    "of a large file that was not read yet the first rows' values are listed, and a rare one is found"
  )
  func firstRows() throws {
    let home = try TemporaryFolder()
    let note = String(repeating: "x", count: 200)
    var text = "case,race,note\n"
    for row in 0..<90_000 { text += "\(row),\(row % 4 == 0 ? "White" : "Black"),\(note)\n" }
    let path = home.write(text + "90000,Samoan,x\n", to: "cases.csv")
    let prompt = try PromptTerminal(home: home)
    let terminal = prompt.terminal
    try prompt.run("open \"\(path)\" as cases", showing: "cases: ")
    terminal.type("count cases race=\t\t")
    try terminal.wait(for: "the values with their shares") { screen in
      ["Black ~75%", "White ~25%"].allSatisfy(screen.text.contains)
        && screen.cursorRow == "docket> count cases race="
    }
    terminal.type("sam\t")
    try terminal.wait(forRow: "docket> count cases race=Samoan")
    terminal.type("\r")
    try terminal.wait(for: "the count") { $0.text.contains("1 row in cases with race Samoan") }
  }
}
