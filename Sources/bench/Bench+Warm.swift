import Foundation

extension Bench {
  /// Each question where the columns are in memory already.
  ///
  /// A process for each question and run reads the columns, then is asked: the first time the
  /// combination of columns is new to it, later it has been counted.
  func warm(_ file: CaseFile) throws {
    guard options.sections.contains("warm") else { return }
    let peers = peers.warm.filter { file.rows <= $0.mostRows }
    say(
      """

      ### Columns loaded

      Milliseconds of one answer. `new`: the columns of the question were read, but never together; \
      `again`: the question was asked before; `new process`: from start to end, columns from the \
      copies that an earlier session kept. Peers hold the loaded table; their times are those \
      inside their own process. Ratios are those of `new`.

      """)
    var new = [[Double]](repeating: [], count: options.questions.count)
    var again = new
    var processes = new
    var runs = [ChildRun?](repeating: nil, count: options.questions.count)
    var theirs = [[[Peer.Answer]]](
      repeating: [[Peer.Answer]](repeating: [], count: options.questions.count), count: peers.count)
    for _ in 0..<options.runs {
      for (index, question) in options.questions.enumerated() {
        let session = try docket.session(question, of: file, repeats: 3)
        if let first = session.times.first { new[index].append(first) }
        again[index] += session.times.dropFirst()
        runs[index] = session.run
        if try docket.keepsCopies(of: file) {
          processes[index].append(try docket.second(question, of: file).wall)
        }
      }
      for (place, peer) in peers.enumerated() {
        let answers = try peer.warm(options.questions, of: file, repeats: 3)
        for (index, answer) in answers.enumerated() {
          if let answer { theirs[place][index].append(answer) }
        }
      }
    }
    var table = Table(
      ["question", "new", "again", "new process"] + peers.flatMap { [$0.name, "ratio"] }
        + ["agrees"])
    var ratios = [[Double]](repeating: [], count: peers.count)
    var ratiosAgain = ratios
    for (index, question) in options.questions.enumerated() {
      let time = new[index].median
      var cells = [
        question.name, Text.milliseconds(time), Text.milliseconds(again[index].median),
        Text.milliseconds(processes[index].median),
      ]
      for place in peers.indices {
        let wall = theirs[place][index].map(\.usage.wall).median
        if wall.isFinite, time.isFinite {
          ratios[place].append(time / wall)
          ratiosAgain[place].append(again[index].median / wall)
        }
        cells += [Text.milliseconds(wall), Text.ratio(time, wall)]
      }
      let answers = peers.indices.map { (peers[$0].name, theirs[$0][index].last?.numbers) }
      table.add(cells + [Text.agreement(runs[index], answers)])
    }
    say(table.text + "\n")
    for (place, peer) in peers.enumerated() {
      Text.summary(ratios[place], peer.name)
      Text.summary(ratiosAgain[place], "\(peer.name), asked again")
    }
  }
}
