import Foundation

/// What a run used.
struct Usage {
  /// Seconds.
  let wall: Double
  let processor: Double
  /// Zero where it is not known.
  let peakBytes: Int
}

/// Another engine that answers the suite.
struct Peer {
  struct Answer {
    let usage: Usage
    let numbers: [Double]
  }

  let name: String
  /// Larger files are not put to it: it would take the bench's time.
  let mostRows: Int
  /// The program and arguments that answer one question, or, of loaded tables, those on its input;
  /// nothing where the engine has no words for it.
  let command: (Question?, CaseFile, _ repeats: Int) -> [String]?
  /// What is written to its input for a question.
  let words: (Question) -> String
  /// Whether it tells its own times, which leave the start of an interpreter out.
  let tellsTimes: Bool

  /// One question in a process of its own.
  func cold(_ question: Question, of file: CaseFile) throws -> Answer? {
    guard let command = command(question, file, 1) else { return nil }
    guard tellsTimes else {
      let run = try ChildRun(command)
      guard run.status == 0 else { return nil }
      return Answer(usage: run.usage, numbers: Docket.numbers(in: run.output))
    }
    return try told([question], command).first ?? nil
  }

  /// All questions of a loaded table in one process.
  func warm(_ questions: [Question], of file: CaseFile, repeats: Int) throws -> [Answer?] {
    guard let command = command(nil, file, repeats) else { return questions.map { _ in nil } }
    return try told(questions, command)
  }

  /// A line for each question: seconds, processor seconds, numbers.
  private func told(_ questions: [Question], _ command: [String]) throws -> [Answer?] {
    let run = try ChildRun(
      command, input: questions.map(words).joined(separator: "\n") + "\n")
    let lines = run.output.split(separator: "\n").map(String.init)
    return questions.indices.map { index in
      guard index < lines.count else { return nil }
      let parts = lines[index].split(separator: "\t", omittingEmptySubsequences: false)
      let times = parts.prefix(2).map { $0.split(separator: ",").compactMap { Double($0) } }
      guard times.count == 2, !times[0].isEmpty else { return nil }
      return Answer(
        usage: Usage(
          wall: times[0].median, processor: times[1].median, peakBytes: run.peakBytes),
        numbers: parts.count > 2 ? parts[2].split(separator: " ").compactMap { Double($0) } : [])
    }
  }
}
