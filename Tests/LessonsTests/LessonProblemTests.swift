import Diagnostics
import Foundation
import Interpreter
import Testing

@testable import Lessons

/// What a learner is told who says something that has no place in the lesson.
@Suite struct LessonProblemTests {
  private static func ids(_ learner: Learner, _ line: String) -> [String] {
    learner.session.respond(to: line).responses.compactMap { response in
      if case .problem(let problem) = response { problem.id } else { nil }
    }
  }

  @Test("a lesson that is not there is said")
  func noLesson() {
    #expect(LessonProblemTests.ids(Learner(), "lesson nowhere") == ["unknown-lesson"])
  }

  @Test("without a lesson there is nothing to go on with")
  func nothingToDo() {
    #expect(LessonProblemTests.ids(Learner(), "next") == ["no-lesson-step"])
    #expect(LessonProblemTests.ids(Learner(), "hint") == ["no-lesson-step"])
  }

  @Test("a guess is a number or a range, or the letter of an answer")
  func guesses() throws {
    let library = LessonLibrary(folders: [Learner.lessons])
    for file in library.files {
      let learner = Learner()
      learner.say("lesson \(file.name)")
      guard let open = try library.lesson(file.name).steps.first(where: LessonProblemTests.stops)
      else { continue }
      switch open {
      case .guess:
        #expect(LessonProblemTests.ids(learner, "guess much") == ["not-a-guess"])
      case .choice:
        #expect(LessonProblemTests.ids(learner, "guess z") == ["not-an-option"])
      default: continue
      }
    }
  }

  private static func stops(_ step: LessonStep) -> Bool {
    switch step {
    case .prose, .ask: false
    default: true
    }
  }

  @Test(
    "a figure that can't be drawn is a problem of the quiz", arguments: ["n = a few", "n = 9..3"])
  func draws(_ text: String) {
    #expect {
      _ = try QuizFigures([text], seed: 1, at: Span(0, 9))
    } throws: { error in
      (error as? Diagnostic)?.id == "quiz-draw"
    }
  }
}
