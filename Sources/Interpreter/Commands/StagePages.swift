import Diagnostics
import Engine
import Syntax

/// `show tokens|tree|plan|sql for ASK`: what Docket makes of a question, stage by stage.
enum StagePages {
  static func page(_ stage: Name, _ ask: Ask, _ session: Session) throws -> Page {
    switch stage.key {
    case "tokens":
      let tokens = Lexer.tokens(of: SourceText(Formatter.text(of: ask)))
      let lines = tokens.map { "\($0.kind.rawValue) \($0.text)" }
      return Page([.preformatted(lines.joined(separator: "\n"))])
    case "tree":
      return Page([.preformatted(TreeText.text(of: ask).joined(separator: "\n"))])
    case "plan":
      return Page([.preformatted(try plan(ask, session).joined(separator: "\n"))])
    case "sql":
      return Page([.preformatted(try statements(ask, session).joined(separator: "\n\n"))])
    default:
      throw Diagnostic(
        "unknown-stage-of-work", "there is nothing named \(stage.text) to show", at: stage.span,
        help: ["show tokens, tree, plan or sql"])
    }
  }

  /// The tabulations that the question asks, in order, as they were asked.
  private static func plan(_ ask: Ask, _ session: Session) throws -> [String] {
    try asked(ask, session).map { PlanText.text(of: $0.0) }
  }

  private static func statements(_ ask: Ask, _ session: Session) throws -> [String] {
    try asked(ask, session).map { tabulation, dataset in
      Runner(catalogue: session.catalogue, monitor: session.monitor)
        .statement(for: tabulation, of: dataset)
        ?? "-- by the columnar engine: \(PlanText.text(of: tabulation))"
    }
  }

  private static func asked(_ ask: Ask, _ session: Session) throws -> [(Tabulation, Dataset)] {
    let log = TabulationLog()
    session.catalogue.log = log
    defer { session.catalogue.log = nil }
    _ = try session.answered(ask)
    return log.entries
  }
}
