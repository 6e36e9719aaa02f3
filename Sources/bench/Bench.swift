import ArgumentParser
import Foundation

/// Docket against the engines that people would use instead, on one machine in one run.
///
/// What it prints is Markdown. Engines take turns within a run, so that a busy moment of the machine
/// falls on all of them: ratios hold where times do not.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract:
      "Docket against the engines that people would use instead, on one machine in one run.",
    discussion: """
      Sections: \(Section.allCases.map { "\($0.rawValue) (\($0.sentence))" }.joined(separator: ", ")). \
      All but coverage, unless some are named. An answer that is not a peer's ends it with exit code 1.
      """)

  @Argument(help: "What to measure.")
  var sections = Section.allCases.filter { $0 != .coverage }

  @Option(help: "Sizes of the case file, such as 100k,1m.", transform: RowCount.list)
  var rows = [100_000, 1_000_000, 10_000_000]

  @Flag(help: "A file of 100 million rows too, 13 GB.")
  var large = false

  @Option(help: "How often each question is asked.")
  var runs = 3

  @Option(help: "Only questions whose name holds these words.")
  var only = ""

  @Option(help: "Where case files and peers are kept and found again.")
  var folder = NSTemporaryDirectory() + "docket-bench"

  @Option(help: "The program to measure; built, unless one is named.")
  var docket: String?

  @Flag(help: "Get the peers that pip and Debian have, and end.")
  var installPeers = false

  func validate() throws {
    guard runs > 0 else { throw ValidationError("--runs has to be at least 1") }
    guard rows.allSatisfy({ $0 > 0 }) else { throw ValidationError("--rows has to be above 0") }
  }

  func run() throws {
    do {
      let project = FileManager.default.currentDirectoryPath
      guard FileManager.default.fileExists(atPath: project + "/Tests/Benchmarks/Peers") else {
        throw BenchProblem("bench is run from the folder that holds Package.swift")
      }
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let folder = URL(filePath: folder).standardizedFileURL.path
      if installPeers { return try Peers.install(in: folder, project: project) }
      if sections.contains(.coverage) { say(Coverage.table()) }
      if sections == [.coverage] { return }
      let program = try docket ?? Docket.installed(from: project, in: folder)
      try Measurement(self, Docket(path: program, folder: folder), project: project).run()
    } catch let problem as BenchProblem {
      tell("\(problem)")
      throw ExitCode(1)
    }
  }

  var questions: [Question] {
    Question.suite.filter { only.isEmpty || $0.name.contains(only) }
  }

  var sizes: [Int] { rows + (large ? [100_000_000] : []) }
}

/// A part of what is measured.
enum Section: String, CaseIterable, ExpressibleByArgument {
  case cold, warm, ids, growth, packed, quoted, start, completion, stop, coverage

  var sentence: String {
    switch self {
    case .cold: "the suite from the CSV"
    case .warm: "the suite from memory, and through copies on disk"
    case .ids: "a field with 5 million values"
    case .growth: "time and memory by rows and columns"
    case .packed: "gzip"
    case .quoted: "line breaks in every field"
    case .start: "the first prompt and the first answer"
    case .completion: "lists after Tab"
    case .stop: "the prompt after Ctrl-C"
    case .coverage: "how often intervals hold the truth"
    }
  }
}

/// Numbers of rows as they are written: `100k`, `10m`.
enum RowCount {
  static func list(_ text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      let factor = ["k": 1000, "m": 1_000_000][word.suffix(1).lowercased()]
      guard let count = Int(factor == nil ? word : word.dropLast()),
        case (let rows, let isTooLarge) = count.multipliedReportingOverflow(by: factor ?? 1),
        !isTooLarge
      else { throw ValidationError("\(word) is no number of rows; they are written 100k or 10m") }
      return rows
    }
  }
}
