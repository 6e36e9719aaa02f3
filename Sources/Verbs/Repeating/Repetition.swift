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
        let answer = try verb.answer(part, inquiry).generalized(from: part, to: question, inquiry)
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
    answer.remarks = groupRemarks + remarks
    return answer
  }

  /// The remarks of all groups as they are, those of some with their names.
  private var groupRemarks: [String] {
    let answered = parts.filter { $0.answer != nil }
    var distinct: [String] = []
    for remark in answered.flatMap({ $0.answer?.remarks ?? [] }) where !distinct.contains(remark) {
      distinct.append(remark)
    }
    return distinct.map { remark in
      let groups = answered.filter { $0.answer?.remarks.contains(remark) ?? false }
      return groups.count == answered.count
        ? remark : "\(RepeatedCautions.names(groups)): \(remark)"
    }
  }

  private var names: String { Words.list(question.by.map(\.name)) }

  /// What one group is asked, without the words that narrow it to the group.
  private var words: String {
    parts.compactMap(\.answer?.words).mostCommon ?? question.text
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
  /// The answer with what is called after its group called as in the question of all groups: populations that
  /// are narrowed to it, and the time that is. The group stands beside them.
  fileprivate func generalized(
    from part: Question, to whole: Question, _ inquiry: Inquiry
  ) -> Answer {
    var answer = self
    answer.words = inquiry.unmodified(words, of: part)
    let names = zip(part.populations.map(\.name), whole.populations.map(\.name))
      .filter { $0 != $1 }
    let times = [part.periodWords, whole.periodWords].map { $0.isEmpty ? "" : " \($0)" }
    guard !names.isEmpty || times[0] != times[1] else { return answer }
    func called(_ text: String) -> String {
      let text = names.reduce(text) { $0.replacing($1.0, with: $1.1) }
      return times[0] == times[1]
        ? text : text.replacing(times[0], with: times[1], maxReplacements: 1)
    }
    func called(_ figure: Figure) -> Figure {
      var figure = figure
      figure.label = called(figure.label)
      return figure
    }
    answer.words = called(answer.words)
    answer.figures = figures.map(called)
    answer.blocks = blocks.map { block in
      guard case .figures(let lines) = block else { return block }
      return .figures(lines.map { FigureLine(called($0.figure), remark: $0.remark) })
    }
    answer.table?.columns = (table?.columns ?? []).map { .init(called($0.name), $0.type) }
    answer.cautions = cautions.map { caution in
      let text = names.reduce(caution.text) { $0.replacing($1.0, with: $1.1) }
      return Caution(caution.id, text, severity: caution.severity, isPassed: caution.isPassed)
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
