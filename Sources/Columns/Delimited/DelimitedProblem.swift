/// A file of delimited text could not be read.
package struct DelimitedProblem: Error, Hashable, Sendable {
  /// What went wrong.
  package enum Kind: Sendable {
    case notFound, unreadable, damaged, cancelled, limit
  }

  package let kind: Kind
  /// The line of the file where it was noticed, if there is one.
  package var line: Int?
  private let sentence: String

  package init(_ kind: Kind, _ message: String, line: Int? = nil) {
    self.kind = kind
    self.line = line
    sentence = message
  }

  /// One sentence without a full stop.
  package var message: String { line.map { "line \($0): \(sentence)" } ?? sentence }
}

/// What a running read may be stopped by and tells of its progress; called from many threads.
package struct ReadMonitor: Sendable {
  package let isCancelled: @Sendable () -> Bool
  package let advance: @Sendable (_ done: Int, _ total: Int) -> Void

  package init(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    advance: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.isCancelled = isCancelled
    self.advance = advance
  }
}
