import Diagnostics
import Foundation
import Lessons
import Testing

/// Lesson files that something is wrong with.
@Suite struct LessonFileTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    let id: String
    let line: Int
    let text: String

    var testDescription: String { id }
  }

  static let faults: [Fault] = [
    Fault(id: "empty-lesson", line: 1, text: "lesson: Nothing\n"),
    Fault(id: "lesson-part-missing", line: 3, text: "Words.\n\nguess: How many?\nfigure: share\n"),
    Fault(id: "lesson-part-misplaced", line: 1, text: "right: Yes\nwrong: No\n"),
    Fault(
      id: "lesson-part-misplaced", line: 2, text: "guess: What?\nhint: No\nanswer: share 1 of 2\n"),
    Fault(id: "lesson-choice", line: 1, text: "choose: Which?\nright: One\nright: Two\n"),
    Fault(
      id: "lesson-reply-missing", line: 3,
      text: "exercise: What?\nsolution: share 1 of 2\nslip: share 1 of 3\nhint: Try.\n"),
    Fault(id: "lesson-minutes", line: 2, text: "lesson: A\nminutes: soon\n\nWords.\n"),
    Fault(id: "unknown-cohort", line: 1, text: "ask: share nothing gun=yes\n"),
    Fault(
      id: "no-figure", line: 2, text: "guess: What?\nanswer: share 1 of 2\nfigure: index\n"),
    Fault(id: "lesson-no-hint", line: 1, text: "exercise: What?\nsolution: share 1 of 2\n"),
    Fault(
      id: "lesson-slip-right", line: 4,
      text: "exercise: What?\nsolution: share 1 of 2\nhint: Try.\nslip: share 1 of 2 => No.\n"),
    Fault(id: "not-a-question", line: 2, text: "guess: What?\nanswer: help share\n"),
  ]

  @Test("what is wrong with a lesson is told with its line", arguments: faults)
  func isFound(_ fault: Fault) throws {
    let folder = ScratchFolder()
    let file = try folder.write(fault.text, to: "fault.lesson")
    let (source, problems) = try LessonCheck.problems(ofFile: file, directory: folder.path)
    let first = try #require(problems.first)
    #expect(first.id == fault.id, "\(first.message)")
    #expect(source.position(of: first.span?.lower ?? 0).line == fault.line)
  }

  @Test("a sentence may begin with a word that begins steps")
  func sentence() throws {
    let folder = ScratchFolder()
    let file = try folder.write("Ask: per what?\nAnd guess: how many?\n", to: "words.lesson")
    let lesson = try LessonLibrary.contents(ofFile: file).lesson
    guard case .prose("Ask: per what? And guess: how many?")? = lesson.steps.first else {
      Issue.record("\(lesson.steps)")
      return
    }
  }

  @Test("a lesson is found by name, number, beginning and file; an unknown one has a neighbour")
  func lookUp() throws {
    let library = LessonLibrary(folders: [Learner.lessons])
    #expect(try library.lesson("7").name == "reversal")
    #expect(try library.lesson("Which population").name == "which-population")
    #expect(try library.lesson("lonely").name == "lonely-number")
    #expect(try library.lesson(Learner.lessons + "/06-unknown.lesson").name == "unknown")
    let problem = #expect(throws: Diagnostic.self) { try library.lesson("sahres") }
    #expect(problem?.help == ["the nearest is shares"])
  }
}
