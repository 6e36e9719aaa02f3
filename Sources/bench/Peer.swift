import Foundation

/// Another engine that answers the suite.
struct Peer {
  struct Answer {
    let usage: Usage
    /// Nothing where what it wrote can't be read as the rows that were asked for.
    let figures: Figures?
  }

  let name: String
  /// Larger files are not put to it: it would take the bench's time.
  let mostRows: Int
  /// Asked once, not in every run.
  let isSlow: Bool
  /// The words for a question; nothing where it is not asked that.
  let words: (Question) -> String?
  let asking: Asking

  enum Asking {
    /// A program that answers one question in a process of its own: program and arguments for the
    /// words and a file.
    case process((String, CaseFile) -> [String])
    /// A program that answers the questions on its input and tells its own times, which leave the
    /// start of its interpreter out: program and arguments for a file and how often it is asked.
    case script((CaseFile, Int) -> [String])
  }

  func isAsked(of file: CaseFile) -> Bool { file.rows <= mostRows }

  /// One question, from the file; nothing where it is not asked that.
  func answer(_ question: Question, of file: CaseFile) throws -> Answer? {
    try answers([question], of: file, repeats: 1)[0]
  }

  /// Questions in one process, each several times; an answer's times are medians.
  func answers(_ questions: [Question], of file: CaseFile, repeats: Int) throws -> [Answer?] {
    switch asking {
    case .process(let command):
      return try questions.map { question in
        guard let words = words(question) else { return nil }
        let run = try checked(ChildRun(command(words, file)))
        return Answer(
          usage: run.usage, figures: Figures(json: run.output, names: question.names))
      }
    case .script(let command):
      let asked = questions.filter { words($0) != nil }
      guard !asked.isEmpty else { return questions.map { _ in nil } }
      let run = try checked(
        ChildRun(
          command(file, repeats), input: asked.compactMap(words).joined(separator: "\n") + "\n"))
      var lines = run.output.split(separator: "\n").map(String.init)[...]
      return try questions.map { question in
        guard words(question) != nil else { return nil }
        guard let line = lines.popFirst() else { throw BenchProblem("\(name) left answers out") }
        return try told(line, question, run.usage.peakBytes)
      }
    }
  }

  /// The line that `asking.py` writes.
  private func told(_ line: String, _ question: Question, _ peakBytes: Int) throws -> Answer {
    let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
    let times = parts.prefix(2).map { $0.split(separator: ",").compactMap { Double($0) } }
    guard parts.count == 3, !times[0].isEmpty else {
      throw BenchProblem("\(name) told no times but \(line.prefix(200))")
    }
    return Answer(
      usage: Usage(
        wall: times[0].median, processor: times[1].median, peakBytes: peakBytes),
      figures: Figures(json: parts[2], names: question.names))
  }

  private func checked(_ run: ChildRun) throws -> ChildRun {
    if run.status == 0 { return run }
    let last = run.complaint.split(separator: "\n").suffix(3).joined(separator: "\n")
    throw BenchProblem("\(name) could not answer: \(last)")
  }
}
