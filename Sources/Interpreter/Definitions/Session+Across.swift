import Columns
import Connectors
import Diagnostics
import Engine
import Syntax

// Populations that are read across a wide table: a column for each group.
extension Session {
  /// One row across, or, where each row has a number of people, all rows: then the columns are
  /// parts of it.
  func across(
    _ node: PopulationNode, _ dataset: Dataset, _ rows: Predicate, _ card: Card
  ) throws -> Population {
    let scope = Scope(dataset: dataset, cohort: node.name.text)
    if let people = try number(named: "weight", node, scope) {
      return try weighted(node, people, scope, rows, card)
    }
    let reader = AcrossReader(session: self, scope: scope, rows: rows, isAdded: try isAdded(node))
    let groups = try node.groups.map(reader.group)
    let whole = node.total.flatMap { AcrossReader.whole($0, dataset) }
    let total =
      try whole.map { Population.Group(name: "total", people: $0, marginOfError: nil) }
      ?? node.total.map(reader.group)
      ?? Population.Group(
        name: "total", people: groups.reduce(.zero) { $0 + $1.people }, marginOfError: nil)
    if whole != nil, reader.isAdded {
      throw Diagnostic(
        "needs-weight", "shares of several rows need a field with their numbers of people",
        at: node.name.span, help: ["say: weight=people"])
    }
    return Population(
      name: node.name.text, card: card,
      content: .across(field: node.across?.text ?? "", groups: groups, total: total), whole: whole,
      origin: dataset)
  }

  /// A source made here is as unread as those it stands on, where a script is only checked.
  func unreadWhereChecked(_ source: any Source) -> any Source {
    readsRows ? source : UnreadSource(source)
  }

  /// `rows=all`: all rows together are the population.
  private func isAdded(_ node: PopulationNode) throws -> Bool {
    guard let (_, value) = node.settings.first(where: { $0.0.key == "rows" }) else { return false }
    guard value.text.lowercased() == "all" else {
      throw Diagnostic("expected", "rows=all is all that can be said of the rows", at: value.span)
    }
    return true
  }

  /// Each row is so many people, and the columns say which part of them belongs to each group.
  private func weighted(
    _ node: PopulationNode, _ people: Field, _ scope: Scope, _ rows: Predicate, _ card: Card
  ) throws -> Population {
    if let margin = node.groups.lazy.compactMap(\.marginOfError).first {
      throw Diagnostic(
        "unused-here", "`moe` can't be used with shares of `weight`", at: margin.span)
    }
    guard let total = node.total, let whole = AcrossReader.whole(total, scope.dataset) else {
      throw Diagnostic(
        "expected",
        "with `weight` the columns are shares, and `total 1` or `total 100` says of what",
        at: node.total?.column.span ?? node.name.span)
    }
    let field = node.across?.text ?? ""
    let number = scope.dataset.unusedName("people")
    let form = StackedSource.Form(
      kept: scope.dataset.fields.filter { Name.key(of: $0) != Name.key(of: field) }, field: field,
      number: number, groups: try AcrossReader.parts(node, of: people, whole, scope, self))
    let source = unreadWhereChecked(
      try StackedSource(
        scope.dataset.source, table: scope.dataset.table, form: form, run: monitor))
    let stacked = Dataset(
      name: scope.dataset.name, source: source, table: scope.dataset.table,
      fields: form.kept + [field, number])
    stacked.card = scope.dataset.card
    return Population(
      name: node.name.text, card: card,
      content: .rows(
        stacked, rows,
        people: readsRows
          ? try stacked.field(number, run: runner.monitor) : stacked.unreadField(number),
        marginOfError: nil))
  }
}

/// Reads the numbers of a wide table.
struct AcrossReader {
  let session: Session
  let scope: Scope
  let rows: Predicate
  /// Whether the numbers of all rows are added up; else there is one row.
  let isAdded: Bool

  func group(_ node: PopulationNode.Group) throws -> Population.Group {
    let numbers = try cells(node.column)
    let people = numbers.compactMap(\.self)
    guard people.count == numbers.count, !people.isEmpty else {
      throw Diagnostic(
        "no-people", "\(node.column.text) holds no number in the row of the population",
        at: node.column.span)
    }
    // A blank margin of error means that the estimate is controlled: it has none.
    let margin = try node.marginOfError.map { name -> Decimal in
      let margins = try cells(name).map { $0 ?? .zero }
      if margins.count == 1 { return margins[0] }
      // Of a sum: the root of the sum of squares (ACS handbook, chapter 8), to a thousandth.
      let squares = margins.reduce(0) { $0 + $1.double * $1.double }
      return Decimal(units: Int128((squares.squareRoot() * 1000).rounded()), scale: 3)
    }
    return Population.Group(
      name: node.name.text, people: people.reduce(.zero, +), marginOfError: margin)
  }

