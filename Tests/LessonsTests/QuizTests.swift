import Foundation
import Lessons
import Testing

/// Questions whose figures are drawn for each learner.
@Suite struct QuizTests {
  /// The numbers of a question's words, in order.
  private func numbers(_ text: String) -> [Double] {
    text.matches(of: #/[0-9][0-9,]*/#).compactMap {
      Double($0.output.replacing(",", with: ""))
    }
  }

  @Test("the same learner and seed get the same quiz, others get other figures")
  func seeds() {
    let first = Learner(name: "ada").say("quiz 3")
    #expect(first == Learner(name: "ada").say("quiz 3"))
    #expect(first != Learner(name: "grace").say("quiz 3"))
    #expect(
      Learner(name: "ada").say("quiz 3 seed 9") == Learner(name: "grace").say("quiz 3 seed 9"))
  }

  @Test("every question of the bank can be asked with many seeds", arguments: 1...6)
  func bank(_ seed: Int) {
    let learner = Learner()
    var heard = learner.say("quiz 16 seed \(seed)")
    for _ in 0..<16 {
      #expect(!heard.contains("{") && !heard.contains("error:"), "\(heard)")
      heard = learner.say("next")
    }
    #expect(heard.contains("0 of 16 right at the first try."), "\(heard)")
  }

  @Test("a number is right where it is the figure as it was rounded")
  func rounding() throws {
    let folder = ScratchFolder()
    _ = try folder.write(
      """
      question: What part of 81 are {a}?
      draw: a = 54..54
      draw: n = 81..81
      draw: b = n - a
      answer: share {a} of {n}
      figure: share
      hint: Two of three.
      slip: share {b} of {n} => The others.
      after: Two thirds.
      """, to: "quiz.bank")
    func answer(_ line: String) -> String {
      let learner = Learner(folders: [folder.path])
      #expect(learner.say("quiz 1 seed 1").contains("What part of 81 are 54?"))
      return learner.say(line)
    }
    #expect(answer("guess 66.7%").contains("Right: 66.7%."))
    #expect(answer("guess 67%").contains("Two thirds."))
    #expect(answer("guess 0.667").contains("Right"))
    #expect(answer("guess 66%").contains("No."))
    #expect(answer("guess 33%").contains("The others."))
    #expect(answer("share 54 of 81").contains("1 of 1 right at the first try."))
    #expect(answer("share 27 of 81").contains("The others."))
    #expect(answer("share 54 of 90").contains("Wrong denominator."))
    #expect(answer("guess much").contains("error: a guess is a number"))
  }
}
