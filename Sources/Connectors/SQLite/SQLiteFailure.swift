internal import CSQLite
internal import Engine

/// What SQLite said went wrong, by its extended code.
struct SQLiteFailure: Error {
  let code: Int32
  let message: String

  init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  init(_ handle: OpaquePointer) {
    code = sqlite3_extended_errcode(handle)
    message = String(cString: sqlite3_errmsg(handle))
  }

  private var primary: Int32 { code & 0xFF }

  /// Whether a database with a log beside it could not be opened for want of writing in its folder.
  var mayBeImmutable: Bool { primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN }

  /// Whether the statement and not the file is what SQLite could not do.
  var isOfStatement: Bool {
    [SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_RANGE].contains(primary)
  }

  /// `SQLITE_READONLY_ROLLBACK`: a journal is left that only a writer can play back.
  private var isUnfinished: Bool { code == SQLITE_READONLY | (3 << 8) }

  /// The problem in the words of the person who asked.
  func said(of path: String) -> SourceProblem {
    switch primary {
    case SQLITE_NOTADB:
      return SourceProblem(
        .unreadable, "\(path) is no SQLite database, or it is encrypted",
        help: ["a text file is opened by its ending: .csv, .tsv, .json"])
    case SQLITE_CORRUPT:
      return SourceProblem(
        .damaged, "\(path) is damaged: \(message)",
        help: ["restore it from a copy, or save what is left: sqlite3 FILE .recover"])
    case SQLITE_BUSY, SQLITE_LOCKED:
      return SourceProblem(
        .timeout, "another program is writing to \(path)",
        help: ["ask again when it has finished, or open a copy"])
    case SQLITE_INTERRUPT:
      return SourceProblem(.cancelled, "stopped while reading \(path)")
    case SQLITE_PERM, SQLITE_AUTH:
      return SourceProblem(.refused, "\(path) may not be read by this account")
    case SQLITE_READONLY:
      return SourceProblem(
        .refused,
        isUnfinished
          ? "a program that was writing to \(path) did not finish"
          : "\(path) is opened for reading only",
        help: isUnfinished
          ? ["open it once with sqlite3, which puts it right, or open a copy"] : [])
    case SQLITE_IOERR:
      return SourceProblem(.damaged, "\(path) can't be read to its end: \(message)")
    case SQLITE_NOMEM, SQLITE_TOOBIG, SQLITE_FULL:
      return SourceProblem(.limit, "reading \(path) needs more memory than there is")
    default:
      return SourceProblem(.unreadable, "\(path) can't be read: \(message)")
    }
  }
}
