package import Diagnostics
import Engine
import Glibc
import Syntax

extension Session {
  /// Scripts that run each other, at most this deep: deeper is a circle, or no one can follow it.
  private static let scriptDepth = 16

  /// `run "report.docket" year=2021`
  func runScript(_ arguments: [Argument], _ word: Name) throws -> [Response] {
    guard case .text(let path, let span)? = arguments.first else {
      throw Diagnostic("expected", "`run` needs a script in quotes", at: word.span)
    }
    var given: [String: String] = [:]
    for case .setting(let name, let value) in arguments { given[name.key] = value }
    let full = Session.absolute(path, in: directory)
    let source = SourceText(
      try Session.text(ofFile: full, written: path, at: span), name: path)
    // Answers are said as they come, so that none is lost where the script is stopped; what may end it is
    // said by the one that runs it, unless more follows.
    var ending: Response?
    _ = try run(source.text, of: path, given: given, at: span) { response in
      // What a script's definitions have to say is of no interest to the one who runs it.
      if case .notice = response { return }
      if let ending { speaker?(ending) }
      ending = nil
      switch response {
      case .failed, .farewell: ending = response
      case .problem(let problem):
        ending = .problem(Session.located(problem, in: source, of: path, at: span))
      default: speaker?(response)
      }
    }
    if case .problem(let problem)? = ending { throw problem }
    return ending.map { [$0] } ?? []
  }

  /// A problem of a script, at the statement that runs this.
  private static func located(
    _ problem: Diagnostic, in source: SourceText, of path: String, at span: Span
  ) -> Diagnostic {
    var located = problem
    if let inner = problem.span {
      let (line, column) = source.position(of: inner.lower)
      located.message = "\(path):\(line):\(column): \(problem.message)"
    }
    located.span = span
    located.edits = []
    return located
  }

  /// Runs the statements of a file; paths inside it begin where it lies.
  package func run(
    script path: String, given: [String: String] = [:], at span: Span? = nil,
    each: (Response) -> Void = { _ in }
  ) throws -> Transcript {
    let text = try Session.text(
      ofFile: Session.absolute(path, in: directory), written: path, at: span)
    return try run(text, of: path, given: given, at: span, each: each)
  }

  /// Runs the text of a script as if it stood in the file of that path.
  package func run(
    _ text: String, of path: String, given: [String: String] = [:], at span: Span? = nil,
    each: (Response) -> Void = { _ in }
  ) throws -> Transcript {
    try checkParameters(given, in: text, at: span)
    if scripts.isEmpty {
      let settings = given.sorted { $0.key < $1.key }.map {
        " \($0.key)=\(Formatter.word($0.value))"
      }
      statements.append("run \(Formatter.quoted(path))" + settings.joined())
    } else {
      scriptsRun.append(
        SourceNote(name: path, fingerprint: "sha256:" + Digest.sha256(text), card: "script"))
    }
    return try inScript(path, given: given, at: span) {
      respond(to: text, name: path, each: each)
    }
  }

  /// Does something as part of a script: paths begin where it lies, and parameters have the values given.
  func inScript<Result>(
    _ path: String, given: [String: String], at span: Span?, _ body: () throws -> Result
  ) throws -> Result {
    let full = Session.absolute(path, in: directory)
    guard !scripts.contains(full), scripts.count < Session.scriptDepth else {
      throw Diagnostic("script-circle", "\(path) is running already", at: span)
    }
    let (directory, parameters) = (self.directory, self.parameters)
    scripts.append(full)
    self.parameters.merge(given) { $1 }
    self.directory = Session.folder(of: full)
    defer {
      scripts.removeLast()
      self.directory = directory
      self.parameters = parameters
    }
    return try body()
  }

  /// A path as seen from a directory.
  package static func absolute(_ path: String, in directory: String) -> String {
    path.hasPrefix("/") ? path : directory + "/" + path
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// A text file of at most the length that statements may have.
  package static func text(ofFile full: String, written path: String, at span: Span?) throws
    -> String
  {
    guard let file = fopen(full, "r") else {
      throw Diagnostic("no-file", "there is no file \(path)", at: span)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= SyntaxLimits.textBytes {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard ferror(file) == 0 else {
      throw Diagnostic("no-file", "\(path) can't be read", at: span)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
