import Diagnostics

/// What is said about lessons that can't be read or found, in alphabetical order.
enum LessonMessages {
  static func empty(_ name: String) -> Diagnostic {
    Diagnostic("empty-lesson", "the lesson \(name) has no steps")
  }

  static func lacking(_ word: String, in start: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-part-missing", "this \(start) has no `\(word):`", at: span,
      help: ["write `\(word): …` on a line of its own below it, without an empty line between"])
  }

  static func misplaced(_ word: String, starts: Set<String>, at span: Span) -> Diagnostic {
    let words = starts.sorted().map { "`\($0):`" }.joined(separator: ", ")
    return Diagnostic(
      "lesson-part-misplaced", "`\(word):` belongs to a step, and none has begun", at: span,
      help: ["a step begins with \(words)"])
  }

  static func noFigure(_ question: String, at span: Span) -> Diagnostic {
    Diagnostic("no-figure", "the answer to `\(question)` holds no figure", at: span)
  }

  static func noHint(at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-no-hint", "this exercise has no hint", at: span,
      help: ["hint: What is one row? Who is asked about?"])
  }

  static func noLesson(_ name: String, nearest: [String], at span: Span?) -> Diagnostic {
    Diagnostic(
      "unknown-lesson", "there is no lesson \(name)", at: span,
      help: nearest.isEmpty
        ? ["`lessons` lists them"] : ["the nearest is " + nearest.joined(separator: " or ")])
  }

  static func noReply(at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-reply-missing", "a slip says what to reply behind `=>`", at: span,
      help: ["slip: share drug race=Black => That is all drug cases."])
  }

  static func nothingToDo(_ word: String, _ help: String, at span: Span) -> Diagnostic {
    Diagnostic("no-lesson-step", "there is nothing here for `\(word)`", at: span, help: [help])
  }

  static func notADraw(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "quiz-draw", "figures can't be drawn from `\(text)`", at: span,
      help: ["draw: n = 80..400", "draw: a = 55%..85% of n", "draw: b = n - a"])
  }

  static func notANumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "not-a-guess", "a guess is a number or a range, not \(text)", at: span,
      help: ["guess 60%", "guess 50%..70%"])
  }

  static func notAnOption(_ text: String, last: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "not-an-option", "there is no answer \(text) here", at: span,
      help: ["the answers are a to \(last): guess a"])
  }

  static func notInAnswer(_ id: String, known: Set<String>, at span: Span) -> Diagnostic {
    Diagnostic(
      "no-figure", "the answer holds no figure \(id)", at: span,
      help: ["it holds " + known.sorted().joined(separator: ", ")])
  }

  static func notMinutes(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("lesson-minutes", "minutes is a whole number, not \(text)", at: span)
  }

  static func notOneRight(at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-choice", "a choice has at least two answers, exactly one of them `right:`", at: span)
  }

  static func notPart(_ word: String, of start: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-part-misplaced", "`\(word):` is no part of `\(start):`", at: span,
      help: ["an empty line ends a step"])
  }

  static func rightSlip(_ question: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "lesson-slip-right", "`\(question)` is no slip: it has the figures of the solution",
      at: span)
  }
}
