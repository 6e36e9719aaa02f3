import Foundation

/// The program that is measured.
struct Docket {
  let path: String

  func cold(_ question: Question, of file: CaseFile) throws -> ChildRun {
    try ChildRun([path, "--set", "cache=off", "--format", "json", "-c", question.docket, file.path])
  }

  /// What it calls itself.
  var version: String {
    let text = (try? ChildRun([path, "--version"]))?.output ?? ""
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A question asked several times in one process that has read its columns before, but never
  /// together: the seconds of each answer.
  func session(_ question: Question, of file: CaseFile, repeats: Int) throws -> (
    times: [Double], run: ChildRun
  ) {
    let reading = question.columns.map { "count cases unit \($0)" }
    var command = [path, "--set", "cache=\(keeping)", "--format", "json"]
    for text in reading + Array(repeating: question.docket, count: repeats) {
      command += ["-c", text]
    }
    let run = try ChildRun(command + [file.path])
    let ends = run.answerTimes
    guard ends.count == reading.count + repeats else { return ([], run) }
    let times = zip(ends, [0] + ends).map { $0 - $1 }
    return (Array(times.dropFirst(reading.count)), run)
  }

  /// Whether columns come from copies that an earlier session kept.
  private var keeping: String { "on" }

  /// Whether this program keeps copies of columns at all.
  func keepsCopies(of file: CaseFile) throws -> Bool { true }

  /// A process of its own whose columns an earlier one has kept.
  func second(_ question: Question, of file: CaseFile) throws -> ChildRun {
    try ChildRun([path, "--set", "cache=on", "--format", "json", "-c", question.docket, file.path])
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
