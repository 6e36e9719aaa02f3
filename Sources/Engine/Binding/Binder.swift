import Columns
import Diagnostics
package import Syntax

/// Resolves the names of a question: fields, values, stages, populations, periods.
///
/// It touches no rows except to look up a field's values and type.
package struct Binder {
  package let catalogue: Catalogue
  package let runner: Runner
  package let vocabulary: Vocabulary

  package init(catalogue: Catalogue, runner: Runner, vocabulary: Vocabulary) {
    self.catalogue = catalogue
    self.runner = runner
    self.vocabulary = vocabulary
  }

  /// The question, or the first problem as a `Diagnostic`.
  package func bind(_ ask: Ask) throws -> Question {
    var question = Question(
      ask: ask, about: .nothing, level: catalogue.settings.level, seed: catalogue.settings.seed)
    question.number = ask.number
    switch ask.subject {
    case .figures(let figures): question.about = .figures(figures)
    case .matrix(let rows, let span): question.about = .matrix(try counts(rows, span))
    case .cohort(let name): question.about = .cohort(try cohort(name))
    case .none: break
    }
    question.inner = try ask.inner.map(bind)
    guard let cohort = question.cohort else {
      try bindWithoutData(ask, &question)
      return question
    }
    try prefetch(ask, cohort)
    let scope = Scope(dataset: cohort.dataset, cohort: cohort.name)
    let (conditions, fields) = try told(ask, in: scope)
    question.conditions = try conditions.map { try condition($0, in: scope) }
    let areShown = goesToRows(ask, of: cohort.dataset)
    question.fields = try fields.map { name in
      if areShown, let column = cohort.dataset.column(named: name.text) {
        return try cohort.dataset.shownField(column, run: runner.monitor)
      }
      return try field(name, in: scope)
    }
    question.stages = try ask.stages.map { try stage($0, in: scope) }
    for clause in ask.clauses { try bind(clause, in: scope, &question) }
    // Fields are the groups of `missing` where no key is named.
    if let span = question.span(of: .top), question.by.isEmpty,
      ask.verb.text.lowercased() != "missing"
    {
      throw BindingMessages.needsClause(
        "top", "by KEY", at: span, help: ["`top` says how many of the groups are shown"])
    }
    return question
  }

  /// Conditions and fields apart: a bare name that no row could be said to be is a field to show.
  private func told(_ ask: Ask, in scope: Scope) throws -> ([ConditionNode], [Name]) {
    let showsFields =
      vocabulary.signature(of: ask.verb.text)?.slots.contains {
        if case .fields(0, _) = $0 { true } else { false }
      } ?? false
    guard showsFields, case .named(let name)? = ask.conditions.first,
      let field = try knownField(name.text, in: scope), try !isYesNo(field, in: scope)
    else { return (ask.conditions, ask.fields) }
    return (Array(ask.conditions.dropFirst()), [name] + ask.fields)
  }

  private func counts(_ rows: [[Quantity]], _ span: Span) throws -> [[Int]] {
    let counts = try rows.map { row in
      try row.map { quantity in
        guard let count = quantity.literal.integer, count >= 0 else {
          throw Diagnostic("not-a-count", "a table holds whole counts", at: quantity.span)
        }
        return count
      }
    }
    guard counts.count > 1, let width = counts.first?.count, width > 1,
      counts.allSatisfy({ $0.count == width })
    else {
      throw Diagnostic(
        "not-a-table", "a table has at least two rows of the same length, at least two", at: span,
        help: ["table [40 33; 153 83]"])
    }
    return counts
  }

  /// Figures stand alone: conditions are words for the group, clauses about method work.
  private func bindWithoutData(_ ask: Ask, _ question: inout Question) throws {
    question.conditions = ask.conditions.map { node in
      let text = Formatter.text(of: node)
      return BoundCondition(
        predicate: .constant(true), node: node, text: text, fields: [],
        wording: Wording(people: text, adjective: nil, with: text))
    }
    for clause in ask.clauses {
      switch clause.kind {
      case .versus(let opponent):
        question.versus = try figuresOpponent(opponent, telling: ask.conditions)
      case .level, .using, .anyway, .top, .limit, .seed:
        try bindPlain(clause, &question)
      default:
        throw Diagnostic(
          "no-data", "`\(clause.word.rawValue)` needs data, and the question gives figures",
          at: clause.span)
      }
    }
  }

  private func figuresOpponent(
    _ opponent: Opponent, telling group: [ConditionNode]
  ) throws -> BoundOpponent {
    switch opponent {
    case .share(let quantity): return try share(quantity)
    case .figures(let figures): return .figures(figures)
    case .named(let name): return try named(name, nil, telling: group)
    case .everyPopulation(let span): return try everyPopulation(span, telling: group)
    default:
      throw Diagnostic(
        "no-data", "figures are compared with a percentage, with figures or with a population",
        at: opponent.span)
    }
  }

  /// The cohort or dataset of a name.
  package func cohort(_ name: Name) throws -> Cohort {
    if let cohort = catalogue.cohort(named: name.text) { return cohort }
    // `office` where the tables of office are open as `office.cases`.
    let inside = catalogue.cohortNames.filter { $0.lowercased().hasPrefix(name.key + ".") }
    let nearest =
      inside.isEmpty
      ? Nearest.matches(to: name.text, in: catalogue.cohortNames, limit: 1)
      : Array(inside.prefix(1))
    var diagnostic = BindingMessages.unknownCohort(
      name.text, nearest: try nearest.map { "the nearest is \($0) (\(try described($0)))" },
      at: name.span)
    diagnostic.edits = nearest.first.map { [Edit(name.span, $0)] } ?? []
    throw diagnostic
  }

  /// `cohort, 200 defendants`.
  private func described(_ name: String) throws -> String {
    guard let cohort = catalogue.cohort(named: name) else { return "dataset" }
    let isCohort = catalogue.cohorts.contains { $0.name == cohort.name }
    let kind = isCohort ? "cohort" : "dataset"
    guard runner.readsRows, !cohort.dataset.card.isRestricted else { return kind }
    let table = try runner.tabulate(
      Tabulation(
        dataset: cohort.dataset.name, rows: cohort.rows,
        weight: try weight(of: cohort.dataset)), of: cohort.dataset)
    let count = table.rows.first?.measures[0].double ?? 0
    let unit = cohort.dataset.card.unit
    return kind + ", \(Words.count(count, unit))"
  }

  /// The field that says how many each row stands for, where the card names one.
  package func weight(of dataset: Dataset) throws -> Field? {
    guard let name = dataset.card.weight else { return nil }
    guard let column = dataset.column(named: name) else {
      throw Diagnostic(
        "unknown-field", "the card of \(dataset.name) has the weight \(name), which is no field")
    }
    return try readField(column, of: dataset)
  }

  /// Whether the question shows so few rows of a dataset that the source had better go to them than read the columns
  /// that are shown alone.
  package func goesToRows(_ ask: Ask, of dataset: Dataset) -> Bool {
    let most = dataset.source.mostShownRows
    guard most > 0, runner.readsRows, vocabulary.signature(of: ask.verb.text)?.showsRows == true
    else { return false }
    let counts = ask.clauses.map { clause -> Int? in
      if case .limit(let count) = clause.kind { return count.literal.integer }
      return 0
    }
    return (counts + [ask.number.map { $0.literal.integer } ?? 0]).allSatisfy { $0 ?? .max <= most }
  }

  /// Reads all columns that the question may need in one pass over the file.
  private func prefetch(_ ask: Ask, _ cohort: Cohort) throws {
    var columns = cohort.columns
    let dataset = cohort.dataset
    let areShown = goesToRows(ask, of: dataset)
    let names = areShown ? NamesInTree.namesBesidesFields(in: ask) : NamesInTree.names(in: ask)
    for name in names + guidelineNames(in: ask) {
      collect(name, of: dataset, into: &columns)
    }
    if areShown { expectShown(ask.fields, of: dataset, besides: &columns) }
    for name in [dataset.card.weight, ask.usesDate ? dataset.card.date : nil].compactMap(\.self) {
      collect(name, of: dataset, into: &columns)
    }
    if dataset.source.readsAhead, runner.readsRows, !columns.isEmpty {
      _ = try runner.columns(columns.sorted(), of: dataset)
    }
  }

  /// Tells the source what will be shown: the named fields, or without any all that are not sensitive.
  private func expectShown(
    _ names: [Name], of dataset: Dataset, besides columns: inout Set<String>
  ) {
    var shown = names.isEmpty ? dataset.shownFields : []
    for name in names {
      if let column = dataset.column(named: name.text) {
        shown.append(column)
      } else {
        collect(name.text, of: dataset, into: &columns)
      }
    }
    dataset.expectShown(shown.filter { !columns.contains($0) })
  }

  private func guidelineNames(in ask: Ask) -> [String] {
    ask.clauses.flatMap { clause -> [String] in
      guard case .against(let name) = clause.kind else { return [] }
      let rules = catalogue.guideline(named: name.text)?.rules ?? []
      return rules.flatMap { NamesInTree.names(in: $0.condition) }
    }
  }

  private func collect(
    _ name: String, of dataset: Dataset, into columns: inout Set<String>
  ) {
    if let column = dataset.column(named: name) {
      columns.insert(column)
    } else if let expression = dataset.computed(named: name) {
      columns.formUnion(expression.columns)
    } else if let stage = dataset.stage(named: name) {
      columns.formUnion(stage.reached.columns)
    } else if let cohort = catalogue.cohort(named: name), cohort.dataset === dataset {
      columns.formUnion(cohort.columns)
    }
  }
}

/// Where names are looked up.
package struct Scope {
  package let dataset: Dataset
  /// What messages call it.
  package let cohort: String

  package init(dataset: Dataset, cohort: String) {
    self.dataset = dataset
    self.cohort = cohort
  }
}

// Which columns definitions read, so that they are read in one pass.
extension Binder {
  package func columns(in steps: [CohortStep], of dataset: Dataset) -> Set<String> {
    var columns: Set<String> = []
    for name in steps.flatMap(NamesInTree.names(in:)) {
      collect(name, of: dataset, into: &columns)
    }
    let readsDate = steps.contains { step in
      guard case .clause(let clause) = step else { return false }
      return [.in, .since, .before].contains(clause.word)
    }
    if readsDate, let date = dataset.card.date {
      collect(date, of: dataset, into: &columns)
    }
    return columns
  }

  package func columns(in node: ExpressionNode, of dataset: Dataset) -> Set<String> {
    var columns: Set<String> = []
    for name in NamesInTree.names(in: node) { collect(name, of: dataset, into: &columns) }
    return columns
  }
}
