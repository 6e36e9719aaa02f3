import Columns
import Diagnostics
package import Engine
import Statistics
import Syntax

/// A question that is asked again of each group of its `by`, and answered in one.
package struct Repetition {
  /// The answer of one group, or why there is none.
  struct Part {
    let group: [Value]
    let question: Question
    let answer: Answer?
    let problem: Diagnostic?
    /// Whether there is a row of it at all.
    let isCounted: Bool

    /// What its line says in the place of figures.
    var reason: String {
      guard isCounted else { return "no cases" }
      return problem.flatMap { Repetition.ofOneGroup[$0.id] } ?? ""
    }

    var label: String { group.label }
  }

  /// Problems of a single group that has too little in it, and what its line says: the others stand.
  static let ofOneGroup = [
    "nothing-counted": "no comparison", "all-unknown": "all unknown",
    "only-unknown-words": "all unknown",
    "no-people": "no people", "no-strata": "no stratum", "unknown-value": "no such value",
  ]

  private let verb: any Verb.Type
  private let question: Question
  private let inquiry: Inquiry
  private let parts: [Part]
  /// Groups that `top` leaves out.
  private let hidden: Int
  private let remarks: [String]

  /// The answer of a verb: its own, or where the form needs it one that is made of each group's.
  package static func answer(
    _ verb: any Verb.Type, _ question: Question, _ inquiry: Inquiry
  ) throws -> Answer {
    guard !question.by.isEmpty, question.cohort != nil, verb.isAskedOfEach(question) else {
      return try verb.answer(question, inquiry)
    }
    return try Repetition(verb, question, inquiry).answer()
  }

  private init(_ verb: any Verb.Type, _ question: Question, _ inquiry: Inquiry) throws {
    self.verb = verb
    self.question = question
    self.inquiry = inquiry
    let limit = inquiry.settings.groupLimit
    let table = try inquiry.counts(
      question, rows: question.rows, keys: question.by.map { .field($0.field) },
      question.top.map { .largest($0) } ?? .all(atMost: limit))
    guard question.top != nil || table.groupCount <= limit else {
      throw VerbMessages.tooManyGroups(
        table.groupCount, limit: limit, at: question.span(of: .by) ?? question.ask.span)
    }
    guard table.groupCount > 0 else {
      throw VerbMessages.nothingCounted(question.whom, at: question.ask.subject.span)
    }
    hidden = table.groupCount - table.rows.count
    var noted = Answer(question: "", words: "", verb: "")
    let groups = try inquiry.withEmptyPeriods(
      table.rows.map(\.keys), question, &noted, keys: { $0 }, empty: { $0 })
    remarks = noted.remarks
    let counted = Set(table.rows.map(\.keys))
    var first: Diagnostic?
    var parts: [Part] = []
    for group in groups {
      let asked = try QuestionOfGroup(question, group, inquiry.binder)
      let part = try inquiry.narrowed(asked.question, by: asked.condition)
      do {
        let answer = try verb.answer(part, inquiry).calling(part.populations, question.populations)
        parts.append(
          Part(
            group: group, question: part, answer: answer, problem: nil,
            isCounted: counted.contains(group)))
      } catch let problem as Diagnostic where Repetition.ofOneGroup[problem.id] != nil {
        first = first ?? problem
        parts.append(
          Part(
            group: group, question: part, answer: nil, problem: problem,
            isCounted: counted.contains(group)))
      }
    }
    if let first, parts.allSatisfy({ $0.answer == nil }) { throw first }
    self.parts = parts
  }

  private func answer() throws -> Answer {
    var answer = try inquiry.begin(question, words: words)
    let answered = parts.compactMap(\.answer)
    for source in answered.flatMap(\.sources)
    where !answer.sources.contains(where: { $0.name == source.name }) {
      answer.sources.append(source)
    }
    for method in answered.flatMap(\.methods) where !answer.methods.contains(method) {
      answer.methods.append(method)
    }
    answer.counted = try counted(answered)
    for part in parts {
      let labels = Inquiry.labels(question.by, part.group)
      answer.figures += (part.answer?.figures ?? []).map { figure in
        var figure = figure
        figure.group = labels + figure.group
        return figure
      }
    }
    let tables = RepeatedTables(parts, question.by, main: main, question.level, hidden: hidden)
    answer.table = tables.answer
    answer.blocks = tables.all.map(Block.table)
    answer.sentences = [Words.sentence("\(words), by \(names)\(range).")]
    answer.steps = parts.flatMap { part in
      (part.answer?.steps ?? []).map { "\(part.label): \($0)" }
    }
    answer.cautions = RepeatedCautions(parts, question).merged
    inquiry.cautionMany(answered.flatMap(\.tests), &answer)
    for remark in answered.flatMap(\.remarks) + remarks where !answer.remarks.contains(remark) {
      answer.remarks.append(remark)
    }
    return answer
  }

  private var names: String { Words.list(question.by.map(\.name)) }

  /// What one group is asked, without the words that narrow it to the group.
  private var words: String {
    guard let part = parts.first(where: { $0.answer != nil }), let answer = part.answer else {
      return question.text
    }
    return inquiry.unmodified(answer.words, of: part.question)
  }

  /// The id of the figure that the question is about.
  private var main: String? {
    verb.mainFigures.first { id in
      parts.contains { $0.answer?.figures.contains { $0.id == id } ?? false }
    }
  }

  /// `: from 1.08 (search warrant) to 2.31 (buy-bust)`; nothing where a group has several such figures.
  private var range: String {
    let found = parts.compactMap { part -> (value: Double, form: NumberForm, label: String)? in
      let figures = part.answer?.figures.filter { $0.id == main } ?? []
      guard !part.group.contains(.missing), figures.count == 1, let value = figures[0].value,
        value.isFinite
      else { return nil }
      return (value, figures[0].form, part.label)
    }
    guard let least = found.min(by: { $0.value < $1.value }),
      let most = found.max(by: { $0.value < $1.value }), least.label != most.label
    else { return "" }
    return ": from \(Numbers.text(least.value, least.form)) (\(least.label)) to "
      + "\(Numbers.text(most.value, most.form)) (\(most.label))"
  }

  /// All that the groups rest on, and the rows whose group is unknown.
  private func counted(_ answered: [Answer]) throws -> Counted {
    let all = answered.compactMap(\.counted)
    var counted = try inquiry.counted(
      question, n: all.reduce(0) { $0 + $1.n }, fields: question.by.map(\.field))
    var unknown: [(field: String, n: Double)] = []
    for (field, n) in all.flatMap(\.unknown) {
      if let place = unknown.firstIndex(where: { $0.field == field }) {
        unknown[place].n += n
      } else {
        unknown.append((field, n))
      }
    }
    counted.unknown =
      unknown
      + counted.unknown.filter { own in
        !unknown.contains { $0.field == own.field }
      }
    return counted
  }
}

