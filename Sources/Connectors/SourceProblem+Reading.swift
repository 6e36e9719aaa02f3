internal import Columns
internal import Engine

extension SourceProblem {
  /// What a reader found wrong with a file, in the words of the person who asked.
  init(_ problem: DelimitedProblem, of path: String) {
    let kind: Kind =
      switch problem.kind {
      case .notFound: .notFound
      case .unreadable: .unreadable
      case .damaged: .damaged
      case .cancelled: .cancelled
      case .limit: .limit
      }
    self.init(kind, problem.line == nil ? problem.message : "\(path), \(problem.message)")
  }

  /// The problem as the person knows the file, who wrote another name for it than was opened.
  func naming(_ known: String, for opened: String) -> SourceProblem {
    SourceProblem(
      kind, message.replacing(opened, with: known),
      help: help.map { $0.replacing(opened, with: known) })
  }
}

extension ReadMonitor {
  /// Lets a reader be stopped by the run of a question, and tell it of its progress.
  init(_ run: any RunMonitor) {
    self.init(
      isCancelled: { run.isCancelled }, advance: { run.advance(done: $0, of: $1) })
  }
}
