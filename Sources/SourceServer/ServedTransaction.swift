/// The words that begin, end and undo a transaction that reads one state of the data.
package struct ServedTransaction: Sendable {
  package let begin: String
  package let end: String
  package let undo: String

  package init(begin: String, end: String, undo: String) {
    self.begin = begin
    self.end = end
    self.undo = undo
  }

  /// The work inside the transaction.
  ///
  /// - Parameter run: runs a statement without a result.
  /// Errors: those of the work, and of running.
  package func around<Result>(_ run: (String) throws -> Void, _ work: () throws -> Result) throws
    -> Result
  {
    try run(begin)
    do {
      let result = try work()
      try run(end)
      return result
    } catch {
      // The work's own error is the one to tell; a transaction that only read has nothing to lose.
      try? run(undo)
      throw error
    }
  }
}
