internal import Columns

/// One tabulation over columns: rows into cells, cells into groups.
///
/// 1. Conditions, keys and the weight become terms, each read from one lane.
/// 2. Rows are sorted into the cells that those terms can tell apart, and counted.
/// 3. Each cell is asked once whether its rows count, for how much, and in which group.
///
/// A measured field takes part in the cells where it has few values, else it is added up row by
/// row.
struct LocalTabulation {
  let tabulation: Tabulation
  let monitor: any RunMonitor
  let lanes: Lanes
  private let truth: Truth
  private let keys: [KeyTerm]
  private let weight: Term?
  /// For each measure whether its field takes part in the cells.
  let isInCells: [Bool]
  let space: CellSpace
  /// The group of each cell; negative where its rows don't count.
  private(set) var groups: [Int32] = []
  /// What each row of a cell stands for; empty where that is one.
  private var weights: [Decimal] = []
  private(set) var cellKeys: [CellKey] = []
  private(set) var places = GroupPlaces(sizes: [])

  private enum KeyTerm {
    case value(Term)
    case truth(Truth)
  }

  /// Measured values take part in the cells as long as there are no more cells than this.
  private static let mostCells = 1 << 15

  init(
    _ tabulation: Tabulation, readings: Readings, cubes: CodeCubes, monitor: any RunMonitor
  ) {
    self.tabulation = tabulation
    self.monitor = monitor
    truth = Truth(tabulation.rows)
    keys = tabulation.keys.map { key in
      switch key {
      case .field(let field): .value(.value(field))
      case .test(let predicate): .truth(Truth(predicate))
      }
    }
    weight = tabulation.weight.map { .value($0) }
    var terms = truth.terms + (weight.map { [$0] } ?? [])
    for key in keys {
      switch key {
      case .value(let term): terms.append(term)
      case .truth(let truth): terms += truth.terms
      }
    }
    let measured = tabulation.measures.map { $0.field.map(Term.value) }
    let lanes = Lanes(terms + measured.compactMap { $0 }, readings)
    isInCells = measured.map { term in
      guard let term, !terms.contains(term) else { return true }
      let isReal =
        term.mayBeReal && lanes.lane(of: term).classes(of: term).values.holdsReals
      // A dictionary of millions is not walked cell by cell where rows can be counted as well.
      let isAlone =
        Set((terms + [term]).map(\.columns)).count == 1
        && (!terms.isEmpty || lanes.lane(of: term).count <= LocalTabulation.mostCells)
      guard isReal || isAlone || lanes.cellCount(terms + [term]) <= LocalTabulation.mostCells else {
        return false
      }
      terms.append(term)
      return true
    }
    self.lanes = lanes
    space = CellSpace(
      lanes.grouped(terms), rowCount: readings.rowCount, cubes: cubes, monitor: monitor)
  }

  // MARK: - Groups

  mutating func table() -> SmallTable {
    sortCells()
    if monitor.isCancelled { return SmallTable(ordered: []) }
    let columns = zip(tabulation.measures, isInCells).map { measure, isInCells in
      isInCells ? cellMeasure(measure) : rowMeasure(measure)
    }
    var rows: [SmallTable.Row] = []
    rows.reserveCapacity(groupCount)
    for group in order {
      if rows.count & 0x3FFF == 0, monitor.isCancelled { break }
      rows.append(SmallTable.Row(keys: keyValues(group), measures: columns.map { $0[group] }))
    }
    return SmallTable(ordered: rows)
  }

  /// Gives each cell whose rows count its group and weight.
  mutating func sortCells() {
    let condition = CellTruth(truth, in: space)
    let weight = weight.map(space.reading(of:))
    let readings = keys.map { key in
      switch key {
      case .value(let term): CellKey.value(space.reading(of: term))
      case .truth(let truth): CellKey.truth(CellTruth(truth, in: space))
      }
    }
    cellKeys = readings
    places = GroupPlaces(sizes: readings.map(\.size), cellCount: space.counts.count)
    // Without keys there is one group, even where no row counts.
    if keys.isEmpty { _ = places.group { _ in 0 } }
    groups = Array(repeating: -1, count: space.counts.count)
    if weight != nil { weights = Array(repeating: .zero, count: space.counts.count) }
    for cell in space.counts.indices where space.counts[cell] > 0 {
      if cell & 0xFFFF == 0, monitor.isCancelled { return }
      guard condition.value(in: cell) == true else { continue }
      if let weight {
        guard case .number(let number) = weight.value(in: cell) else { continue }
        weights[cell] = number
      }
      groups[cell] = places.group { readings[$0].place(in: cell) }
    }
  }

  var groupCount: Int { places.count }

