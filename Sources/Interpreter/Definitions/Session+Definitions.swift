import Columns
import Diagnostics
import Engine
import Syntax

extension Session {
  /// `cohort buybust = drug where method=buy-bust`
  func cohort(_ name: Name, base: Name, _ steps: [CohortStep]) throws -> [Response] {
    let parent = try binder.cohort(base)
    let scope = Scope(dataset: parent.dataset, cohort: parent.name)
    var rows = parent.rows
    var period = parent.period
    var columns = parent.columns
    try readAhead(steps, parent)
    for step in steps {
      switch step {
      case .pick(let node):
        let pick = try pick(node, among: rows, in: scope)
        rows = pick.rows
        columns.formUnion(pick.reads)
      case .clause(let clause):
        switch clause.kind {
        case .where(let node):
          let condition = try binder.condition(node, in: scope)
          rows = rows.and(condition.predicate)
          columns.formUnion(condition.predicate.columns)
        case .in(let node), .since(let node), .before(let node):
          let date = try binder.date(of: scope, at: clause.span)
          let coverage = try coverage(clause, node, parent)
          rows = rows.and(Binder.condition(on: date, coverage))
          columns.formUnion(date.columns)
          period = coverage
        default: break
        }
      }
    }
    let words = steps.map { Formatter.text(of: $0) }.joined(separator: " ")
    catalogue.add(
      Cohort(
        name: name.text, dataset: parent.dataset, rows: rows,
        definition: parent.definition + (words.isEmpty ? "" : " " + words), columns: columns,
        period: period))
    return []
  }

  /// `first by disposition_date per case_participant_id`, of the rows that the steps before it left.
  private func pick(_ node: PickNode, among rows: Predicate, in scope: Scope) throws -> Pick {
    let order = try node.by.map { name in
      let field = try binder.field(name, in: scope)
      guard field.type.map({ $0.isDate || $0.isNumber }) ?? !readsRows else {
        throw BindingMessages.wrongKind(
          "the order of rows", "a date or a number", name.text,
          at: name.span)
      }
      return field
    }
    return catalogue.pick(
      Formatter.text(of: node), among: rows, isLast: node.isLast, order: order,
      unit: try node.per.map { try binder.field($0, in: scope) })
  }

  /// Reads the columns of a definition in one pass.
  private func readAhead(_ steps: [CohortStep], _ parent: Cohort) throws {
    guard parent.dataset.source.readsAhead, readsRows else { return }
    let names = binder.columns(in: steps, of: parent.dataset).union(parent.columns)
    if !names.isEmpty { _ = try runner.columns(names.sorted(), of: parent.dataset) }
  }

  /// The time that a clause confines a cohort to; its open end is the card's.
  private func coverage(_ clause: Clause, _ node: PeriodNode, _ parent: Cohort) throws -> Coverage {
    let known = parent.period ?? parent.dataset.card.period
    switch clause.kind {
    case .since:
      let open = try binder.coverage(PeriodNode(node.first, nil, at: node.span))
      return Coverage(
        first: open.first, last: known?.last ?? open.last, firstWritten: open.firstWritten,
        lastWritten: known?.lastWritten ?? "")
    case .before:
      let first = try binder.coverage(node).first
      let last = Day(number: first.number - 1)
      return Coverage(
        first: known?.first ?? Day(number: -1_000_000), last: last,
        firstWritten: known?.firstWritten ?? "", lastWritten: last.description)
    default: return try binder.coverage(node)
    }
  }

  /// `field wait of referrals = days(received, filed_date)`
  func field(_ name: Name, of dataset: Name, _ node: ExpressionNode) throws -> [Response] {
    guard let target = catalogue.dataset(named: dataset.text) else {
      throw unknownDataset(dataset)
    }
    guard target.column(named: name.text) == nil else {
      throw Diagnostic(
        "name-taken", "\(target.name) already has a field \(name.text) in its file", at: name.span)
    }
    let scope = Scope(dataset: target, cohort: target.name)
    if target.source.readsAhead, readsRows {
      let names = binder.columns(in: node, of: target)
      if !names.isEmpty { _ = try runner.columns(names.sorted(), of: target) }
    }
    let expression = try binder.expression(node, in: scope)
    target.computed.removeAll { Name.key(of: $0.name) == name.key }
    target.computed.append((name.text, expression))
    return []
  }

  /// `link referrals.neighborhood to neighborhoods.name`
  func link(_ from: LinkEnd, _ to: LinkEnd) throws -> [Response] {
    guard let dataset = catalogue.cohort(named: from.dataset.text)?.dataset else {
      throw unknownDataset(from.dataset)
    }
    guard let found = catalogue.cohort(named: to.dataset.text) else {
      throw unknownDataset(to.dataset)
    }
    let target = found.dataset
    let key = try binder.field(from.field, in: Scope(dataset: dataset, cohort: dataset.name))
    let other = try binder.field(to.field, in: Scope(dataset: target, cohort: target.name))
    if readsRows { try checkKeys(of: other, to, in: found) }
    dataset.links.removeAll { $0.key == key && $0.name == found.name }
    dataset.links.append(
      Link(key: key, dataset: target.name, target: other, rows: found.rows, name: found.name))
    return []
  }

  /// A key that repeats is an error: rows would count twice.
  private func checkKeys(of other: Field, _ to: LinkEnd, in found: Cohort) throws {
    let table = try runner.tabulate(
      Tabulation(dataset: found.dataset.name, rows: found.rows, keys: [.field(other)]),
      of: found.dataset)
    if let twice = table.rows.first(where: {
      !$0.keys[0].isMissing && ($0.measures[0].double ?? 0) > 1
    }) {
      throw Diagnostic(
        "key-repeats",
        "\(found.name) has \(twice.measures[0]) rows with \(to.field.text)=\(twice.keys[0]), so a link to it would count rows twice",
        at: to.field.span,
        help: [
          "link to a field whose values do not repeat",
          "or to one row of each: cohort one = \(Formatter.text(of: Name(found.name, at: to.field.span))) first per \(Formatter.text(of: to.field))",
        ])
    }
  }

  /// `stages of referrals … end`
  func stages(of dataset: Name, _ nodes: [StageNode]) throws -> [Response] {
    guard let target = catalogue.dataset(named: dataset.text) else {
      throw unknownDataset(dataset)
    }
    let scope = Scope(dataset: target, cohort: target.name)
    var stages: [Stage] = []
    for node in nodes {
      if let date = node.date {
        let field = try binder.field(date, in: scope)
        guard field.type?.isDate ?? !readsRows else {
          throw BindingMessages.wrongKind("a stage", "a date", date.text, at: date.span)
        }
        stages.append(Stage(name: node.name.text, date: field, reached: .not(.missing(field))))
      } else if let condition = node.condition {
        let bound = try binder.condition(condition, in: scope)
        stages.append(Stage(name: node.name.text, date: nil, reached: bound.predicate))
      }
    }
    target.stages = stages
    return []
  }

  /// `guideline drug2021 since 2021-04-01 … end`
  func guideline(
    _ name: Name, _ since: PeriodNode?, _ rules: [GuidelineRule], _ otherwise: String?
  ) throws -> [Response] {
    let otherwise = (otherwise ?? "unclear").lowercased()
    guard ["allow", "decline", "unclear"].contains(otherwise) else {
      throw Diagnostic(
        "expected", "otherwise is allow, decline or unclear, not \(otherwise)", at: name.span)
    }
    catalogue.add(
      Guideline(
        name: name.text, since: try since.map { try binder.coverage($0).first }, rules: rules,
        otherwise: otherwise))
    return []
  }
}
