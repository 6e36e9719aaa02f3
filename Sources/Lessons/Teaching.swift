import Columns
package import Diagnostics
package import Engine
package import Interpreter
package import Syntax

/// Lessons and quizzes in a session: answers `lessons`, `lesson`, `next`, `guess`, `hint` and `quiz`,
/// and judges what the learner asks while an exercise waits.
package final class Teaching: CommandHandler {
  package let words: Set<CommandWord> = [.lessons, .lesson, .next, .guess, .hint, .quiz]

  private let library: LessonLibrary
  private lazy var quizBank = QuizBank(folders: library.folders)
  /// Who learns: with the session's seed it chooses the figures of a quiz.
  private let learner: String
  package private(set) var progress: Progress
  private var record: ClassRecord?
  private var run: LessonRun?
  private var quiz: QuizRun?
  /// Scripts of data that lessons have run in this session.
  private var opened: Set<String> = []

  package init(
    library: LessonLibrary, progress: Progress, learner: String = "", record: ClassRecord? = nil
  ) {
    self.library = library
    self.progress = progress
    self.learner = learner
    self.record = record
  }

  package func respond(
    to command: CommandWord, _ arguments: [Argument], at span: Span, in session: Session
  ) throws -> [Response] {
    let text = arguments.map(\.written).joined(separator: " ")
    switch command {
    case .lessons: return [.page(overview())]
    case .lesson: return try begin(text, at: span, session)
    case .quiz: return try beginQuiz(arguments, at: span, session)
    case .next: return try next(at: span, session)
    case .hint: return try hint(at: span)
    default: return try guess(text, at: span, session)
    }
  }

  package func comment(
    on transcript: Transcript, asked: [Answer], in session: Session
  ) -> [Response] {
    record?.note(transcript)
    var said: [Response] = []
    for answer in asked where said.isEmpty {
      if quiz != nil {
        said += quiz?.judge(answer, session) ?? []
        said += closeQuiz()
      } else if run != nil {
        said += run?.judge(answer, session) ?? []
        said += keepPlace()
      }
    }
    return said
  }

  private func begin(_ name: String, at span: Span, _ session: Session) throws -> [Response] {
    guard !name.isEmpty else { return [.page(overview())] }
    let path =
      name.hasSuffix(".lesson") ? Session.absolute(name, in: session.directory) : name
    let lesson = try library.lesson(path, at: span)
    try open(lesson, at: span, session)
    quiz = nil
    let place = progress.reached[lesson.name] ?? 0
    var started = LessonRun(lesson, from: place)
    let minutes = lesson.minutes.map { ["About \($0) minutes."] } ?? []
    let again = place > 0 ? ["You are in the middle of this lesson; it goes on here."] : []
    let opening = Response.page(
      Page(title: lesson.title, (minutes + again).map(Page.Block.paragraph)))
    let responses = [opening] + started.proceed(session)
    run = started
    return responses + keepPlace()
  }

  private func open(_ lesson: Lesson, at span: Span, _ session: Session) throws {
    guard let data = lesson.data else { return }
    let folder = Session.absolute(lesson.folder, in: session.directory)
    let path = Session.absolute(data, in: folder)
    guard !opened.contains(path) else { return }
    let transcript = try session.run(script: path, at: span)
    for case .problem(var problem) in transcript.responses {
      problem.span = span
      throw problem
    }
    opened.insert(path)
  }

  private func next(at span: Span, _ session: Session) throws -> [Response] {
    if quiz != nil {
      let responses = quiz?.next(session) ?? []
      return responses + closeQuiz()
    }
    guard run != nil else {
      throw LessonMessages.nothingToDo("next", "`lesson NAME` begins a lesson", at: span)
    }
    let responses = run?.next(session) ?? []
    return responses + keepPlace()
  }

  private func hint(at span: Span) throws -> [Response] {
    if quiz != nil { return [Speech.words(quiz?.hint() ?? "")] }
    guard run != nil else {
      throw LessonMessages.nothingToDo("hint", "`lesson NAME` begins a lesson", at: span)
    }
    return [Speech.words(run?.hint() ?? "")]
  }

  private func guess(_ text: String, at span: Span, _ session: Session) throws -> [Response] {
    if quiz != nil {
      let responses = try quiz?.guess(text, at: span, session) ?? []
      return responses + closeQuiz()
    }
    guard run != nil else {
      throw LessonMessages.nothingToDo("guess", "`lesson NAME` begins a lesson", at: span)
    }
    let responses = try run?.guess(text, at: span, session, &progress) ?? []
    return responses + keepPlace()
  }

  /// Keeps where the learner is; at the end of a lesson, says what may come then.
  private func keepPlace() -> [Response] {
    guard let run else { return [] }
    guard run.isFinished else {
      progress.reach(run.position, of: run.lesson.name)
      return []
    }
    self.run = nil
    progress.finish(run.lesson.name)
    let following = library.files.first { !progress.finished.contains($0.name) }
    let last =
      following.map { "The next lesson: `lesson \($0.name)`." }
      ?? "That was the last lesson. `quiz` asks more."
    return [
      Speech.words(
        ["The end of “\(run.lesson.title)”. " + last, progress.calibration].compactMap(\.self))
    ]
  }

  /// `lessons`
  private func overview() -> Page {
    var rows: [[Cell]] = []
    for (index, file) in library.files.enumerated() {
      let contents = try? LessonLibrary.contents(ofFile: file.path)
      let state =
        progress.finished.contains(file.name)
        ? "done" : progress.reached[file.name] == nil ? "" : "begun"
      rows.append([
        .number(Double(index + 1), .count), .value(.text(file.name)),
        .value(.text(contents?.lesson.title ?? "can't be read")),
        contents?.lesson.minutes.map { .number(Double($0), .count) } ?? .none(""),
        .value(.text(state)),
      ])
    }
    guard !rows.isEmpty else {
      return Page(
        title: "Lessons",
        [.paragraph("No lessons are found. They are looked for in:")]
          + library.folders.map(Page.Block.preformatted))
    }
    let table = AnswerTable(
      columns: [
        .init("", .integer), .init("lesson", .category), .init("about", .text),
        .init("minutes", .integer), .init("", .text),
      ], rows: rows)
    let closing = ["`lesson NAME` begins one; `quiz` asks questions with new figures."]
    return Page(
      title: "Lessons",
      [.table(table)]
        + (closing + [progress.calibration].compactMap(\.self)).map(Page.Block.paragraph))
  }
}

