internal import Columns

/// All rows counted by one column: each of its texts is a group, and was counted with the column.
struct ColumnCounts {
  private let values: ClassValues
  /// By text; -1 where it makes no group of its own.
  private let counts: [Int]
  private let monitor: any RunMonitor

  /// Nothing where the tabulation asks for more, or texts may be equal in value.
  init?(_ tabulation: Tabulation, columns: [String: Column], monitor: any RunMonitor) {
    guard tabulation.weight == nil, tabulation.measures == [.rows],
      tabulation.rows == .constant(true), tabulation.keys.count == 1,
      case .field(.column(let name, let meaning)) = tabulation.keys[0],
      let column = columns[name], column.texts.count > 0,
      let found = ClassValues.verbatim(column.texts, meaning)
    else { return nil }
    var counts = column.counts
    for code in found.missing.dropFirst() { counts[found.missing[0]] += counts[code] }
    for code in found.missing.dropFirst() { counts[code] = 0 }
    for code in counts.indices where counts[code] == 0 { counts[code] = -1 }
    values = found.values
    self.counts = counts
    self.monitor = monitor
  }

  /// Nothing where the question is stopped.
  func table(_ choice: GroupChoice) -> CountTable {
    let groupCount = counts.count { $0 >= 0 }
    let chosen: [Int]
    switch choice {
    case .all(let most):
      let groups = groupCount <= most ? counts.indices.filter { counts[$0] >= 0 } : []
      chosen = groups.sorted(unless: { monitor.isCancelled }, by: values.precedes)
    case .largest(let most):
      chosen = LargestGroups(counts: counts, monitor: monitor, precedes: values.precedes)
        .first(most)
    }
    let unknown = values.missingPlaces.reduce(0) { $0 + max(0, counts[$1]) }
    return CountTable(
      rows: chosen.map {
        SmallTable.Row(keys: [values[$0]], measures: [.number(Decimal(counts[$0]))])
      }, groupCount: groupCount, unknown: Double(unknown))
  }
}
