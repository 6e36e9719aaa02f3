internal import Columns

/// The values of a number field by group, in columns instead of rows of a table.
///
/// The field takes part in the cells where it has few values; else each row is counted under the
/// rank of its value, or added up at once.
struct GroupedValues {
  private let tabulation: Tabulation
  private let field: Term

  /// Nothing where the tabulation is not one of rows by a field.
  init?(_ tabulation: Tabulation) {
    guard tabulation.weight == nil, tabulation.measures == [.rows],
      case .field(let field)? = tabulation.keys.last
    else { return nil }
    var outer = tabulation
    outer.keys.removeLast()
    outer.measures = [.sum(field)]
    self.tabulation = outer
    self.field = .value(field)
  }

  // MARK: - Distributions

  mutating func values(_ readings: Readings, _ cubes: CodeCubes, _ monitor: any RunMonitor)
    -> ValueTable?
  {
    var plan = LocalTabulation(tabulation, readings: readings, cubes: cubes, monitor: monitor)
    let lane = plan.lanes.lane(of: field)
    guard let numbers = exact(lane), numbers.largest <= plan.space.cells.mostUnit else {
      return nil
    }
    let ranked = lane.kept(RankedTerm(term: field), of: field) {
      RankedNumbers(numbers, lane.classes(of: field))
    }
    plan.sortCells()
    let ranks = GroupedRanks(plan, lane, field, ranked)
    var groups: [ValueTable.Group] = []
    groups.reserveCapacity(plan.groupCount)
    for group in plan.order {
      if groups.count & 0xFFF == 0, monitor.isCancelled { break }
      groups.append(
        GroupedValues.group(plan.keyValues(group), ranks, group, ranked, numbers))
    }
    return ValueTable(groups: groups, mostDecimals: mostDecimals(plan, lane, numbers))
  }

  private static func group(
    _ keys: [Value], _ ranks: GroupedRanks, _ group: Int, _ ranked: RankedNumbers,
    _ numbers: ExactNumbers
  ) -> ValueTable.Group {
    var values: [Double] = []
    var counts: [Int] = []
    var sum = 0
    var unknown = 0
    ranks.forEach(in: group) { rank, count in
      guard rank < ranked.units.count else {
        unknown += count
        return
      }
      values.append(ranked.values[rank])
      counts.append(count)
      sum += Int(ranked.units[rank]) * count
    }
    return ValueTable.Group(
      keys: keys, values: values, counts: counts, sum: numbers.decimal(sum), unknown: unknown)
  }

  // MARK: - Sums

  mutating func moments(_ readings: Readings, _ cubes: CodeCubes, _ monitor: any RunMonitor)
    -> MomentTable?
  {
    var plan = LocalTabulation(tabulation, readings: readings, cubes: cubes, monitor: monitor)
    let lane = plan.lanes.lane(of: field)
    guard let numbers = exact(lane), numbers.largest <= plan.space.cells.mostUnit else {
      return nil
    }
    plan.sortCells()
    let cells =
      plan.isInCells[0] ? cellMoments(plan, numbers) : rowMoments(plan, lane, numbers)
    var groups = [CellMoments](repeating: CellMoments(), count: plan.groupCount)
    for (cell, group) in plan.groups.enumerated() where group >= 0 {
      groups[Int(group)].add(cells[cell])
    }
    return MomentTable(
      groups: plan.order.map { MomentTable.Group(plan.keyValues($0), groups[$0], numbers) },
      mostDecimals: mostDecimals(plan, lane, numbers))
  }

  /// What the rows of each cell that counts come to.
  private func rowMoments(_ plan: LocalTabulation, _ lane: Lane, _ numbers: ExactNumbers)
    -> [CellMoments]
  {
    let cells = plan.space.cells
    guard
      var moments = cells.shortMoments(
        of: lane.codes, units: numbers.sequence == nil ? numbers.codeUnits : [],
        sequence: numbers.sequence,
        largest: numbers.largest, isChosen: plan.groups.map { $0 >= 0 })
    else { return cells.moments(of: lane.codes, units: numbers.codeUnits) }
    for cell in moments.indices where plan.groups[cell] >= 0 {
      moments[cell].unknown = plan.space.counts[cell] - moments[cell].known
    }
    return moments
  }

  private func cellMoments(_ plan: LocalTabulation, _ numbers: ExactNumbers) -> [CellMoments] {
    let reading = plan.space.reading(of: field)
    return plan.space.counts.indices.map { cell in
      let count = plan.space.counts[cell]
      guard count > 0 else { return CellMoments() }
      return CellMoments(unit: numbers.unit(ofClass: reading.place(in: cell)), count: count)
    }
  }

  // MARK: - Both

  private func exact(_ lane: Lane) -> ExactNumbers? {
    lane.kept(ExactTerm(term: field), of: field) {
      lane.column.flatMap { ExactNumbers($0, field) } ?? ExactNumbers(lane.classes(of: field))
    }
  }

  /// The most decimals of a value in a row that counts.
  private func mostDecimals(
    _ plan: LocalTabulation, _ lane: Lane, _ numbers: ExactNumbers
  ) -> Int {
    if plan.isInCells[0] {
      let reading = plan.space.reading(of: field)
      return plan.groups.indices.reduce(0) { most, cell in
        plan.groups[cell] < 0
          ? most : max(most, numbers.decimals(ofClass: reading.place(in: cell)))
      }
    }
    guard numbers.scale > 0 else { return 0 }
    let isChosen = plan.groups.map { $0 >= 0 }
    return (1...numbers.scale).last { decimals in
      let isWanted =
        numbers.sequence.map { (0..<$0.count).map { numbers.decimals(ofClass: $0) == decimals } }
        ?? lane.classes(of: field).classes.map {
          numbers.decimals(ofClass: Int($0)) == decimals
        }
      return plan.space.cells.holdsRow(of: lane.codes, isWanted: isWanted, isChosen: isChosen)
    } ?? 0
  }
}

extension MomentTable.Group {
  fileprivate init(_ keys: [Value], _ moments: CellMoments, _ numbers: ExactNumbers) {
    self.keys = keys
    known = moments.known
    unknown = moments.unknown
    sum = numbers.decimal(moments.sum)
    let hasValues = moments.known > 0
    least = hasValues ? numbers.decimal(Int(moments.least)).double : nil
    greatest = hasValues ? numbers.decimal(Int(moments.greatest)).double : nil
    // Neither product leaves 124 bits: see `CellLanes.mostUnit`.
    let size = UInt128(moments.sum.magnitude)
    variance = MomentTable.variance(
      known: moments.known,
      numerator: UInt128(moments.known) * moments.squares - size * size, scale: numbers.scale)
  }
}
