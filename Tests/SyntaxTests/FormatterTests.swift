import Diagnostics
import Syntax
import Testing
import Verbs

@Suite struct FormatterTests {
  private let vocabulary = VerbCatalogue.vocabulary

  private func form(_ text: String) -> String {
    Formatter.text(of: Parser.parse(SourceText(text), vocabulary: vocabulary).statements)
  }

  @Test(
    "a question has one form",
    arguments: [
      ("COUNT drug BY year", "count drug by year"),
      ("share  buybust  race = Black|White", "share buybust race=Black|White"),
      ("count drug where not(a=1 or b=2)and c=3", "count drug where not (a=1 or b=2) and c=3"),
      ("count drug where (a=1 and b=2) or c=3", "count drug where a=1 and b=2 or c=3"),
      ("count drug where age = 18 ..24", "count drug where age=18..24"),
      ("ratio 162 of 200 VS 39%", "ratio 162 of 200 vs 39%"),
      (
        "gap drug filed race=Black of referred vs race=White",
        "gap drug filed of referred race=Black vs race=White"
      ),
      ("table [40 33;153 83]", "table [40 33; 153 83]"),
      ("list drug case_id,received limit 5", "list drug case_id, received limit 5"),
      ("count drug where `Case Type`=Drug", "count drug where `Case Type`=Drug"),
    ])
  func questions(_ text: String, _ expected: String) {
    #expect(form(text) == expected)
  }

  @Test(
    "a calculation keeps the brackets that it needs and loses the others",
    arguments: [
      ("(a + b) + c", "a + b + c"), ("a + (b + c)", "a + (b + c)"), ("(a * b) + c", "a * b + c"),
      ("a * (b + c)", "a * (b + c)"), ("a - (b - c)", "a - (b - c)"),
      ("a / (b * c)", "a / (b * c)"),
      ("lower( a )", "lower(a)"), ("if a=1 then b else c + 1", "if a=1 then b else c + 1"),
      ("(if a=1 then b else c) + 1", "(if a=1 then b else c) + 1"), ("\"x\"", "\"x\""),
    ])
  func calculations(_ text: String, _ expected: String) {
    #expect(form("field f of d = \(text)") == "field f of d = \(expected)")
  }

  @Test("a name in backquotes on the right is a name, a bare word is a value")
  func rightSides() {
    #expect(form("count d where a > `b`") == "count d where a > `b`")
    #expect(form("count d where a > b") == "count d where a>b")
    #expect(form("count d where a > b + 30") == "count d where a > b + 30")
  }

  @Test("a block stands on lines of its own")
  func blocks() {
    #expect(
      form("card referrals; UNIT case; missing race=U|X; end")
        == "card referrals\n  unit case\n  missing race = U | X\nend")
    #expect(
      form("stages of d; referred on received; done when a=1; end")
        == "stages of d\n  referred on received\n  done when a=1\nend")
  }

  @Test("a script keeps its comments and at most one empty line")
  func scripts() {
    let text = "# head\n\n\n\nCOUNT  drug   # all\n;count drug BY year\n"
    #expect(
      ScriptFormatter.text(of: SourceText(text), vocabulary: vocabulary)
        == "# head\n\ncount drug  # all\ncount drug by year\n")
  }

  @Test("the form of a script is its own form", arguments: 1...20)
  func scriptsAreStable(_ seed: Int) {
    var sentences = Sentences(.docket, vocabulary, seed: UInt64(seed) << 24)
    for _ in 0..<20 {
      let source = SourceText(sentences.sentence("script", budget: 30))
      let once = ScriptFormatter.text(of: source, vocabulary: vocabulary)
      let twice = ScriptFormatter.text(of: SourceText(once), vocabulary: vocabulary)
      #expect(once == twice, "\(source.text)")
    }
  }
}
