internal import Columns

extension LocalTabulation {
  /// The chosen groups with their counts: rows or units, whole numbers. Nothing where rows are
  /// weighted, or anything else is asked.
  ///
  /// **Complexity**: O(cells); only the chosen groups become rows, and only groups that count as
  /// much as the last one chosen are put in order.
  mutating func counts(_ choice: GroupChoice) -> CountTable? {
    guard tabulation.weight == nil, tabulation.measures.count == 1,
      let measure = tabulation.measures.first
    else { return nil }
    switch measure {
    case .rows, .units: break
    case .sum, .least, .greatest: return nil
    }
    sortCells()
    if monitor.isCancelled { return nil }
    let counts = wholeCounts(measure)
    if monitor.isCancelled { return nil }
    let chosen: [Int]
    switch choice {
    case .all(let most): chosen = groupCount <= most ? order : []
    case .largest(let most):
      chosen = LargestGroups(counts: counts, monitor: monitor, precedes: precedes).first(most)
    }
    return CountTable(
      rows: chosen.map {
        SmallTable.Row(keys: keyValues($0), measures: [.number(Decimal(counts[$0]))])
      }, groupCount: groupCount, unknown: unknown(counts))
  }

  /// Rows, or distinct values of a field, of each group; weights are left aside.
  func wholeCounts(_ measure: Measure) -> [Int] {
    guard case .units(let field) = measure else {
      var counts = [Int](repeating: 0, count: groupCount)
      for (cell, group) in groups.enumerated() where group >= 0 {
        counts[Int(group)] += space.counts[cell]
      }
      return counts
    }
    if isInCells(measure) {
      let reading = space.reading(of: .value(field))
      var members = DistinctPairs(groupCount: groupCount, memberCount: reading.values.count)
      for (cell, group) in groups.enumerated() where group >= 0 {
        let place = reading.place(in: cell)
        if !reading.values.isMissing(place) { members.insert(group: Int(group), member: place) }
      }
      return members.counts()
    }
    let lane = lanes.lane(of: .value(field))
    if space.counts.count == 1, groups[0] >= 0, let count = lane.distinctTexts(field) {
      return Array(repeating: count, count: groupCount)
    }
    let classes = lane.classes(of: .value(field))
    if space.counts.count == 1 {
      let count = groups[0] < 0 ? 0 : lane.distinct(classes)
      return Array(repeating: count, count: groupCount)
    }
    return space.cells.distinctCounts(
      of: lane.codes,
      classes: classes.classes.map { classes.values.isMissing(Int($0)) ? .max : $0 },
      classCount: classes.values.count, groups: groups, groupCount: groupCount)
  }

  private func isInCells(_ measure: Measure) -> Bool {
    zip(tabulation.measures, isInCells).contains { $0 == measure && $1 }
  }

  private func unknown(_ counts: [Int]) -> Double {
    let missing = cellKeys.map(\.missingPlaces)
    guard missing.contains(where: { !$0.isEmpty }) else { return 0 }
    var sum = 0
    for group in 0..<groupCount
    where missing.indices.contains(where: {
      missing[$0].contains(places.place(of: $0, in: group))
    }) {
      sum += counts[group]
    }
    return Double(sum)
  }

  /// Whether a group stands before another in key order; no two groups have equal keys.
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    for (index, key) in cellKeys.enumerated() {
      let (first, second) = (places.place(of: index, in: left), places.place(of: index, in: right))
      if first != second { return key.precedes(first, second) }
    }
    return false
  }
}
