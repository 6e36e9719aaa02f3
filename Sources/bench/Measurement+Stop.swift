extension Measurement {
  /// From Ctrl-C to the next prompt, and from there to the answer of another question.
  func stop(_ file: CaseFile) throws {
    say(
      """

      ## Ctrl-C, \(Text.count(file.rows)) rows, half as many groups

      Milliseconds at the prompt, in a session that has read nothing yet. `prompt`: from Ctrl-C, pressed when a quarter, \
      a half and three quarters of the time for the whole answer are over, until the prompt is there, the median and \
      the longest; `next answer`: the longest time that the count by race takes right after it, which reads its column.

      """)
    var table = Table(["question", "whole answer, s", "prompt", "longest", "next answer"])
    for question in [
      "count cases by id top 3", "table cases id by race", "total cases cost by id top 3",
      "median cases days by id top 3",
    ] {
      let whole = try docket.prompt(file).press(question + "\r", until: "docket> ")
      var stops: [Double] = []
      var answers: [Double] = []
      for quarter in 1...3 {
        let terminal = try docket.prompt(file)
        terminal.type(question + "\r")
        terminal.settle(for: whole * Double(quarter) / 4)
        let stop = try terminal.press("\u{3}", until: "docket> ")
        guard terminal.text.contains("[stopped]") else {
          say("`\(question)` was answered before Ctrl-C in one of its rounds.\n")
          continue
        }
        stops.append(stop)
        answers.append(try terminal.press("count cases by race\r", until: "share of all"))
      }
      let longest = (stops.max() ?? .nan, answers.max() ?? .nan)
      table.add([
        "`\(question)`", Text.seconds(whole), Text.milliseconds(stops.median),
        Text.milliseconds(longest.0), Text.milliseconds(longest.1),
      ])
    }
    say(table.text)
  }
}
