package import Diagnostics
import Glibc
import Interpreter

/// A question of the quiz, with places for figures that are drawn anew for each learner.
package struct QuizQuestion: Sendable {
  package let prompt: String
  /// `n = 80..400`, `a = 55%..85% of n`, `b = n - a`, in order.
  package let draws: [String]
  package let answer: String
  package let figure: String?
  package let hints: [String]
  package let slips: [(question: String, reply: String)]
  package let after: String?
  package let span: Span
}

/// The questions that quizzes draw from: every `.bank` file of the lessons' folders.
package struct QuizBank: Sendable {
  private static let words: Set<String> = [
    "question", "draw", "answer", "figure", "hint", "slip", "after",
  ]

  package private(set) var questions: [QuizQuestion] = []

  /// Nothing where no folder has a `quiz.bank`.
  package init?(folders: [String]) {
    let paths = folders.map { $0 + "/quiz.bank" }.filter { access($0, R_OK) == 0 }
    guard let path = paths.first, let read = try? QuizBank.read(ofFile: path) else { return nil }
    self = read.bank
  }

  private init() {}

  /// The bank of a file with its problems.
  package static func read(
    ofFile path: String
  ) throws -> (bank: QuizBank, source: SourceText, problems: [Diagnostic]) {
    let source = SourceText(try Session.text(ofFile: path, written: path, at: nil), name: path)
    var bank = QuizBank()
    var problems: [Diagnostic] = []
    for case .entries(let entries) in LessonBlock.blocks(of: source, words: words) {
      do {
        bank.questions.append(try question(entries))
      } catch {
        problems.append(error)
      }
    }
    return (bank, source, problems)
  }

  private static func question(_ entries: [LessonEntry]) throws(Diagnostic) -> QuizQuestion {
    guard let first = entries.first, first.word == "question" else {
      throw LessonMessages.misplaced(
        entries.first?.word ?? "", starts: ["question"], at: entries.first?.span ?? Span(0, 0))
    }
    guard let answer = entries.first(where: { $0.word == "answer" }) else {
      throw LessonMessages.lacking("answer", in: "question", at: first.span)
    }
    func all(_ word: String) -> [LessonEntry] { entries.filter { $0.word == word } }
    return QuizQuestion(
      prompt: first.words, draws: all("draw").map(\.words), answer: answer.text,
      figure: all("figure").last?.words, hints: all("hint").map(\.words),
      slips: all("slip").compactMap(\.halves), after: all("after").last?.words, span: first.span)
  }
}