// Quizzes.
extension Teaching {
  /// `quiz`, `quiz 8`, `quiz 8 seed 12`
  private func beginQuiz(
    _ arguments: [Argument], at span: Span, _ session: Session
  ) throws -> [Response] {
    guard let quizBank, !quizBank.questions.isEmpty else {
      throw LessonMessages.nothingToDo(
        "quiz", "a quiz is a file `quiz.bank` in a folder of lessons", at: span)
    }
    let words = arguments.map(\.written)
    var seed = session.catalogue.settings.seed ^ QuizFigures.seed(of: learner)
    if let mark = words.firstIndex(of: "seed"), words.indices.contains(mark + 1),
      let given = UInt64(words[mark + 1])
    {
      seed = given
    }
    let count = words.first.flatMap { Int($0) } ?? QuizRun.usualLength
    run = nil
    let started = try QuizRun(quizBank, count: count, seed: seed)
    let responses = started.pose()
    quiz = started
    return responses
  }

  private func closeQuiz() -> [Response] {
    guard let quiz, quiz.isFinished else { return [] }
    self.quiz = nil
    progress.quiz(right: quiz.rightAtOnce, of: quiz.count)
    return [
      Speech.words(
        "\(quiz.rightAtOnce) of \(quiz.count) right at the first try. `quiz` asks again.")
    ]
  }
}

extension Argument {
  /// What was written.
  fileprivate var written: String {
    switch self {
    case .name(let name): name.text
    case .text(let text, _): text
    case .condition(let condition): Formatter.text(of: condition)
    case .setting(let name, let value): "\(name.text)=\(value)"
    }
  }
}
