package import Columns

/// Answers tabulations and listings from columns.
///
/// What a question sees of each column is worked out once for each distinct text; rows are then
/// only sorted into cells and counted. See `Evaluation` for what a question means row by row: the
/// answers are the same.
package enum LocalEngine {
  /// The columns that a tabulation reads, so that a source can read them in one pass; in order of
  /// name.
  package static func columnNames(of tabulation: Tabulation) -> [String] {
    fields(of: tabulation).reduce(into: tabulation.predicates.columns) { names, field in
      names.formUnion(field.columns)
    }.sorted()
  }

  package static func columnNames(of listing: Listing) -> [String] {
    listing.fields.reduce(into: listing.rows.columns) { $0.formUnion($1.columns) }.sorted()
  }

  /// The fields of other datasets that a tabulation reads, each once.
  package static func links(of tabulation: Tabulation) -> [Field] {
    var links: [Field] = []
    for field in fields(of: tabulation) { field.collect(&links) }
    tabulation.predicates.collect(&links)
    return links
  }

  package static func links(of listing: Listing) -> [Field] {
    var links: [Field] = []
    for field in listing.fields { field.collect(&links) }
    listing.rows.collect(&links)
    return links
  }

  /// The small table of a tabulation.
  /// - Parameters:
  ///   - columns: those that `columnNames` says, by name; `rowCount` rows each.
  ///   - links: the values of each field that `links` says, by key.
  ///   - cubes: what was counted of these columns before; changes no answer.
  package static func tabulate(
    _ tabulation: Tabulation, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> SmallTable {
    let readings = Readings(columns: columns, rowCount: rowCount, links: links)
    var plan = LocalTabulation(tabulation, readings: readings, cubes: cubes, monitor: monitor)
    let table = plan.table()
    if monitor.isCancelled { throw SourceProblem(.cancelled, "the question was stopped") }
    return table
  }

  /// The rows that a listing chooses.
  package static func list(
    _ listing: Listing, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> ListedRows {
    let readings = Readings(columns: columns, rowCount: rowCount, links: links)
    let rows = LocalListing(listing, readings: readings, cubes: cubes, monitor: monitor).rows()
    if monitor.isCancelled { throw SourceProblem(.cancelled, "the question was stopped") }
    return rows
  }

  /// The values of a number field by group: the table of the tabulation, whose last key the field
  /// is and whose only measure are rows, told in columns.
  ///
  /// Nothing where values are not exact, or rows weighted; the table itself tells it then.
  package static func valueTable(
    _ tabulation: Tabulation, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> ValueTable? {
    guard var plan = GroupedValues(tabulation) else { return nil }
    let readings = Readings(columns: columns, rowCount: rowCount, links: links)
    let table = plan.values(readings, cubes, monitor)
    if monitor.isCancelled { throw SourceProblem(.cancelled, "the question was stopped") }
    return table
  }

  /// What the values of a number field come to by group, from the same tabulation; nothing where
  /// their squares are too large to be added up exactly too.
  package static func momentTable(
    _ tabulation: Tabulation, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> MomentTable? {
    guard var plan = GroupedValues(tabulation) else { return nil }
    let readings = Readings(columns: columns, rowCount: rowCount, links: links)
    let table = plan.moments(readings, cubes, monitor)
    if monitor.isCancelled { throw SourceProblem(.cancelled, "the question was stopped") }
    return table
  }

  private static func fields(of tabulation: Tabulation) -> [Field] {
    let keys = tabulation.keys.compactMap { key -> Field? in
      if case .field(let field) = key { return field }
      return nil
    }
    return keys + tabulation.measures.compactMap(\.field) + (tabulation.weight.map { [$0] } ?? [])
  }
}

extension Tabulation {
  /// The condition on rows and those that are keys, as one.
  fileprivate var predicates: Predicate {
    .all(
      [rows]
        + keys.compactMap { key in
          if case .test(let predicate) = key { return predicate }
          return nil
        })
  }
}

extension Measure {
  var field: Field? {
    switch self {
    case .rows: nil
    case .units(let field), .sum(let field), .least(let field), .greatest(let field): field
    }
  }
}

// Fields of other datasets, in the order in which they are met.

extension Field {
  func collect(_ links: inout [Field]) {
    switch self {
    case .column: break
    case .computed(_, let expression): expression.collect(&links)
    case .period(_, let inner), .weekday(let inner): inner.collect(&links)
    case .linked(let link, _):
      if !links.contains(self) { links.append(self) }
      link.key.collect(&links)
    }
  }
}

extension Expression {
  func collect(_ links: inout [Field]) {
    switch self {
    case .field(let field): field.collect(&links)
    case .literal: break
    case .arithmetic(_, let left, let right):
      left.collect(&links)
      right.collect(&links)
    case .call(_, let arguments):
      for argument in arguments { argument.collect(&links) }
    case .choose(let condition, let then, let otherwise):
      condition.collect(&links)
      then.collect(&links)
      otherwise.collect(&links)
    case .truth(let predicate): predicate.collect(&links)
    }
  }
}

extension Predicate {
  func collect(_ links: inout [Field]) {
    switch self {
    case .constant: break
    case .test(let field, _), .missing(let field): field.collect(&links)
    case .compare(let left, _, let right):
      left.collect(&links)
      right.collect(&links)
    case .not(let inner): inner.collect(&links)
    case .all(let parts), .any(let parts):
      for part in parts { part.collect(&links) }
    }
  }
}
