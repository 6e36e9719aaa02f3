extension Measurement {
  /// Times of Docket for one question where its columns are there already.
  private struct OwnTimes {
    var new: [Double] = []
    var again: [Double] = []
    var second: [Double] = []
    var answer = ""
  }

  /// Each question where the columns are in memory already.
  func warm(_ file: CaseFile) throws {
    let questions = options.questions
    let peers = peers.warm.filter { $0.isAsked(of: file) }
    describeWarm(file)
    var own = [OwnTimes](repeating: OwnTimes(), count: questions.count)
    var theirs = [[[Peer.Answer]]](
      repeating: [[Peer.Answer]](repeating: [], count: questions.count), count: peers.count)
    for run in 0..<options.runs {
      for (index, question) in questions.enumerated() { try ask(question, of: file, &own[index]) }
      for (place, peer) in peers.enumerated() where run == 0 || !peer.isSlow {
        for (index, answer) in try peer.answers(questions, of: file, repeats: 3).enumerated() {
          if let answer { theirs[place][index].append(answer) }
        }
      }
    }
    var table = Table(
      ["question", "new", "again", "second session"] + peers.flatMap { [$0.name, "ratio"] }
        + ["agrees"])
    var ratios = [(new: [Double], again: [Double])](repeating: ([], []), count: peers.count)
    for (index, question) in questions.enumerated() {
      let times = own[index]
      let time = times.new.median
      var cells = [
        question.name, Text.milliseconds(time), Text.milliseconds(times.again.median),
        Text.milliseconds(times.second.median),
      ]
      for place in peers.indices {
        let wall = theirs[place][index].map(\.usage.wall).median
        if wall.isFinite {
          ratios[place].new += [time / wall].filter(\.isFinite)
          ratios[place].again += [times.again.median / wall].filter(\.isFinite)
        }
        cells += [Text.milliseconds(wall), Text.ratio(time, wall)]
      }
      let answers = peers.indices.flatMap { place in
        theirs[place][index].suffix(1).map { (name: peers[place].name, figures: $0.figures) }
      }
      let figures = question.reading.figures(in: times.answer)
      table.add(cells + [verdicts.judge("\(question.name), warm", figures, answers)])
    }
    say(table.text + "\n")
    for (place, peer) in peers.enumerated() {
      Text.summary(ratios[place].new, peer.name)
      Text.summary(ratios[place].again, peer.name, of: "`again`")
    }
  }

  private func describeWarm(_ file: CaseFile) {
    say(
      """

      ### From memory, \(Text.count(file.rows)) rows

      Milliseconds. `new`: one process has read the question's columns (`list cases race, method limit 10001`), then is asked it; from the \
      end of the answer before to the end of this one, as they come through the pipe: parsing, counting and \
      writing JSON are in it. `again`: the same asked twice more. `second session`: a new process from start \
      to end, its columns from the copies on disk that an earlier one kept; its answer is compared too. Peers hold \
      the loaded table and tell the time of a question inside their own process, the median of three. Ratios are those of `new`. `list` has all twelve columns \
      in memory here, and reads none that it only shows in a second session.

      """)
  }

  private func ask(_ question: Question, of file: CaseFile, _ times: inout OwnTimes) throws {
    // Answers that were read at once are asked for anew, a few times.
    for _ in 0..<5 {
      let session = try docket.session(question, of: file, repeats: 3)
      times.answer = session.answer
      times.again += session.times.dropFirst().compactMap(\.self)
      guard let new = session.times[0] else { continue }
      times.new.append(new)
      break
    }
    if times.second.isEmpty { _ = try docket.kept(question, of: file) }
    let second = try docket.kept(question, of: file)
    times.second.append(second.usage.wall)
    let figures = question.reading.figures(in: second.output)
    _ = verdicts.judge(
      "\(question.name), second session", figures,
      [(name: "the first session", figures: question.reading.figures(in: times.answer))])
  }
}
