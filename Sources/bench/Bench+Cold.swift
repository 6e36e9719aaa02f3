import Foundation

extension Bench {
  /// Each question in a process of its own, straight from the CSV. Returns the runs of the first
  /// question.
  func cold(_ file: CaseFile) throws -> [ChildRun] {
    guard options.sections.contains("cold") else { return [] }
    let peers = peers.cold.filter { file.rows <= $0.mostRows }
    let left = self.peers.cold.filter { file.rows > $0.mostRows }.map(\.name)
    say(
      "\n### From the CSV\n\nSeconds (processor seconds), medians of \(options.runs) runs, each in "
        + "a process of its own"
        + (left.isEmpty
          ? ".\n" : "; \(left.joined(separator: " and ")) not asked of so many rows.\n"))
    var table = Table(
      ["question", "Docket", "peak"] + peers.flatMap { [$0.name, "peak", "ratio"] } + ["agrees"])
    var ratios = [[Double]](repeating: [], count: peers.count)
    var first: [ChildRun] = []
    for (index, question) in options.questions.enumerated() {
      var own: [ChildRun] = []
      var theirs = [[Peer.Answer]](repeating: [], count: peers.count)
      for _ in 0..<options.runs {
        own.append(try docket.cold(question, of: file))
        for (place, peer) in peers.enumerated() {
          if let answer = try peer.cold(question, of: file) { theirs[place].append(answer) }
        }
      }
      if index == 0 { first = own }
      var cells = [question.name, Text.seconds(own.map(\.usage)), Text.peak(own.map(\.usage))]
      let wall = own.map(\.wall).median
      for (place, answers) in theirs.enumerated() {
        let other = answers.map(\.usage.wall).median
        if other.isFinite { ratios[place].append(wall / other) }
        cells += [
          Text.seconds(answers.map(\.usage)), Text.peak(answers.map(\.usage)),
          Text.ratio(wall, other),
        ]
      }
      let answers = zip(peers, theirs).map { ($0.name, $1.last?.numbers) }
      table.add(cells + [Text.agreement(own.last, answers)])
    }
    say(table.text + "\n")
    for (peer, ratios) in zip(peers, ratios) { Text.summary(ratios, peer.name) }
    return first
  }
}
