import Columns
import Diagnostics
package import Engine
import Syntax

/// What a verb asks through: small tables of the cohort, and the populations there are.
package struct Inquiry {
  package let catalogue: Catalogue
  package let runner: Runner
  package let binder: Binder

  package init(catalogue: Catalogue, runner: Runner, binder: Binder) {
    self.catalogue = catalogue
    self.runner = runner
    self.binder = binder
  }

  var settings: Settings { catalogue.settings }

  /// A small table of the question's dataset, weighted as its card says, counting the question's unit.
  func tabulate(
    _ question: Question, rows: Predicate, keys: [Key], measures: [Measure]? = nil
  ) throws -> SmallTable {
    guard let cohort = question.cohort else { return SmallTable(unordered: []) }
    return try runner.tabulate(
      tabulation(question, rows: rows, keys: keys, measures: measures), of: cohort.dataset)
  }

  /// The chosen groups of a small table of counts.
  func counts(
    _ question: Question, rows: Predicate, keys: [Key], _ choice: GroupChoice
  ) throws -> CountTable {
    try runner.countTable(
      tabulation(question, rows: rows, keys: keys), choice, of: cohort(of: question).dataset)
  }

  /// A tabulation of the question's dataset, weighted as its card says, counting the question's unit.
  func tabulation(
    _ question: Question, rows: Predicate, keys: [Key], measures: [Measure]? = nil
  ) throws -> Tabulation {
    let dataset = try cohort(of: question).dataset
    let unit = try unitField(of: question)
    return Tabulation(
      dataset: dataset.name, rows: rows, keys: keys,
      measures: measures ?? [unit.map(Measure.units) ?? .rows],
      weight: unit == nil ? try binder.weight(of: dataset) : nil)
  }

  /// The field whose distinct values are counted: the one `unit` names, or the card's id where ids repeat.
  func unitField(of question: Question) throws -> Field? {
    if let field = question.unitField { return field }
    guard let dataset = question.cohort?.dataset, let id = dataset.card.id,
      dataset.card.weight == nil, let column = dataset.column(named: id)
    else { return nil }
    let field = try dataset.field(column, run: runner.monitor)
    return try repeats(field, in: dataset) ? field : nil
  }

  private func repeats(_ field: Field, in dataset: Dataset) throws -> Bool {
    if let known = dataset.repeatingIds { return known }
    if try runner.holdsEachOnce(field, of: dataset) {
      dataset.repeatingIds = false
      return false
    }
    let table = try runner.tabulate(
      Tabulation(dataset: dataset.name, measures: [.rows, .units(field)]), of: dataset)
    let measures = table.rows.first?.measures ?? []
    let repeats = measures.count == 2 && measures[0] != measures[1]
    dataset.repeatingIds = repeats
    return repeats
  }

  /// What one counted thing is, singular.
  func unit(of question: Question) -> String {
    question.unitName ?? question.cohort?.dataset.card.unit ?? "case"
  }

  /// The first measure of a tabulation without keys.
  func count(_ question: Question, rows: Predicate) throws -> Double {
    try tabulate(question, rows: rows, keys: []).rows.first?.measures[0].double ?? 0
  }

  /// The card of a dataset or cohort for the answer, with its fingerprint.
  func source(_ cohort: Cohort) throws -> SourceNote {
    SourceNote(
      name: cohort.name,
      fingerprint: try cohort.dataset.source.fingerprint(of: cohort.dataset.table),
      card: cohort.dataset.card.source)
  }

  func source(_ population: Population) throws -> SourceNote {
    SourceNote(
      name: population.registeredName, fingerprint: try population.fingerprint(),
      card: population.card.source)
  }

  /// An answer with the question's text, words and sources in it.
  func begin(_ question: Question, words: String) throws -> Answer {
    var answer = Answer(
      question: question.text, words: words + modifiers(of: question),
      verb: question.ask.verb.text.lowercased())
    if let cohort = question.cohort { answer.sources = [try source(cohort)] }
    return answer
  }

  /// The words of an answer without those that `begin` put behind them.
  func unmodified(_ words: String, of question: Question) -> String {
    let modifiers = modifiers(of: question)
    return words.hasSuffix(modifiers) ? String(words.dropLast(modifiers.count)) : words
  }

  /// `, among …, in …, by …` for the plain words of a question.
  private func modifiers(of question: Question) -> String {
    let by = question.by.map(\.name) + (question.isByReason ? ["reason"] : [])
    let parts = [question.scopeWords, by.isEmpty ? "" : "by \(Words.list(by))"]
    return parts.filter { !$0.isEmpty }.map { ", \($0)" }.joined()
  }

  /// Lets the sentence of an answer say whom it is about, so that it can be read alone.
  ///
  /// Every answer comes through here, so that no verb has to think of it.
  package static func sayWhom(_ answer: inout Answer, _ question: Question) {
    let words = (question.inner.first ?? question).scopeWords
    guard !words.isEmpty, let sentence = answer.sentences.first else { return }
    let end = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
    answer.sentences[0] = "\(end), \(words)."
  }

  /// The label of a group, as figures carry it.
  static func labels(_ keys: [BoundKey], _ values: [Value]) -> [GroupLabel] {
    zip(keys, values).map { GroupLabel(key: $0.name, value: $1) }
  }

  /// The cohort of a question that needs one.
  func cohort(of question: Question) throws -> Cohort {
    if let cohort = question.cohort { return cohort }
    throw VerbMessages.needsCohort(
      question.ask.verb.text.lowercased(), at: question.ask.subject.span)
  }

  /// The condition a verb can't do without.
  func condition(_ index: Int, of question: Question, _ signature: Signature) throws
    -> BoundCondition
  {
    if question.conditions.count > index { return question.conditions[index] }
    let labels = signature.slots.compactMap { slot -> String? in
      if case .condition(let label, _) = slot { label } else { nil }
    }
    throw BindingMessages.needsCondition(
      signature.word, labels.indices.contains(index) ? labels[index] : "CONDITION",
      usage: signature.usage, at: question.ask.span)
  }
}
