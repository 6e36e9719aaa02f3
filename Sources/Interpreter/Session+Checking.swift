import Columns
import Connectors
package import Diagnostics
import Engine
import Syntax
import Verbs

extension Session {
  /// What can't be understood of a script.
  package static func problems(in text: String, name: String?) -> (SourceText, [Diagnostic]) {
    let source = SourceText(text, name: name)
    return (source, Parser.parse(source, vocabulary: VerbCatalogue.vocabulary).problems)
  }

  /// A script in its one form; comments and empty lines stay where they are.
  package static func formatted(_ text: String) -> String {
    ScriptFormatter.text(of: SourceText(text), vocabulary: VerbCatalogue.vocabulary)
  }

  /// The statements of a text, each with the lines that it goes on in.
  package static func statements(in text: String) -> [String] {
    var statements: [String] = []
    var pending: [Substring] = []
    for line in text.split(separator: "\n") {
      pending.append(line)
      let statement = pending.joined(separator: "\n")
      guard Completeness.open(in: statement) == nil else { continue }
      statements.append(statement)
      pending = []
    }
    return pending.isEmpty ? statements : statements + [pending.joined(separator: "\n")]
  }

  /// What a failure outside any statement is answered with.
  package static func response(to error: any Error) -> Response {
    switch error {
    case let problem as Diagnostic: .problem(problem)
    case let problem as SourceProblem: .problem(diagnostic(of: problem, at: Span(0, 0)))
    default: .problem(Diagnostic("unexpected-failure", "\(error)"))
    }
  }

  /// What can be opened, for `doctor`.
  package static var sourceKinds: [String] { SourceCatalogue.all.map { $0.name } }
}

extension Session {
  /// The day, in UTC, of so many seconds after the beginning of 1970.
  package static func date(ofUnixTime seconds: Int) -> String {
    let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
    return Day(number: days).description
  }
}