  /// The groups in the order of their keys.
  var order: [Int] { places.inKeyOrder(cellKeys, unless: { monitor.isCancelled }) }

  /// The keys' values in a group.
  func keyValues(_ group: Int) -> [Value] {
    cellKeys.enumerated().map { $1.value(at: places.place(of: $0, in: group)) }
  }

  // MARK: - Measures

  /// A measure for each group, from the cells alone.
  private func cellMeasure(_ measure: Measure) -> [Value] {
    switch measure {
    case .rows where weights.isEmpty, .units:
      return wholeCounts(measure).map { .number(Decimal($0)) }
    case .rows:
      return sums { (.number(Decimal(1)), space.counts[$0]) }
    case .sum(let field):
      let reading = space.reading(of: .value(field))
      return sums { (reading.value(in: $0), space.counts[$0]) }
    case .least(let field):
      let reading = space.reading(of: .value(field))
      return extremes({ reading.value(in: $0) }, isBetter: <)
    case .greatest(let field):
      let reading = space.reading(of: .value(field))
      return extremes({ reading.value(in: $0) }, isBetter: >)
    }
  }

  /// The sum over each group's cells of a value, so many times, times the weight.
  private func sums(_ part: (_ cell: Int) -> (value: Value, count: Int)) -> [Value] {
    var sums = [RunningSum](repeating: RunningSum(), count: groupCount)
    for (cell, group) in groups.enumerated() where group >= 0 {
      let (value, count) = part(cell)
      sums[Int(group)].add(
        value, count: count, weight: weights.isEmpty ? Decimal(1) : weights[cell])
    }
    return sums.map(\.value)
  }

  private func extremes(
    _ value: (Int) -> Value, isBetter: (Value, Value) -> Bool
  ) -> [Value] {
    var best = [Value](repeating: .missing, count: groupCount)
    for (cell, group) in groups.enumerated() where group >= 0 {
      let candidate = value(cell)
      if candidate.isMissing { continue }
      let current = best[Int(group)]
      if current.isMissing || isBetter(candidate, current) { best[Int(group)] = candidate }
    }
    return best
  }

  /// A measure of a field with many values, added up over the rows.
  private func rowMeasure(_ measure: Measure) -> [Value] {
    guard let term = measure.field.map(Term.value) else { return [] }
    let lane = lanes.lane(of: term)
    let classes = lane.classes(of: term)
    switch measure {
    case .rows, .units: return wholeCounts(measure).map { .number(Decimal($0)) }
    case .sum:
      let sums = CellSums(classes.values)
      let units = sums.sums(in: space.cells, lane.codes, classes.classes)
      return self.sums { (.number(Decimal(units: units[$0], scale: sums.scale)), 1) }
    case .least:
      return extremes(extreme(lane, classes) { $0 < $1 }) { $0 < $1 }
    case .greatest:
      return extremes(extreme(lane, classes) { $0 > $1 }) { $0 > $1 }
    }
  }

  /// The best value of each cell.
  private func extreme(
    _ lane: Lane, _ classes: TermClasses, isBetter: (Value, Value) -> Bool
  ) -> (Int) -> Value {
    let order = (0..<classes.values.count).filter { !classes.values.isMissing($0) }
      .sorted { isBetter(classes.values[$0], classes.values[$1]) }
    var ranks = [UInt32](repeating: .max, count: classes.values.count)
    for (rank, place) in order.enumerated() { ranks[place] = UInt32(rank) }
    let lowest = space.cells.lowest(of: lane.codes, ranks: classes.classes.map { ranks[Int($0)] })
    return { cell in
      lowest[cell] == .max ? .missing : classes.values[order[Int(lowest[cell])]]
    }
  }
}

/// Exact numbers brought to one scale, to be added as whole numbers.
private struct CellSums {
  let scale: Int
  private let units: [Int128]

  /// - Parameter values: exact numbers; anything else counts as zero.
  init(_ values: ClassValues) {
    let numbers = (0..<values.count).map { place -> Decimal in
      if case .number(let number) = values[place] { return number }
      return .zero
    }
    let scale = numbers.reduce(0) { max($0, $1.scale) }
    self.scale = scale
    units = numbers.map { $0.units(atScale: scale) }
  }

  func sums(in cells: CellLanes, _ codes: Codes, _ classes: [UInt32]) -> [Int128] {
    let largest = units.reduce(0) { max($0, $1.magnitude) }
    if largest < UInt128(Int64.max) / UInt128(max(1, cells.rowCount)) {
      return cells.sums(of: codes, units: classes.map { Int64(units[Int($0)]) })
    }
    return cells.sums(of: codes, wideUnits: classes.map { units[Int($0)] })
  }
}
