import Connectors
package import Diagnostics
import Engine
import Syntax

/// Finds what would go wrong in a script before a row is read: what can't be understood, names that
/// nothing has, clauses that are missing. Files are opened for the names of their fields alone.
package final class ScriptCheck {
  private let session: Session
  /// Names whose definition failed, or is out of reach: what is said of them can't be judged.
  private var unjudged: Set<String> = []
  private var files: [(source: SourceText, problems: [Diagnostic])] = []

  /// The problems of a script and of those that it runs, file by file; none where nothing is wrong.
  ///
  /// Errors: a `Diagnostic` where the file can't be read.
  package static func problems(
    ofFile path: String, in directory: String
  ) throws -> [(source: SourceText, problems: [Diagnostic])] {
    let check = ScriptCheck(directory)
    try check.read(path, at: nil)
    return check.files
  }

  private init(_ directory: String) {
    session = Session(directory: directory, readsRows: false)
  }

  private func read(_ path: String, given: [String: String] = [:], at span: Span?) throws {
    let text = try Session.text(
      ofFile: Session.absolute(path, in: session.directory), written: path, at: span)
    try session.checkParameters(given, in: text, at: span)
    try session.inScript(path, given: given, at: span) { judge(SourceText(text, name: path)) }
  }

  private func judge(_ source: SourceText) {
    let parsed = Parser.parse(
      source, vocabulary: session.vocabulary, values: session.parameterValues)
    var problems = parsed.problems
    for statement in parsed.statements {
      guard let problem = problem(of: statement) else { continue }
      unjudged.formUnion(statement.kind.namesDefined)
      if !isUnjudged(problem, in: source) { problems.append(problem) }
    }
    if !problems.isEmpty {
      problems.sort { ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0) }
      files.append((source, problems))
    }
  }

  /// The first problem of a statement, as far as it shows without rows.
  private func problem(of statement: Statement) -> Diagnostic? {
    do {
      switch statement.kind {
      case .unread: break
      case .open(let path, _, let name)
      where path.contains("://")
        || SourceCatalogue.isBeyond(path, relativeTo: session.directory):
        unjudged.insert(name?.key ?? ScriptCheck.key(ofDatasetIn: path))
      case .let(let name, .ask(let ask)):
        session.nameWithoutAnswer(name)
        _ = try session.answered(ask)
      case .command(let word, let arguments): try check(word, arguments)
      case .about(_, _, let ask?, _): _ = try session.answered(ask)
      default: _ = try session.respond(to: statement)
      }
      return nil
    } catch let problem as Diagnostic {
      return problem
    } catch let problem as SourceProblem {
      return Session.diagnostic(of: problem, at: statement.span)
    } catch is RowsNotRead {
      // Everything before the first row was right.
      return nil
    } catch {
      return Diagnostic("unexpected-failure", "\(error)", at: statement.span)
    }
  }

  /// Commands that name something; others are about answers, which there are none of.
  private func check(_ word: Name, _ arguments: [Argument]) throws {
    switch CommandWord(rawValue: word.key) {
    case .run?:
      guard case .text(let path, let span)? = arguments.first else {
        _ = try session.command(word, arguments)
        return
      }
      var given: [String: String] = [:]
      for case .setting(let name, let value) in arguments { given[name.key] = value }
      try read(path, given: given, at: span)
    case .note?, .heading?, .describe?, .fields?, .values?, .source?, .how?, .help?:
      _ = try session.command(word, arguments)
    default: break
    }
  }

  /// Whether a problem is about a name that can't be judged, or about what only rows can tell.
  private func isUnjudged(_ problem: Diagnostic, in source: SourceText) -> Bool {
    if ScriptCheck.ofRows.contains(problem.id) || problem.id == "nothing-asked" { return true }
    guard problem.id.hasPrefix("unknown-"), let span = problem.span else { return false }
    let key = Name.key(of: source.slice(span))
    return unjudged.contains { key == $0 || key.hasPrefix($0 + ".") }
  }

  fileprivate static func key(ofDatasetIn path: String) -> String {
    Name.key(of: SourceCatalogue.name(ofPath: path))
  }

  /// Problems of verbs that depend on a field's type, which is known from its texts alone, or on rows.
  private static let ofRows: Set<String> = [
    "no-people", "not-a-number-field", "order-of-text", "wrong-kind",
  ]
}

extension Statement.Kind {
  /// The keys of the names that a definition gives.
  fileprivate var namesDefined: [String] {
    switch self {
    case .open(let path, _, let name): [name?.key ?? ScriptCheck.key(ofDatasetIn: path)]
    case .cohort(let name, _, _), .field(let name, _, _), .guideline(let name, _, _, _),
      .let(let name, _), .param(let name, _):
      [name.key]
    case .population(let node): [node.name.key]
    case .stages(_, let nodes): nodes.map(\.name.key)
    default: []
    }
  }
}
