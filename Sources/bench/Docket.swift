import Foundation

/// The program that is measured.
struct Docket {
  let path: String

  func cold(_ question: Question, of file: CaseFile) throws -> ChildRun {
    try ChildRun([path, "--set", "cache=off", "--format", "json", "-c", question.docket, file.path])
  }

  /// The same question several times in one process: the seconds of each answer.
  func session(_ question: Question, of file: CaseFile, repeats: Int, cache: String) throws -> (
    times: [Double], run: ChildRun
  ) {
    var command = [path, "--set", "cache=\(cache)", "--format", "jsonl"]
    for _ in 0..<repeats { command += ["-c", question.docket] }
    let run = try ChildRun(command + [file.path])
    // An answer is one or several lines, all alike from answer to answer.
    let lines = run.lineTimes.count / repeats
    guard lines > 0 else { return ([], run) }
    let ends = (1...repeats).map { run.lineTimes[$0 * lines - 1] }
    return (zip(ends, [0] + ends).map { $0 - $1 }, run)
  }

  /// Every number in the text of an answer.
  static func numbers(in text: String) -> [Double] {
    text.split { !($0.isNumber || $0 == "." || $0 == "-" || $0 == "e" || $0 == "+") }
      .compactMap { Double($0) }
  }

  /// Whether each number is among those of the answer, to nine digits.
  static func holds(_ numbers: [Double], in text: String) -> Bool {
    let own = Docket.numbers(in: text).sorted()
    return numbers.allSatisfy { number in
      let slack = max(1e-9, abs(number) * 1e-9)
      let place = own.firstIndex { $0 >= number - slack } ?? own.count
      return place < own.count && own[place] <= number + slack
    }
  }
}
