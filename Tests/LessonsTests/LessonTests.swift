import Diagnostics
import Foundation
import Lessons
import Testing

/// The lessons of the examples, each gone through by two learners.
@Suite struct LessonTests {
  static let files = LessonLibrary(folders: [Learner.lessons]).files

  @Test("there are thirteen lessons, in the order that people should meet them")
  func order() {
    #expect(
      LessonTests.files.map(\.name) == [
        "counting", "shares", "which-population", "index-and-ceiling", "small-numbers", "unknown",
        "reversal", "before-and-after", "which-way-round", "stages", "solved", "lonely-number",
        "reading-a-report",
      ])
  }

  @Test("the checker finds nothing wrong with a lesson", arguments: files.map(\.path))
  func isClean(_ path: String) throws {
    let (source, problems) = try LessonCheck.problems(ofFile: path, directory: Learner.root)
    for problem in problems {
      let line = problem.span.map { source.position(of: $0.lower).line } ?? 0
      Issue.record("\(path):\(line): \(problem.message)")
    }
  }

  @Test("a lesson has a guess, an exercise, and at most ten minutes", arguments: files.map(\.path))
  func isWhole(_ path: String) throws {
    let lesson = try LessonLibrary.contents(ofFile: path).lesson
    #expect((5...10).contains(lesson.minutes ?? 0))
    #expect(lesson.steps.contains { if case .guess = $0 { true } else { false } })
    #expect(lesson.steps.contains { if case .exercise = $0 { true } else { false } })
  }

  @Test("a learner who answers right comes to the end", arguments: files.map(\.name))
  func right(_ name: String) throws {
    let learner = Learner()
    let lesson = try LessonLibrary(folders: [Learner.lessons]).lesson(name)
    var heard = learner.say("lesson \(name)")
    for step in lesson.steps {
      switch step {
      case .prose, .ask: continue
      case .pause: heard = learner.say("next")
      case .guess(let guess):
        let value = try learner.figure(guess.answer.text, guess.figure)
        heard = learner.say("guess \(String(format: "%.6f", value))")
        #expect(heard.contains("and so it is"), "\(heard)")
      case .choice(let choice):
        let index = try #require(choice.options.firstIndex { $0.isRight })
        heard = learner.say("guess \(Array("abcdef")[index])")
        #expect(heard.contains("Right is"))
      case .exercise(let exercise):
        heard = learner.say(exercise.solution.text)
        #expect(heard.contains("Right, at the first try."), "\(heard)")
      }
      #expect(!heard.contains("error:"), "\(heard)")
    }
    #expect(heard.contains("The end of"))
    #expect(learner.teaching.progress.finished == [name])
  }

  @Test(
    "a learner who answers wrong is told what went wrong, and comes to the end by the hints",
    arguments: files.map(\.name))
  func wrong(_ name: String) throws {
    let learner = Learner()
    let lesson = try LessonLibrary(folders: [Learner.lessons]).lesson(name)
    var heard = learner.say("lesson \(name)")
    for step in lesson.steps {
      switch step {
      case .prose, .ask: continue
      case .pause: heard = learner.say("next")
      case .guess:
        heard = learner.say("guess 0.011")
        #expect(heard.contains("too low") || heard.contains("too high"), "\(heard)")
      case .choice(let choice):
        for (index, option) in choice.options.enumerated() where !option.isRight {
          heard = learner.say("guess \(Array("abcdef")[index])")
          #expect(heard == "Not quite. " + option.reply)
        }
        let right = try #require(choice.options.firstIndex { $0.isRight })
        heard = learner.say("guess \(Array("abcdef")[right])")
      case .exercise(let exercise):
        heard = learner.say("rate 1 per 10 of 7")
        #expect(!heard.contains("Right"), "\(heard)")
        for slip in exercise.slips {
          heard = learner.say(slip.question.text)
          #expect(heard.hasSuffix(slip.reply), "\(slip.question.text): \(heard)")
        }
        for hint in exercise.hints { #expect(learner.say("hint") == hint) }
        #expect(learner.say("hint").contains("no further hint"))
        heard = learner.say(exercise.solution.text)
        #expect(heard.contains("Right."), "\(heard)")
      }
    }
    #expect(heard.contains("The end of"), "\(heard)")
  }

  @Test("a learner who only reads on comes to the end", arguments: files.map(\.name))
  func reading(_ name: String) throws {
    let learner = Learner()
    var heard = learner.say("lesson \(name)")
    for _ in 0..<40 where !heard.contains("The end of") {
      heard = learner.say("next")
      #expect(!heard.contains("error:"), "\(heard)")
    }
    #expect(learner.teaching.progress.finished == [name])
  }

  @Test("the lesson of the page on how lessons are written works as it stands")
  func fromThePage() throws {
    let page = try String(contentsOfFile: Learner.lessons + "/README.md", encoding: .utf8)
    let start = try #require(page.range(of: "```lesson\n"))
    let end = try #require(page.range(of: "```", range: start.upperBound..<page.endIndex))
    let folder = ScratchFolder()
    let file = try folder.write(
      String(page[start.upperBound..<end.lowerBound]), to: "halves.lesson")
    #expect(try LessonCheck.problems(ofFile: file, directory: folder.path).problems.isEmpty)
    let learner = Learner(folders: [folder.path])
    #expect(learner.say("lesson halves").contains("Halves and quarters"))
    #expect(learner.say("guess 40%..60%").contains("inside your range"))
    #expect(learner.say("guess b").contains("That is only how it is written."))
    #expect(learner.say("guess a").contains("And the whole has to be said."))
    #expect(learner.say("share 20 of 80").contains("Those were dismissed."))
    #expect(learner.say("share 60 of 80").contains("The end of"))
  }

  @Test("a lesson that `lesson new` begins works as it stands")
  func template() throws {
    let folder = ScratchFolder()
    let file = try folder.write(LessonTemplate.text, to: "mine.lesson")
    #expect(try LessonCheck.problems(ofFile: file, directory: folder.path).problems.isEmpty)
  }
}
