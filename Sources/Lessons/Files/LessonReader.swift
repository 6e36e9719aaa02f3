package import Diagnostics

/// Reads lesson files; what can't be read is told with its line.
package struct LessonReader {
  private static let headers: Set<String> = ["lesson", "minutes", "data"]
  private static let starts: Set<String> = ["ask", "guess", "choose", "exercise"]
  private static let parts: [String: Set<String>] = [
    "ask": ["ask"],
    "guess": ["answer", "figure", "after"],
    "choose": ["right", "wrong", "after"],
    "exercise": ["solution", "figures", "hint", "slip", "after"],
  ]

  /// Every word that may begin an entry.
  private static var words: Set<String> {
    parts.values.reduce(headers.union(starts)) { $0.union($1) }
  }

  private var lesson: Lesson
  private var problems: [Diagnostic] = []

  /// The lesson of a text, and what is wrong with it.
  package static func read(
    _ source: SourceText, name: String, folder: String
  ) -> (lesson: Lesson, problems: [Diagnostic]) {
    var reader = LessonReader(lesson: Lesson(name: name, folder: folder))
    for block in LessonBlock.blocks(of: source, words: words) {
      switch block {
      case .prose(let text): reader.lesson.steps.append(.prose(text))
      case .pause: reader.lesson.steps.append(.pause)
      case .entries(let entries): reader.add(entries)
      }
    }
    if reader.lesson.steps.isEmpty {
      reader.problems.append(LessonMessages.empty(name))
    }
    return (reader.lesson, reader.problems)
  }

  private init(lesson: Lesson) {
    self.lesson = lesson
  }

  private mutating func add(_ entries: [LessonEntry]) {
    guard let first = entries.first else { return }
    if LessonReader.headers.contains(first.word) { return header(entries) }
    guard let allowed = LessonReader.parts[first.word] else {
      problems.append(
        LessonMessages.misplaced(first.word, starts: LessonReader.starts, at: first.span))
      return
    }
    for entry in entries.dropFirst() where !allowed.contains(entry.word) {
      problems.append(LessonMessages.notPart(entry.word, of: first.word, at: entry.span))
    }
    switch first.word {
    case "ask": for entry in entries { lesson.steps.append(.ask(entry.question)) }
    case "guess": guess(entries)
    case "choose": choice(entries)
    default: exercise(entries)
    }
  }

  private mutating func header(_ entries: [LessonEntry]) {
    for entry in entries {
      switch entry.word {
      case "lesson": lesson.title = entry.words
      case "data": lesson.data = entry.words
      case "minutes":
        lesson.minutes = Int(entry.words)
        if lesson.minutes == nil {
          problems.append(LessonMessages.notMinutes(entry.words, at: entry.span))
        }
      default:
        problems.append(LessonMessages.notPart(entry.word, of: "lesson", at: entry.span))
      }
    }
  }

  /// The one entry of this word; told where it is missing.
  private mutating func required(
    _ word: String, _ entries: [LessonEntry]
  ) -> LessonEntry? {
    if let entry = entries.first(where: { $0.word == word && !$0.text.isEmpty }) { return entry }
    problems.append(LessonMessages.lacking(word, in: entries[0].word, at: entries[0].span))
    return nil
  }

  private func last(_ word: String, _ entries: [LessonEntry]) -> String? {
    entries.last { $0.word == word }?.words
  }

  private mutating func guess(_ entries: [LessonEntry]) {
    guard let answer = required("answer", entries) else { return }
    lesson.steps.append(
      .guess(
        Guess(
          prompt: entries[0].words, answer: answer.question, figure: last("figure", entries),
          after: last("after", entries), span: entries[0].span)))
  }

  private mutating func choice(_ entries: [LessonEntry]) {
    let options = entries.filter { $0.word == "right" || $0.word == "wrong" }.map { entry in
      let (text, reply) = entry.halves ?? (entry.words, "")
      return Choice.Option(text: text, isRight: entry.word == "right", reply: reply)
    }
    guard options.count > 1, options.count(where: \.isRight) == 1 else {
      problems.append(LessonMessages.notOneRight(at: entries[0].span))
      return
    }
    lesson.steps.append(
      .choice(
        Choice(
          prompt: entries[0].words, options: options, after: last("after", entries),
          span: entries[0].span)))
  }

  private mutating func exercise(_ entries: [LessonEntry]) {
    guard let solution = required("solution", entries) else { return }
    var slips: [Exercise.Slip] = []
    for entry in entries where entry.word == "slip" {
      guard let (question, reply) = entry.halves else {
        problems.append(LessonMessages.noReply(at: entry.span))
        continue
      }
      slips.append(.init(question: LessonQuestion(question, at: entry.span), reply: reply))
    }
    let ids = last("figures", entries)?.split { $0 == "," || $0 == " " }.map(String.init)
    lesson.steps.append(
      .exercise(
        Exercise(
          prompt: entries[0].words, solution: solution.question, figures: ids ?? [],
          hints: entries.filter { $0.word == "hint" }.map(\.words), slips: slips,
          after: last("after", entries), span: entries[0].span)))
  }
}