extension Answer {
  /// The answer with populations that are narrowed to a group called what the whole ones are: the group
  /// stands beside them.
  fileprivate func calling(_ narrowed: [Population], _ whole: [Population]) -> Answer {
    let names = zip(narrowed.map(\.name), whole.map(\.name)).filter { $0 != $1 }
    guard !names.isEmpty else { return self }
    func called(_ text: String) -> String {
      names.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
    func called(_ figure: Figure) -> Figure {
      var figure = figure
      figure.label = called(figure.label)
      return figure
    }
    var answer = self
    answer.words = called(words)
    answer.figures = figures.map(called)
    answer.blocks = blocks.map { block in
      guard case .figures(let lines) = block else { return block }
      return .figures(lines.map { FigureLine(called($0.figure), remark: $0.remark) })
    }
    answer.cautions = cautions.map {
      Caution($0.id, called($0.text), severity: $0.severity, isPassed: $0.isPassed)
    }
    return answer
  }
}

extension Question {
  /// The populations that it names.
  fileprivate var populations: [Population] {
    var populations: [Population] = []
    switch versus {
    case .population(let population)?: populations.append(population)
    case .everyPopulation(let all)?: populations += all
    default: break
    }
    if case .people(_, let population)? = per { populations.append(population) }
    return populations
  }
}
