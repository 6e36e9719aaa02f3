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
    let read = fields(of: tabulation).reduce(into: tabulation.predicates.columns) { names, field in
      names.formUnion(field.columns)
    }
    return columnNames(read, picks(of: tabulation))
  }

  package static func columnNames(of listing: Listing) -> [String] {
    let read = listing.fields.reduce(into: listing.rows.columns) { $0.formUnion($1.columns) }
    return columnNames(read, picks(of: listing))
  }

  /// Columns of which a listing shows cells as they are and that nothing else in it looks at; in order of name.
  package static func columnsShown(of listing: Listing) -> [String] {
    var shown: Set<String> = []
    var read = listing.rows.columns
    for field in listing.fields {
      if case .column(let name, _) = field {
        shown.insert(name)
      } else {
        read.formUnion(field.columns)
      }
    }
    return shown.subtracting(columnNames(read, picks(of: listing))).sorted()
  }

  /// The columns of a dataset in place of those that picks are worked out into.
  private static func columnNames(_ read: Set<String>, _ picks: [Pick]) -> [String] {
    picks.reduce(into: read) { $0.formUnion($1.reads) }.subtracting(picks.map(\.column)).sorted()
  }

  /// The fields of other datasets that a tabulation reads, each once.
  package static func links(of tabulation: Tabulation) -> [Field] { reached(tabulation).links }

  package static func links(of listing: Listing) -> [Field] { reached(listing).links }

  /// The picks that a tabulation looks at, each once; those that others look at stand before them.
  package static func picks(of tabulation: Tabulation) -> [Pick] { reached(tabulation).picks }

  package static func picks(of listing: Listing) -> [Pick] { reached(listing).picks }

  private static func reached(_ tabulation: Tabulation) -> Reached {
    var found = Reached()
    for field in fields(of: tabulation) { field.collect(&found) }
    tabulation.predicates.collect(&found)
    return found
  }

  private static func reached(_ listing: Listing) -> Reached {
    var found = Reached()
    for field in listing.fields { field.collect(&found) }
    listing.rows.collect(&found)
    return found
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
    return try whole(columns, rowCount, links, monitor) { readings in
      var plan = LocalTabulation(tabulation, readings: readings, cubes: cubes, monitor: monitor)
      return plan.table()
    }
  }

  /// The chosen groups of a tabulation with their counts; nothing where its measure is no count of
  /// rows or units that are all one.
  package static func countTable(
    _ tabulation: Tabulation, _ choice: GroupChoice, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> CountTable? {
    return try whole(columns, rowCount, links, monitor) { readings in
      if let counts = ColumnCounts(tabulation, columns: columns, monitor: monitor) {
        return counts.table(choice)
      }
      var plan = LocalTabulation(tabulation, readings: readings, cubes: cubes, monitor: monitor)
      return plan.counts(choice)
    }
  }

  /// The rows that a listing chooses.
  /// - Parameter cells: reads columns that are only shown in the rows that were chosen; none where all are among
  ///   `columns`.
  package static func list(
    _ listing: Listing, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun(),
    cells: (_ rows: [Int]) throws -> ShownCells = { _ in ShownCells() }
  ) throws -> ListedRows {
    let chosen = try whole(columns, rowCount, links, monitor) { readings in
      LocalListing(listing, readings: readings, cubes: cubes, monitor: monitor).chosen()
    }
    let shown = try cells(chosen.rows)
    let all = columns.merging(shown.columns) { known, _ in known }
    return try whole(all, rowCount, links, monitor) { readings in
      ListedRows(
        matching: chosen.matching,
        rows: LocalListing(listing, readings: readings, cubes: cubes, monitor: monitor)
          .values(of: chosen.rows, texts: shown.texts))
    }
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
    return try whole(columns, rowCount, links, monitor) { readings in
      plan.values(readings, cubes, monitor)
    }
  }

  /// What the values of a number field come to by group, from the same tabulation; nothing where
  /// their squares are too large to be added up exactly too.
  package static func momentTable(
    _ tabulation: Tabulation, columns: [String: Column], rowCount: Int,
    links: [Field: LinkedValues] = [:], cubes: CodeCubes = CodeCubes(),
    monitor: any RunMonitor = UnwatchedRun()
  ) throws -> MomentTable? {
    guard var plan = GroupedValues(tabulation) else { return nil }
    return try whole(columns, rowCount, links, monitor) { readings in
      plan.moments(readings, cubes, monitor)
    }
  }

  /// The column of a pick.
  /// - Parameter columns: those that it reads, by name, and those of the picks that it looks at.
  package static func column(
    of pick: Pick, columns: [String: Column], rowCount: Int, links: [Field: LinkedValues] = [:],
    cubes: CodeCubes = CodeCubes(), monitor: any RunMonitor = UnwatchedRun()
  ) throws -> Column {
    return try whole(columns, rowCount, links, monitor) { readings in
      LocalPick(pick, readings: readings, cubes: cubes, monitor: monitor).column()
    }
  }

  /// What is made of the columns; of a question that was stopped nothing, since it may be half made.
  private static func whole<Made>(
    _ columns: [String: Column], _ rowCount: Int, _ links: [Field: LinkedValues],
    _ monitor: any RunMonitor, _ make: (Readings) -> Made
  ) throws -> Made {
    let made = make(
      Readings(
        columns: columns, rowCount: rowCount, links: links,
        isCancelled: { monitor.isCancelled }))
    if monitor.isCancelled { throw Runner.cancelled }
    return made
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

/// What is known of columns that a listing only shows.
package struct ShownCells {
  /// By column the text of each row that was chosen.
  package var texts: [String: [String]] = [:]
  /// Columns that had to be read.
  package var columns: [String: Column] = [:]

  package init() {}
}

/// What a question needs besides the columns of its dataset, in the order in which it is met.
struct Reached {
  /// Fields of other datasets.
  var links: [Field] = []
  var picks: [Pick] = []

  /// What a pick itself needs.
  init(of pick: Pick) {
    pick.among.collect(&self)
    for field in pick.unit + (pick.order.map { [$0] } ?? []) { field.collect(&self) }
  }

  init() {}
}

extension Field {
  func collect(_ found: inout Reached) {
    switch self {
    case .column: break
    case .computed(_, let expression): expression.collect(&found)
    case .period(_, let inner), .weekday(let inner): inner.collect(&found)
    case .linked(let link, _):
      if !found.links.contains(self) { found.links.append(self) }
      link.key.collect(&found)
    case .picked(let pick):
      guard !found.picks.contains(pick) else { return }
      let inner = Reached(of: pick)
      found.links += inner.links.filter { !found.links.contains($0) }
      found.picks += inner.picks.filter { !found.picks.contains($0) } + [pick]
    }
  }
}

extension Expression {
  func collect(_ found: inout Reached) {
    switch self {
    case .field(let field): field.collect(&found)
    case .literal: break
    case .arithmetic(_, let left, let right):
      left.collect(&found)
      right.collect(&found)
    case .call(_, let arguments):
      for argument in arguments { argument.collect(&found) }
    case .choose(let condition, let then, let otherwise):
      condition.collect(&found)
      then.collect(&found)
      otherwise.collect(&found)
    case .truth(let predicate): predicate.collect(&found)
    }
  }
}

extension Predicate {
  func collect(_ found: inout Reached) {
    switch self {
    case .constant: break
    case .test(let field, _), .missing(let field): field.collect(&found)
    case .compare(let left, _, let right):
      left.collect(&found)
      right.collect(&found)
    case .not(let inner): inner.collect(&found)
    case .all(let parts), .any(let parts):
      for part in parts { part.collect(&found) }
    }
  }
}
