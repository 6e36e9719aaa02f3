import Diagnostics
import Syntax
import Testing

@Suite struct LexerTests {
  private func texts(_ text: String) -> [String] {
    Lexer.tokens(of: SourceText(text)).map(\.text)
  }

  /// Tokens stand in order, do not overlap and are not empty; between them are blanks and comments.
  private func checkLaws(_ source: SourceText) {
    var end = 0
    for token in Lexer.tokens(of: source) {
      #expect(token.span.lower >= end && token.span.length > 0)
      let between = source.slice(Span(end, token.span.lower))
      #expect(isBlank(between), "`\(between)` is in no token of: \(source.text)")
      if token.kind == .word || token.kind == .symbol {
        #expect(token.text == source.slice(token.span))
      }
      end = token.span.upper
    }
    #expect(isBlank(source.slice(Span(end, source.bytes.count))))
  }

  private func isBlank(_ text: String) -> Bool {
    // CRLF is one character.
    text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .allSatisfy { line in
        let shown = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first
        return (shown ?? "").allSatisfy { " \t\r\\".contains($0) }
      }
  }

  @Test("every character is in one token, in a blank or in a comment", arguments: 1...30)
  func coversAnyBytes(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      checkLaws(SourceText(String(decoding: bytes, as: UTF8.self)))
    }
  }

  @Test("every statement of the transcripts is covered")
  func coversTranscripts() {
    for input in TranscriptInputs.all { checkLaws(SourceText(input.text)) }
  }

  @Test(
    "words keep the marks between their letters",
    arguments: [
      (
        "buy-bust O'Brien A&B 12:30 a/b x.y", ["buy-bust", "O'Brien", "A&B", "12:30", "a/b", "x.y"]
      ),
      ("a - b", ["a", "-", "b"]), ("a- b", ["a", "-", "b"]),
      ("race=Black", ["race", "=", "Black"]),
      ("18..24", ["18", "..", "24"]), ("65..", ["65", ".."]), ("été 数据", ["été", "数据"]),
    ])
  func words(_ text: String, _ expected: [String]) {
    #expect(texts(text) == expected)
  }

  @Test(
    "numbers keep their marks",
    arguments: [
      ("1,400 39% 100k 1.5m $1,200 -3 .5", ["1,400", "39%", "100k", "1.5m", "$1,200", "-3", ".5"]),
      ("x=-5", ["x", "=", "-5"]), ("1,2", ["1", ",", "2"]), ("1,4000", ["1", ",", "4000"]),
      ("2.5,300", ["2.5", ",", "300"]),
      ("band(age, 18, 250)", ["band", "(", "age", ",", "18", ",", "250", ")"]),
    ])
  func numbers(_ text: String, _ expected: [String]) {
    #expect(texts(text) == expected)
  }

  @Test("a comma separates inside brackets, after `;` too")
  func commasInBrackets() {
    #expect(
      texts("[1,200 5; 3,400 6]") == [
        "[", "1", ",", "200", "5", ";", "3", ",", "400", "6", "]",
      ])
    #expect(texts("(1,200)\n1,200") == ["(", "1", ",", "200", ")", "\n", "1,200"])
  }

  @Test("a quote written twice is one quote, and an open one reaches to the end")
  func quotes() {
    let tokens = Lexer.tokens(of: SourceText("\"say \"\"so\"\"\" `a``b` \"open"))
    #expect(tokens.map(\.kind) == [.string, .name, .unclosed])
    #expect(tokens.map(\.text) == ["say \"so\"", "a`b", "open"])
  }

  @Test("lines go on inside brackets and behind a backslash")
  func continuedLines() {
    #expect(!texts("(a\nb)").contains("\n"))
    #expect(!texts("a \\\n b").contains("\n"))
    #expect(texts("a # b\nc") == ["a", "\n", "c"])
  }

  @Test(
    "what was written and what it means",
    arguments: [
      ("1,400", 1400.0), ("39%", 0.39), ("100k", 100_000), ("1.5m", 1_500_000),
      ("$1,200.50", 1200.5),
      ("-3", -3), (".5", 0.5), ("0.13m", 130_000),
    ])
  func numberLiterals(_ text: String, _ value: Double) {
    #expect(NumberLiteral(text)?.double == value)
  }

  @Test(
    "words that are no numbers", arguments: ["12E04", "1.2.3", "k", "$", "1-2", "", "5%5", "٣"])
  func notNumbers(_ text: String) {
    #expect(NumberLiteral(text) == nil)
  }

  @Test(
    "words that are no dates",
    arguments: [
      "2021-13", "2021-Q5", "21", "2021-04-32", "12021", "2021-4-1-1", "2021-", "2021-004",
    ])
  func notDates(_ text: String) {
    #expect(PeriodLiteral(text) == nil)
  }
}
