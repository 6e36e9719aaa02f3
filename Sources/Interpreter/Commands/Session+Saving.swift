import Diagnostics
import Engine
import Glibc
import Syntax

extension Session {
  /// `save "answer.html"`, `save session "class.docket"`
  func save(_ arguments: [Argument], _ word: Name) throws -> [Response] {
    if case .name(let first)? = arguments.first, first.key == "session" {
      guard let target = arguments.dropFirst().first else {
        throw Diagnostic(
          "expected", "`save session` needs a file in quotes", at: word.span,
          help: ["save session \"class.docket\""])
      }
      return try write(sessionScript(savedAs: target.text), to: target)
    }
    guard let target = arguments.first else {
      throw Diagnostic(
        "expected", "`save` needs a file in quotes", at: word.span,
        help: ["the form is: \(CommandWord.save.usage)"])
    }
    let answer = try answerBefore(word)
    guard let text = document(answer, target.text) else {
      throw SessionMessages.unknownEnding(target.text, at: target.span)
    }
    return try write(text, to: target)
  }

  /// The statements so far as a script; where it will lie elsewhere, its files are named in full.
  private func sessionScript(savedAs path: String) -> String {
    let isHere = Session.folder(of: Session.absolute(path, in: directory)) == directory
    let lines = isHere ? statements : statements.map { Session.inFull($0, from: directory) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The statement with the path in its quotes in full, where it opens or runs a file.
  private static func inFull(_ statement: String, from directory: String) -> String {
    guard ["open ", "run ", "population "].contains(where: statement.hasPrefix),
      let start = statement.firstIndex(of: "\"")
    else { return statement }
    let path = statement[statement.index(after: start)...].prefix { $0 != "\"" }
    guard !path.hasPrefix("/"), !path.contains("://") else { return statement }
    return statement[...start] + directory + "/" + statement[statement.index(after: start)...]
  }

  /// Writes a draft beside the target and gives it its name in one step, which fails where the name is taken.
  private func write(_ text: String, to target: Argument) throws -> [Response] {
    guard reach.writesFiles else {
      throw SessionMessages.cannotWrite(
        target.text, "a safe session writes no files", at: target.span)
    }
    let path = Session.absolute(target.text, in: directory)
    guard access(path, F_OK) != 0 else {
      throw SessionMessages.fileIsThere(target.text, at: target.span)
    }
    let draft = path + ".part"
    let file = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard file >= 0 else { throw failure(target) }
    defer { unlink(draft) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        throw failure(target)
      }
      bytes = bytes.dropFirst(count)
    }
    guard close(file) == 0 else { throw failure(target) }
    guard Glibc.link(draft, path) == 0 else {
      throw errno == EEXIST
        ? SessionMessages.fileIsThere(target.text, at: target.span) : failure(target)
    }
    return [.notice("saved \(target.text)")]
  }

  private func failure(_ target: Argument) -> Diagnostic {
    SessionMessages.cannotWrite(target.text, String(cString: strerror(errno)), at: target.span)
  }

  /// Keeps a statement that belongs into a script of this session.
  func keep(_ statement: Statement) {
    guard scripts.isEmpty else { return }
    switch statement.kind {
    case .unread: return
    case .command(let word, _) where !["note", "heading"].contains(word.key): return
    case .about(let word, _, _, _) where word.key != "expect": return
    default: statements.append(Formatter.text(of: statement))
    }
  }
}
