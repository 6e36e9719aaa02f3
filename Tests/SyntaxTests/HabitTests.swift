import Diagnostics
import Testing
import Verbs

@testable import Syntax

/// The table of habits: each entry is reached, and answered with a line of this language.
@Suite struct HabitTests {
  /// The tokens of what people type in the transcripts of habits.
  private static let typed: [[Token]] = TranscriptInputs.all
    .filter { $0.file.hasPrefix("Tests/Transcripts/habits/") }
    .map { input in
      let source = SourceText(input.text)
      return HabitWords.joined(Lexer.tokens(of: source).filter { $0.kind != .end }, source)
    }

  @Test("every line of the table is reached by a line of a transcript, before all others")
  func lines() {
    var reached = Set<Int>()
    for tokens in Self.typed {
      let first = Habits.lines.firstIndex { $0.pattern.match(tokens) != nil }
      if let first { reached.insert(first) }
    }
    let left = Habits.lines.indices.filter { !reached.contains($0) }
    #expect(left.isEmpty, "\(left.map { "\(Habits.lines[$0].tongue): \(Habits.lines[$0].line)" })")
  }

  @Test("every sign of the table is reached by a line of a transcript, before all others")
  func signs() {
    var reached = Set<Int>()
    for tokens in Self.typed
    where !Habits.lines.contains(where: { $0.pattern.match(tokens) != nil }) {
      for place in tokens.indices {
        let first = Habits.signs.firstIndex { $0.pattern.matchPrefix(tokens[place...]) != nil }
        if let first { reached.insert(first) }
      }
    }
    let left = Habits.signs.indices.filter { !reached.contains($0) }
    #expect(left.isEmpty, "\(left.map { "\(Habits.signs[$0].tongue): \(Habits.signs[$0].line)" })")
  }

  /// Words that stand for what the reader has to fill in.
  private static let blanks: [String: String] = [
    "CONDITION": "race=Black", "EXPRESSION": "age + 1", "N": "5", "FILE": "\"a.csv\"",
    "FRACTION": "1 of 2", "VALUE": "Black", "A": "1", "A2": "1", "B": "2", "B2": "2",
    "COND": "race=Black", "LIKE": "starts B", "FIELDS": "race", "OLD": "U", "NEW": "unknown",
    "EVENT": "filed", "GROUP": "race=Black",
  ]

  @Test("what a habit is answered with can be read here, once its blanks are filled in")
  func answers() {
    for habit in Habits.lines {
      var text = ""
      var word = ""
      for character in habit.line.filter({ $0 != "{" && $0 != "}" }) + " " {
        if ("A"..."Z").contains(character) || (!word.isEmpty && character.isNumber) {
          word.append(character)
          continue
        }
        text += word.isEmpty ? "" : Self.blanks[word] ?? word.lowercased()
        word = ""
        text.append(character)
      }
      text = text.replacing("\"\"a.csv\"\"", with: "\"a.csv\"")
      let parsed = Parser.parse(SourceText(text), vocabulary: VerbCatalogue.vocabulary)
      #expect(
        parsed.problems.isEmpty, "\(habit.tongue): \(text): \(parsed.problems.first?.message ?? "")"
      )
    }
  }
}
