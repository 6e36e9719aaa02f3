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
    case .largest(let most): chosen = largest(most, counts)
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

  /// The groups with the largest counts, largest first; of equal ones those that stand first in
  /// key order.
  private func largest(_ most: Int, _ counts: [Int]) -> [Int] {
    guard most > 0 else { return [] }
    let groups = Array(0..<groupCount)
    guard most < groupCount else { return inOrder(groups, counts) }
    // The least count of those chosen: a heap of the largest, its least on top.
    var heap = LeastOnTop(capacity: most)
    for count in counts { heap.offer(count) }
    guard let least = heap.least else { return [] }
    let above = groups.filter { counts[$0] > least }
    let equal = firstInKeyOrder(most - above.count, groups.filter { counts[$0] == least })
    return inOrder(above + equal, counts)
  }

  private func inOrder(_ groups: [Int], _ counts: [Int]) -> [Int] {
    sorted(groups) { left, right in
      counts[left] != counts[right] ? counts[left] > counts[right] : precedes(left, right)
    }
  }

  /// The first few of some groups in key order, in any order.
  private func firstInKeyOrder(_ most: Int, _ groups: [Int]) -> [Int] {
    guard most < groups.count else { return groups }
    guard most > 0 else { return [] }
    if most > LocalTabulation.mostPickedSingly {
      return Array(sorted(groups, by: precedes).prefix(most))
    }
    var first: [Int] = []
    for (place, group) in groups.enumerated() {
      if place & 0xFFFF == 0, monitor.isCancelled { return [] }
      if first.count == most, let last = first.last {
        guard precedes(group, last) else { continue }
        first.removeLast()
      }
      var (low, high) = (0, first.count)
      while low < high {
        let middle = (low + high) / 2
        if precedes(first[middle], group) { low = middle + 1 } else { high = middle }
      }
      first.insert(group, at: low)
    }
    return first
  }

  /// Beyond this many it takes longer to find the place of each than to sort all.
  private static let mostPickedSingly = 1000

  /// Whether a group stands before another in key order; no two groups have equal keys.
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    for (index, key) in cellKeys.enumerated() {
      let (first, second) = (places.place(of: index, in: left), places.place(of: index, in: right))
      if first != second { return key.precedes(first, second) }
    }
    return false
  }

  /// In order; not so where the question is stopped.
  private func sorted(_ groups: [Int], by precedes: (Int, Int) -> Bool) -> [Int] {
    groups.sorted(unless: { monitor.isCancelled }, by: precedes)
  }
}

/// The largest of some numbers: a heap with the least of them on top.
private struct LeastOnTop {
  private var heap: [Int] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    heap.reserveCapacity(capacity)
  }

  var least: Int? { heap.first }

  mutating func offer(_ number: Int) {
    guard heap.count == capacity else { return rise(number) }
    guard let least = heap.first, number > least else { return }
    sink(number)
  }

  private mutating func rise(_ number: Int) {
    heap.append(number)
    var place = heap.count - 1
    while place > 0, heap[(place - 1) / 2] > heap[place] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Puts a number in place of the least.
  private mutating func sink(_ number: Int) {
    heap[0] = number
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child] < heap[least] { least = child }
      guard least != place else { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
