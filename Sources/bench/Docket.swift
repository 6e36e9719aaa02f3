import Foundation

/// The program that is measured.
struct Docket {
  let path: String
  /// Where it keeps copies of columns and history, and looks for a start file; a user's own are left alone.
  private let environment: [String: String]

  /// - Parameter threads: how many work on a question; nothing leaves it to the program.
  init(path: String, folder: String, threads: Int? = nil) {
    self.path = path
    var environment = [
      "XDG_CACHE_HOME": folder + "/cache", "XDG_CONFIG_HOME": folder + "/home",
      "XDG_STATE_HOME": folder + "/home", "NO_COLOR": "1",
    ]
    if let threads { environment["DOCKET_THREADS"] = String(threads) }
    self.environment = environment
  }

  /// The program as it is installed, with Swift's libraries linked in, built where that is not done yet.
  ///
  /// It is copied to the folder as `make install` copies it: the file that a linker has written bit by bit lies in
  /// memory in small pieces, and starts a tenth slower.
  static func installed(from project: String, in folder: String) throws -> String {
    let program = folder + "/docket"
    let copy = try ChildRun(["install", "-m", "755", built(in: project), program])
    guard copy.status == 0 else {
      throw BenchProblem("docket could not be copied: \(copy.complaint)")
    }
    return program
  }

  private static func built(in project: String) throws -> String {
    // SCRATCH/TRIPLE/release/bench
    let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    var scratch = products.deletingLastPathComponent().deletingLastPathComponent()
    // Both ways of linking in one folder would make each build undo the other.
    if libraries.contains("libswiftCore.so") { scratch.append(path: "static") }
    let build = [
      "swift", "build", "-c", "release", "--package-path", project, "--scratch-path", scratch.path,
      "--product", "docket", "--static-swift-stdlib",
    ]
    tell("building docket as it is installed")
    let run = try ChildRun(build)
    guard run.status == 0 else {
      throw BenchProblem("docket could not be built: \((run.output + run.complaint).suffix(1000))")
    }
    let place = try ChildRun(build + ["--show-bin-path"]).output
    return place.trimmingCharacters(in: .whitespacesAndNewlines) + "/docket"
  }

  /// What this process has loaded.
  private static var libraries: String {
    (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
  }

  /// What it calls itself.
  var version: String {
    let text = (try? ChildRun([path, "--version"]))?.output ?? ""
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A process that reads what it needs from the file, without copies of columns.
  func cold(_ question: Question, of file: CaseFile) throws -> ChildRun {
    try ask(question.setting + [question.docket], of: file, cache: "off")
  }

  /// A process that takes columns from copies that an earlier one has kept, and keeps those that it
  /// has to read.
  func kept(_ question: Question, of file: CaseFile) throws -> ChildRun {
    try ask(question.setting + [question.docket], of: file, cache: "on")
  }

  /// Asks questions in one process; its first complaint is a problem.
  func ask(_ questions: [String], of file: CaseFile, cache: String) throws -> ChildRun {
    let command = [path, "-X", "--set", "cache=\(cache)", "--format", "json"]
    let run = try ChildRun(
      command + questions.flatMap { ["-c", $0] } + [file.path], environment: environment)
    guard run.status == 0 else {
      throw BenchProblem("docket did not answer \(questions): \(run.complaint)")
    }
    return run
  }

  /// A question asked several times in one process that has its columns in memory, but has put none
  /// of them together before: seconds of each answer, nothing for those whose times can't be told
  /// apart, and the last answer.
  func session(_ question: Question, of file: CaseFile, repeats: Int) throws -> (
    times: [Double?], answer: String
  ) {
    let questions = [Docket.reading(question)] + Array(repeating: question.docket, count: repeats)
    let run = try ask(question.setting + questions, of: file, cache: "on")
    let ends = run.answerTimes
    guard ends.count == questions.count else {
      throw BenchProblem("docket gave \(ends.count) answers to \(questions)")
    }
    let times = zip(ends.dropFirst(), ends).map { end, begin in
      begin.flatMap { begin in end.map { $0 - begin } }
    }
    return (times, Docket.answers(in: run.output).last ?? "")
  }

  /// A statement that reads the columns of a question and counts none: of fewer rows the program would go to these in
  /// the file, and read no column.
  static func reading(_ question: Question) -> String {
    "list cases \(question.columns.joined(separator: ", ")) limit 10001"
  }

  /// Answers in JSON that stand below each other.
  static func answers(in output: String) -> [String] {
    var answers: [String] = []
    var answer = ""
    for line in output.split(separator: "\n") {
      answer += line + "\n"
      guard line.hasPrefix("  \"receipt\":") else { continue }
      answers.append(answer)
      answer = ""
    }
    return answers
  }

  /// The prompt in a terminal of its own; without a file the program is started by its name alone.
  func prompt(_ file: CaseFile?) throws -> Terminal {
    let options = ["-X", "--pager", "never", "--set", "cache=off"]
    return try Terminal(
      [path] + (file.map { options + [$0.path] } ?? []), environment: environment, until: "docket> "
    )
  }
}
