import Diagnostics
import Syntax
import Testing
import Verbs

/// The parser on texts that are not finished or went wrong.
@Suite struct ParserRobustnessTests {
  private let vocabulary = VerbCatalogue.vocabulary

  /// Every statement of the transcripts, each form once.
  private static let texts: [String] = {
    var seen: Set<String> = []
    return TranscriptInputs.all.map(\.text).filter { seen.insert($0).inserted }
  }()

  @Test("every beginning of every statement can be read")
  func prefixes() {
    for text in Self.texts {
      for end in text.indices { Laws.check(String(text[..<end]), vocabulary) }
    }
  }

  @Test("every statement can be read without one of its tokens, and with one of them twice")
  func tokensDeletedAndDoubled() {
    for text in Self.texts {
      let source = SourceText(text)
      for token in Lexer.tokens(of: source) {
        let before = source.slice(Span(0, token.span.lower))
        let after = source.slice(Span(token.span.upper, source.bytes.count))
        Laws.check(before + after, vocabulary)
        let written = source.slice(token.span)
        Laws.check(before + written + " " + written + after, vocabulary)
      }
    }
  }

  @Test(
    "conditions nested too deep are a problem, not a crash", arguments: ["(", "not ", "lower("])
  func deepNesting(_ opening: String) {
    let text = "count drug where " + String(repeating: opening, count: 5000) + "race=Black"
    let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
    #expect(parsed.problems.contains { $0.id == "too-deep" })
  }

  @Test("a text longer than the limit is a problem")
  func tooLong() {
    let text = String(repeating: "#", count: SyntaxLimits.textBytes + 1)
    let parsed = Parser.parse(SourceText(text), vocabulary: vocabulary)
    #expect(parsed.problems.map(\.id) == ["too-long"])
  }

  @Test("after a problem the next statement is read again")
  func recovers() {
    let parsed = Parser.parse(
      SourceText("count drug by\ncount drug by race"), vocabulary: vocabulary)
    #expect(parsed.problems.count == 1)
    #expect(Formatter.text(of: parsed.statements).hasSuffix("count drug by race"))
  }

  @Test("an unfinished block is one problem")
  func unfinishedBlock() {
    let parsed = Parser.parse(
      SourceText("card referrals\n  unit case\ncount referrals"), vocabulary: vocabulary)
    #expect(parsed.problems.count == 1)
  }

  @Test("any bytes can be read", arguments: 1...20)
  func randomBytes(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let signs = Array("count drug by=|()[];\n\"`#\\,.$%&'-0129aé?!<>\u{0}\t ".utf8)
    for _ in 0..<100 {
      let length = Int.random(in: 0...40, using: &random)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &random)
          ? signs.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      Laws.check(String(decoding: bytes, as: UTF8.self), vocabulary)
    }
  }

  @Test("statements with random bytes put in can be read", arguments: 1...8)
  func randomEdits(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed) << 8)
    let signs = [
      "(", ")", "[", "]", "\"", "`", ";", "\n", "..", "=", "|", ",", "not ", " by ", "-",
    ]
    for text in Self.texts {
      guard let place = text.indices.randomElement(using: &random),
        let sign = signs.randomElement(using: &random)
      else { continue }
      Laws.check(text[..<place] + sign + text[place...], vocabulary)
    }
  }
}
