import Diagnostics
import Syntax
import Testing

/// What holds for every text, well written or not.
enum Laws {
  static func check(
    _ text: String, _ vocabulary: Vocabulary, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let source = SourceText(text)
    let parsed = Parser.parse(source, vocabulary: vocabulary)
    for misplaced in SpanNesting.findings(in: parsed.statements, length: source.bytes.count) {
      Issue.record("\(misplaced) in: \(text)", sourceLocation: sourceLocation)
    }
    for problem in parsed.problems {
      let span = problem.span ?? Span(0, 0)
      #expect(
        span.lower >= 0 && span.upper <= source.bytes.count + 1,
        "the problem \(problem.id) is outside of: \(text)", sourceLocation: sourceLocation)
    }
    let written = Formatter.text(of: parsed.statements)
    let again = Parser.parse(SourceText(written), vocabulary: vocabulary)
    #expect(
      Formatter.text(of: again.statements) == written,
      "the form changes when it is read again: \(text)", sourceLocation: sourceLocation)
    if parsed.problems.isEmpty {
      #expect(
        again.problems.isEmpty, "the form has problems: \(written)",
        sourceLocation: sourceLocation)
      #expect(
        again.statements.count == parsed.statements.count,
        "the form holds other statements: \(written)", sourceLocation: sourceLocation)
    }
  }
}
