import Diagnostics
import Foundation
import Testing

@testable import Rendering

@Suite struct DiagnosticPageTests {
  private let line = "ratio bybust race=Black vs population"
  private let unknown = Diagnostic(
    "unknown-cohort", "nothing is named bybust", at: Span(6, 12),
    help: ["the nearest is buybust (cohort, 200 defendants)"], edits: [Edit(Span(6, 12), "buybust")]
  )

  @Test("A problem reads as the architecture shows it")
  func page() {
    let expected = """
      error: nothing is named bybust                                        [unknown-cohort]
        ratio bybust race=Black vs population
              ~~~~~~
        help: the nearest is buybust (cohort, 200 defendants)

      """
    #expect(DiagnosticPage([unknown], in: SourceText(line)).text(Style()) == expected)
    let narrow = """
      error: nothing is named bybust
                              [unknown-cohort]
        ratio bybust race=Black vs population
              ~~~~~~
        help: the nearest is buybust (cohort,
              200 defendants)

      """
    #expect(DiagnosticPage([unknown], in: SourceText(line)).text(Style(width: 40)) == narrow)
  }

  @Test("Several problems stand apart, each with its own line")
  func several() {
    let source = SourceText("count drug\n  by 人種 where")
    let problems = [
      Diagnostic("unknown-field", "nothing is named 人種", at: Span(16, 22), severity: .caution),
      Diagnostic("condition-expected", "a condition is missing", at: Span(28, 28)),
    ]
    let expected = """
      caution: nothing is named 人種   [unknown-field]
          by 人種 where
             ~~~~

      error: a condition is missing
                                  [condition-expected]
          by 人種 where
                       ^

      """
    #expect(DiagnosticPage(problems, in: source).text(Style(width: 48)) == expected)
  }

  @Test("A long line is cut to the surroundings of the place, and no line is too wide")
  func longLine() {
    let source = SourceText("東京 ".repeated(40) + "bybust" + " 大阪".repeated(40))
    let start = 7 * 40
    let problem = Diagnostic(
      "unknown-cohort", "nothing is named bybust", at: Span(start, start + 6))
    for width in 20...100 {
      let text = DiagnosticPage([problem], in: source).text(Style(width: width))
      let lines = text.split(separator: "\n").map(String.init)
      for line in lines { #expect(line.cells <= width, "\(line)") }
      let mark = lines.firstIndex { $0.contains("~") } ?? 0
      let place = lines[mark].prefix { $0 == " " }.count
      let before = lines[mark - 1].prefix(while: { $0 != "b" })
      #expect(String(before).cells == place, "\(text)")
    }
  }

  @Test("A place over several lines is underlined to the end of its first")
  func overLines() {
    let source = SourceText("count (drug\nwhere x)")
    let problem = Diagnostic("bracket-open", "a bracket is open", at: Span(6, 19))
    let text = DiagnosticPage([problem], in: source).text(Style(width: 60))
    #expect(text.contains("  count (drug\n        ~~~~~\n"))
  }

  @Test("A problem without a place is its sentence and its ways forward")
  func noPlace() {
    let problem = Diagnostic("source-failed", "office.db can't be read", help: ["doctor"])
    let text = DiagnosticPage([problem], in: nil).text(Style(width: 60))
    #expect(
      text == "error: office.db can't be read               [source-failed]\n  help: doctor\n")
    #expect(
      DiagnosticPage([problem]).scriptText()
        == "error[source-failed]: office.db can't be read\n  help: doctor\n")
  }

  @Test("Scripts get one line with file, line and column")
  func script() {
    let source = SourceText("count drug\nratio bybust race=Black", name: "report.docket")
    var problem = unknown
    problem.span = Span(17, 23)
    let expected = """
      report.docket:2:7: error[unknown-cohort]: nothing is named bybust
        help: the nearest is buybust (cohort, 200 defendants)

      """
    #expect(DiagnosticPage([problem], in: source).scriptText() == expected)
  }

  @Test("Programs get JSON with the names of the language's reference")
  func json() throws {
    let source = SourceText(line, name: "report.docket")
    let text = DiagnosticPage([unknown], in: source).jsonText
    let expected = """
      {"error": {"id": "unknown-cohort", "message": "nothing is named bybust", \
      "file": "report.docket", "line": 1, "column": 7, "length": 6, \
      "help": ["the nearest is buybust (cohort, 200 defendants)"], \
      "edits": [{"at": [6, 12], "text": "buybust"}]}}

      """
    #expect(text == expected)
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
  }
}
