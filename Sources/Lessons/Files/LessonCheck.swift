package import Diagnostics
import Engine
import Interpreter

/// Finds what would go wrong in a lesson, by going through it with its data.
package enum LessonCheck {
  /// The problems of a lesson file, each with the line it belongs to.
  package static func problems(
    ofFile path: String, directory: String
  ) throws -> (source: SourceText, problems: [Diagnostic]) {
    let (lesson, source, found) = try LessonLibrary.contents(ofFile: path)
    guard found.isEmpty else { return (source, found) }
    let session = Session(directory: directory)
    if let data = lesson.data {
      let folder = Session.absolute(lesson.folder, in: directory)
      let transcript = try session.run(script: Session.absolute(data, in: folder))
      for case .problem(let problem) in transcript.responses {
        return (source, [Diagnostic(problem.id, "\(data): \(problem.message)")])
      }
    }
    return (source, lesson.steps.flatMap { problems(in: $0, session) })
  }

  private static func problems(in step: LessonStep, _ session: Session) -> [Diagnostic] {
    switch step {
    case .prose, .pause, .choice: return []
    case .ask(let question):
      for case .problem(let problem) in session.respond(to: question.text, name: "").responses {
        return [placed(problem, question)]
      }
      return []
    case .guess(let guess):
      return figureProblems(guess.answer, guess.figure.map { [$0] } ?? [], session)
    case .exercise(let exercise):
      return problems(in: exercise, session)
    }
  }

  private static func problems(in exercise: Exercise, _ session: Session) -> [Diagnostic] {
    var found = figureProblems(exercise.solution, exercise.figures, session)
    guard found.isEmpty, let solution = try? session.considered(exercise.solution.text) else {
      return found
    }
    if exercise.hints.isEmpty { found.append(LessonMessages.noHint(at: exercise.span)) }
    for slip in exercise.slips {
      do {
        let wrong = try session.considered(slip.question.text)
        if AnswerJudge(solution, ids: exercise.figures).accepts(wrong) {
          found.append(LessonMessages.rightSlip(slip.question.text, at: slip.question.span))
        }
      } catch {
        found.append(placed(problem(of: error), slip.question))
      }
    }
    return found
  }

  /// A question that is not answered, or lacks the figures that are asked about.
  private static func figureProblems(
    _ question: LessonQuestion, _ ids: [String], _ session: Session
  ) -> [Diagnostic] {
    do {
      let answer = try session.considered(question.text)
      let known = Set(answer.figures.map(\.id))
      if known.isEmpty { return [LessonMessages.noFigure(question.text, at: question.span)] }
      return ids.filter { !known.contains($0) }.map {
        LessonMessages.notInAnswer($0, known: known, at: question.span)
      }
    } catch {
      return [placed(problem(of: error), question)]
    }
  }

  private static func problem(of error: any Error) -> Diagnostic {
    if case .problem(let problem) = Session.response(to: error) { return problem }
    return Diagnostic("unexpected-failure", "\(error)")
  }

  /// A problem of a question, at the line of the lesson that holds it.
  private static func placed(_ problem: Diagnostic, _ question: LessonQuestion) -> Diagnostic {
    Diagnostic(
      problem.id, "`\(question.text)`: \(problem.message)", at: question.span, help: problem.help)
  }
}