  /// The numbers in the rows that the population is.
  private func cells(_ column: Name) throws -> [Decimal?] {
    let field = try session.binder.field(column, in: scope)
    // Any number of people will do where only the names are checked.
    guard session.readsRows else { return [Decimal(1)] }
    let listed = try session.runner.list(
      Listing(
        dataset: scope.dataset.name, rows: rows, fields: [field],
        choice: .first(isAdded ? .max : 2)), of: scope.dataset)
    guard listed.matching == 1 || isAdded && listed.matching > 0 else {
      throw Diagnostic(
        "not-one-row",
        "a population read across is one row, and \(listed.matching == 0 ? "none fits" : "\(Words.grouped(listed.matching)) fit")",
        at: column.span,
        help: ["name the row: where FIELD=VALUE"]
          + (listed.matching > 1 ? ["or add the rows up: rows=all"] : []))
    }
    return listed.rows.map { AcrossReader.number($0[0]) }
  }

  private static func number(_ value: Value) -> Decimal? {
    switch value {
    case .number(let number): number
    case .text(let text): Decimal(plain: text)
    default: nil
    }
  }

  /// The number that a `total` writes out, `1` or `100`, where no column is called so.
  static func whole(_ total: PopulationNode.Group, _ dataset: Dataset) -> Decimal? {
    guard dataset.column(named: total.column.text) == nil, !total.column.isQuoted,
      let literal = NumberLiteral(total.column.text), !literal.isPercent,
      let number = Decimal(plain: literal.plain), number.units > 0
    else { return nil }
    return number
  }

  /// The people of each group in each row, and those of the rest of the row.
  ///
  /// Errors: `Diagnostic` where the parts of a row are more than the whole by more than rounding.
  static func parts(
    _ node: PopulationNode, of people: Field, _ whole: Decimal, _ scope: Scope, _ session: Session
  ) throws -> (any RunMonitor) throws -> [StackedSource.Group] {
    let digits = "\(whole)".dropFirst()
    guard whole.scale == 0, "\(whole)".first == "1", digits.allSatisfy({ $0 == "0" }) else {
      throw Diagnostic(
        "expected", "shares are parts of 1 or of 100",
        at: node.total?.column.span ?? node.name.span)
    }
    let fields = try node.groups.map { try session.binder.field($0.column, in: scope) }
    let (catalogue, readsRows) = (session.catalogue, session.readsRows)
    return { run in
      guard readsRows else { return [] }
      let listed = try Runner(catalogue: catalogue, monitor: run).list(
        Listing(
          dataset: scope.dataset.name, rows: .constant(true), fields: [people] + fields,
          choice: .first(.max)), of: scope.dataset)
      return try groups(of: listed.rows, node, digits: digits.count)
    }
  }

  private static func groups(of rows: [[Value]], _ node: PopulationNode, digits: Int) throws
    -> [StackedSource.Group]
  {
    var texts = node.groups.map { _ in [String]() }
    var rest: [String] = []
    for row in rows {
      let people = number(row[0])
      let parts = row.dropFirst().map { value -> Decimal? in
        guard let share = number(value), let product = people?.multiplied(by: share) else {
          return nil
        }
        return Decimal(units: product.units, scale: product.scale + digits)
      }
      for (place, part) in parts.enumerated() { texts[place].append(part?.description ?? "") }
      guard let people, !parts.contains(nil) else {
        rest.append("")
        continue
      }
      let left = parts.reduce(people) { $0 - ($1 ?? .zero) }
      guard left.double > -0.02 * people.double else {
        throw Diagnostic(
          "more-than-all", "the shares of a row add up to more than the whole",
          at: node.name.span, help: ["leave out groups that lie inside others"])
      }
      rest.append(left.description)
    }
    let names = node.groups.map(\.name.text)
    let other = names.contains { $0.lowercased() == "other" } ? "rest" : "other"
    return zip(names, texts).map { StackedSource.Group(name: $0, numbers: $1) }
      + [StackedSource.Group(name: other, numbers: rest)]
  }
}
