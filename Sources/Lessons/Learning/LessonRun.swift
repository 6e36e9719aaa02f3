import Diagnostics
import Engine
import Interpreter
import Syntax

/// A lesson that a learner is in: where it waits, and what has been tried there.
struct LessonRun {
  let lesson: Lesson
  /// The step that comes next, or at which the lesson waits.
  private(set) var position = 0
  private(set) var isFinished = false
  private var hintsGiven = 0
  private var tries = 0

  init(_ lesson: Lesson, from position: Int = 0) {
    self.lesson = lesson
    self.position = min(max(0, position), lesson.steps.count)
  }

  /// The step that waits for the learner.
  var waiting: LessonStep? {
    guard lesson.steps.indices.contains(position), lesson.steps[position].waits else { return nil }
    return lesson.steps[position]
  }

  /// Shows steps until one waits, or the lesson ends.
  mutating func proceed(_ session: Session) -> [Response] {
    var responses: [Response] = []
    var prose: [String] = []
    func tell() {
      if !prose.isEmpty { responses.append(Speech.words(prose)) }
      prose = []
    }
    (hintsGiven, tries) = (0, 0)
    while position < lesson.steps.count {
      switch lesson.steps[position] {
      case .prose(let text): prose.append(text)
      case .ask(let question):
        tell()
        responses.append(Speech.line(question.text))
        responses += run(question, session)
      case .pause:
        prose.append("(`next` goes on.)")
      case .guess(let guess):
        prose.append(guess.prompt)
        prose.append("(Guess before you look: `guess 60%`, or a range: `guess 50%..70%`.)")
      case .choice(let choice):
        tell()
        responses.append(LessonRun.page(of: choice))
      case .exercise(let exercise):
        prose.append("Exercise. " + exercise.prompt)
        prose.append("(Ask it at the prompt; `hint` helps, `next` shows one way.)")
      }
      if lesson.steps[position].waits {
        tell()
        return responses
      }
      position += 1
    }
    tell()
    isFinished = true
    return responses
  }

  private static func page(of choice: Choice) -> Response {
    .page(
      Page([
        .paragraph(choice.prompt),
        .definitions(
          choice.options.enumerated().map { .init(letter($0.offset), $0.element.text) }),
        .paragraph("(Answer with its letter: `guess a`.)"),
      ]))
  }

  static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }

  private func run(_ question: LessonQuestion, _ session: Session) -> [Response] {
    let transcript = session.respond(to: question.text, name: lesson.name)
    return transcript.responses.filter { if case .notice = $0 { false } else { true } }
  }

  private mutating func goOn(_ session: Session) -> [Response] {
    position += 1
    return proceed(session)
  }

  /// `next`: shows what was not asked for and goes on.
  mutating func next(_ session: Session) -> [Response] {
    switch waiting {
    case .guess(let guess):
      return reveal(guess, nil, session) + goOn(session)
    case .choice(let choice):
      return [LessonRun.reply(to: choice)] + goOn(session)
    case .exercise(let exercise):
      return [Speech.words("One way to ask it:"), Speech.line(exercise.solution.text)]
        + run(exercise.solution, session) + LessonRun.words(exercise.after) + goOn(session)
    case .pause: return goOn(session)
    default: return proceed(session)
    }
  }

  private static func reply(to choice: Choice) -> Response {
    let index = choice.options.firstIndex(where: \.isRight) ?? 0
    let option = choice.options[index]
    let end = option.text.last?.isPunctuation == true ? "" : "."
    let reply = option.reply.isEmpty ? "" : " " + option.reply
    return Speech.words(
      ["Right is \(letter(index)): \(option.text)\(end)\(reply)", choice.after]
        .compactMap(\.self))
  }

  private static func words(_ text: String?) -> [Response] {
    text.map { [Speech.words($0)] } ?? []
  }

  private func reveal(_ guess: Guess, _ given: GivenGuess?, _ session: Session) -> [Response] {
    var responses = [Speech.line(guess.answer.text)] + run(guess.answer, session)
    if let given, let figure = LessonRun.figure(of: guess, session), let value = figure.value {
      responses.append(Speech.words(given.verdict(on: value, figure.form)))
    }
    return responses + LessonRun.words(guess.after)
  }

  /// The figure that a guess is about.
  static func figure(of guess: Guess, _ session: Session) -> Figure? {
    guard let answer = try? session.considered(guess.answer.text) else { return nil }
    return answer.figures.first { guess.figure == nil || $0.id == guess.figure }
  }

  /// `hint`
  mutating func hint() -> String {
    switch waiting {
    case .exercise(let exercise):
      defer { hintsGiven += 1 }
      if hintsGiven < exercise.hints.count { return exercise.hints[hintsGiven] }
      return "There is no further hint; `next` shows one way to ask it."
    case .guess: return "Any number is right as a guess. Think of it first, then look."
    case .choice: return "Take the answer that fits best; a wrong one says why it is wrong."
    default: return "There is nothing to do here but to read on: `next`."
    }
  }

  /// `guess 60%` where a figure is to be guessed, `guess b` where answers are given.
  mutating func guess(
    _ text: String, at span: Span, _ session: Session, _ progress: inout Progress
  ) throws -> [Response] {
    switch waiting {
    case .guess(let guess):
      let figure = LessonRun.figure(of: guess, session)
      guard let given = GivenGuess(text, form: figure?.form ?? .number(decimals: 2)) else {
        throw LessonMessages.notANumber(text, at: span)
      }
      if let value = figure?.value {
        progress.guess(
          .init(lesson: lesson.name, low: given.low, high: given.high, actual: value))
      }
      return reveal(guess, given, session) + goOn(session)
    case .choice(let choice):
      let letters = choice.options.indices.map(LessonRun.letter)
      guard let index = letters.firstIndex(of: text.lowercased()) else {
        throw LessonMessages.notAnOption(text, last: letters.last ?? "a", at: span)
      }
      if choice.options[index].isRight { return [LessonRun.reply(to: choice)] + goOn(session) }
      let reply = choice.options[index].reply
      return [Speech.words("Not quite. " + (reply.isEmpty ? "Try another." : reply))]
    case .exercise:
      throw LessonMessages.nothingToDo(
        "guess", "this exercise is answered by asking: `hint` says how to begin", at: span)
    default:
      throw LessonMessages.nothingToDo("guess", "`next` goes on", at: span)
    }
  }

  /// Judges an answer while an exercise waits.
  mutating func judge(_ answer: Answer, _ session: Session) -> [Response] {
    guard case .exercise(let exercise) = waiting,
      let solution = try? session.considered(exercise.solution.text)
    else { return [] }
    let judge = AnswerJudge(solution, ids: exercise.figures)
    if judge.accepts(answer) {
      let praise = tries == 0 ? "Right, at the first try." : "Right."
      return [Speech.words([praise, exercise.after].compactMap(\.self))] + goOn(session)
    }
    tries += 1
    for slip in exercise.slips {
      guard let wrong = try? session.considered(slip.question.text) else { continue }
      if AnswerJudge(wrong).isMatched(by: answer) { return [Speech.words(slip.reply)] }
    }
    return [Speech.words(judge.diagnosis(of: answer))]
  }
}
