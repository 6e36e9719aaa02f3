package import Diagnostics

/// A lesson: prose, questions that are run, guesses, choices and exercises, in order.
package struct Lesson: Sendable {
  /// The word behind `lesson`: the file's name without its number and ending.
  package let name: String
  package var title: String
  /// How long it takes a person who reads it for the first time.
  package var minutes: Int?
  /// A script of definitions that is run before, as seen from the lesson's folder.
  package var data: String?
  package var steps: [LessonStep]
  /// The folder that paths begin in.
  package let folder: String

  package init(name: String, folder: String) {
    self.name = name
    self.folder = folder
    title = name
    steps = []
  }
}

/// One step of a lesson.
package enum LessonStep: Sendable {
  /// A paragraph.
  case prose(String)
  /// A statement that is run and shown.
  case ask(LessonQuestion)
  /// Waits for `next`.
  case pause
  case guess(Guess)
  case choice(Choice)
  case exercise(Exercise)

  /// Whether the lesson waits here.
  var waits: Bool {
    switch self {
    case .prose, .ask: false
    case .pause, .guess, .choice, .exercise: true
    }
  }
}

/// A statement in a lesson file, with its place.
package struct LessonQuestion: Sendable {
  package let text: String
  package let span: Span

  package init(_ text: String, at span: Span) {
    self.text = text
    self.span = span
  }
}

/// A figure to be guessed before it is shown.
package struct Guess: Sendable {
  package let prompt: String
  package var answer: LessonQuestion
  /// The id of the figure; nothing for the first one of the answer.
  package var figure: String?
  package var after: String?
  package let span: Span
}

/// A question with given answers, one of them right.
package struct Choice: Sendable {
  /// One answer, and what is said to whoever takes it.
  package struct Option: Sendable {
    package let text: String
    package let isRight: Bool
    package let reply: String
  }

  package let prompt: String
  package var options: [Option]
  package var after: String?
  package let span: Span
}

/// A question to be put into words at the prompt; what counts is the figures of its answer.
package struct Exercise: Sendable {
  /// A mistake that learners make: the question they ask then, and what is said to them.
  package struct Slip: Sendable {
    package let question: LessonQuestion
    package let reply: String
  }

  package let prompt: String
  package var solution: LessonQuestion
  /// The ids that must agree; empty for every figure of the solution.
  package var figures: [String]
  package var hints: [String]
  package var slips: [Slip]
  package var after: String?
  package let span: Span
}
