extension Measurement {
  /// Each question in a process of its own, straight from the CSV.
  func cold(_ file: CaseFile) throws {
    let isHuge = file.rows > 10_000_000
    let runs = isHuge ? 1 : options.runs
    let peers = peers.cold.filter { $0.isAsked(of: file) }
    let left = self.peers.cold.filter { !$0.isAsked(of: file) }.map(\.name)
    let slow = peers.filter(\.isSlow).map(\.name)
    say("\n### From the CSV, \(Text.count(file.rows)) rows\n")
    say(
      "Seconds (processor seconds) and peak memory of a process for each question."
        + (slow.isEmpty ? "" : " Asked once: \(slow.joined(separator: ", ")).")
        + (left.isEmpty ? "" : " Not asked of so many rows: \(left.joined(separator: ", "))."))
    say("")
    var table = Table(["question", "Docket"] + peers.flatMap { [$0.name, "ratio"] } + ["agrees"])
    var ratios = [(wall: [Double], processor: [Double])](repeating: ([], []), count: peers.count)
    // What stands beside the suite counts in no mean.
    let beside = options.only.isEmpty ? [Question.firstRows] : []
    for (index, question) in (options.questions + beside).enumerated() {
      var own: [ChildRun] = []
      var theirs = [[Peer.Answer]](repeating: [], count: peers.count)
      for run in 0..<runs {
        own.append(try docket.cold(question, of: file))
        for (place, peer) in peers.enumerated() where run == 0 || !peer.isSlow {
          if let answer = try peer.answer(question, of: file) { theirs[place].append(answer) }
        }
      }
      var cells = [question.name, Text.used(own.map(\.usage))]
      let wall = own.map(\.usage.wall).median
      for (place, answers) in theirs.enumerated() {
        let other = answers.map(\.usage.wall).median
        if other.isFinite, index < options.questions.count {
          ratios[place].wall.append(wall / other)
          ratios[place].processor.append(
            own.map(\.usage.processor).median / answers.map(\.usage.processor).median)
        }
        cells += [Text.used(answers.map(\.usage)), Text.ratio(wall, other)]
      }
      let answers = zip(peers, theirs).flatMap { peer, answers in
        answers.suffix(1).map { (name: peer.name, figures: $0.figures) }
      }
      let figures = own.last.flatMap { question.reading.figures(in: $0.output) }
      table.add(cells + [verdicts.judge(question.name, figures, answers)])
    }
    say(table.text + "\n")
    for (peer, ratios) in zip(peers, ratios) {
      Text.summary(ratios.wall, peer.name)
      Text.summary(ratios.processor, peer.name, of: "processor time")
    }
  }
}
