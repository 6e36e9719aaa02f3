import Diagnostics
import Engine
import Interpreter

/// A quiz that a learner is in.
struct QuizRun {
  /// Enough to learn from, short enough to finish.
  static let usualLength = 5

  /// A question with its figures filled in.
  private struct Posed {
    let prompt: String
    let exercise: Exercise
    let figure: String?
  }

  private var posed: [Posed] = []
  private var position = 0
  private var tries = 0
  private var hintsGiven = 0
  private(set) var rightAtOnce = 0

  var count: Int { posed.count }
  var isFinished: Bool { position >= posed.count }

  /// Draws questions without repeating any before all have been asked.
  init(_ bank: QuizBank, count: Int, seed: UInt64) throws(Diagnostic) {
    var order = QuizOrder(count: bank.questions.count, seed: seed)
    for number in 0..<min(max(1, count), 50) {
      let question = bank.questions[order.next()]
      posed.append(try QuizRun.posed(question, seed: seed &+ UInt64(number) &* 0x9e37_79b9))
    }
  }

  private static func posed(_ question: QuizQuestion, seed: UInt64) throws(Diagnostic) -> Posed {
    let figures = try QuizFigures(question.draws, seed: seed, at: question.span)
    func statement(_ text: String) -> LessonQuestion {
      LessonQuestion(figures.filled(text, forPeople: false), at: question.span)
    }
    func words(_ text: String) -> String { figures.filled(text, forPeople: true) }
    let exercise = Exercise(
      prompt: words(question.prompt), solution: statement(question.answer),
      figures: question.figure.map { [$0] } ?? [], hints: question.hints.map(words),
      slips: question.slips.map {
        .init(question: statement($0.question), reply: words($0.reply))
      },
      after: question.after.map(words), span: question.span)
    return Posed(prompt: exercise.prompt, exercise: exercise, figure: question.figure)
  }

  private var current: Posed { posed[position] }

  /// The question that waits.
  func pose() -> [Response] {
    guard !isFinished else { return [] }
    return [
      Speech.words(
        "Question \(position + 1) of \(count). " + current.prompt,
        "(Answer with `guess NUMBER`, or ask it in a line of your own.)")
    ]
  }

  private mutating func goOn() -> [Response] {
    position += 1
    (tries, hintsGiven) = (0, 0)
    return pose()
  }

  private static func figure(_ id: String?, of text: String, _ session: Session) -> Figure? {
    (try? session.considered(text))?.figures.first { id == nil || $0.id == id }
  }

  /// `guess 67%`: right where it is the figure, rounded as it was written.
  mutating func guess(
    _ text: String, at span: Span, _ session: Session
  ) throws -> [Response] {
    let posed = current
    let figure = QuizRun.figure(posed.figure, of: posed.exercise.solution.text, session)
    let form = figure?.form ?? .number(decimals: 2)
    guard let given = GivenGuess(text, form: form), !given.isRange else {
      throw LessonMessages.notANumber(text, at: span)
    }
    if let value = figure?.value, given.isRight(about: value) { return right(value, form) }
    tries += 1
    for slip in posed.exercise.slips {
      let wrong = QuizRun.figures(posed.figure, of: slip.question.text, session)
      if wrong.contains(where: { given.isRight(about: $0) }) {
        return [Speech.words(slip.reply, "Try again, or `next`.")]
      }
    }
    return [Speech.words("No. `hint` helps; try again, or `next` shows it.")]
  }

  /// The figure of a slip that would be mistaken for the answer; the first where it has another id.
  private static func figures(_ id: String?, of text: String, _ session: Session) -> [Double] {
    let figures = (try? session.considered(text))?.figures ?? []
    let same = figures.filter { $0.id == id }
    return (same.isEmpty ? figures.prefix(1) : same.prefix(1)).compactMap(\.value)
  }

  private mutating func right(_ value: Double, _ form: NumberForm) -> [Response] {
    if tries == 0 { rightAtOnce += 1 }
    let after = current.exercise.after
    return [
      Speech.words(
        ["Right: \(Numbers.text(value, form)).", after].compactMap(\.self))
    ] + goOn()
  }

  mutating func judge(_ answer: Answer, _ session: Session) -> [Response] {
    guard !isFinished,
      let solution = try? session.considered(current.exercise.solution.text)
    else { return [] }
    let judge = AnswerJudge(solution, ids: current.exercise.figures)
    let wanted = solution.figures.first {
      current.figure == nil || $0.id == current.figure
    }
    if judge.accepts(answer), let wanted, let value = wanted.value {
      return right(value, wanted.form)
    }
    tries += 1
    for slip in current.exercise.slips {
      guard let wrong = try? session.considered(slip.question.text) else { continue }
      if AnswerJudge(wrong).isMatched(by: answer) { return [Speech.words(slip.reply)] }
    }
    return [Speech.words(judge.diagnosis(of: answer))]
  }

  mutating func hint() -> String {
    let hints = current.exercise.hints
    defer { hintsGiven += 1 }
    return hintsGiven < hints.count
      ? hints[hintsGiven] : "There is no further hint; `next` shows the answer."
  }

  /// `next`: shows the answer and poses the next question.
  mutating func next(_ session: Session) -> [Response] {
    let exercise = current.exercise
    let answer = session.respond(to: exercise.solution.text, name: "quiz").responses
    let after = exercise.after.map { [Speech.words($0)] } ?? []
    return [Speech.line(exercise.solution.text)] + answer + after + goOn()
  }
}

/// The order of a quiz's questions: shuffled anew each time all have been asked.
struct QuizOrder {
  private let count: Int
  private var state: UInt64
  private var left: [Int] = []

  init(count: Int, seed: UInt64) {
    self.count = max(1, count)
    state = seed | 1
  }

  mutating func next() -> Int {
    if left.isEmpty { left = Array(0..<count) }
    // A multiplicative congruential generator is enough to vary an order (Knuth, MMIX).
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return left.remove(at: Int((state >> 33) % UInt64(left.count)))
  }
}
