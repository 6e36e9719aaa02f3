/// The groups with the largest counts, largest first; of equal ones those that stand first in key
/// order.
///
/// **Complexity**: O(groups); only groups that count as much as the last one chosen are put in order.
struct LargestGroups {
  /// By group; negative where there is no such group.
  let counts: [Int]
  let monitor: any RunMonitor
  /// Whether a group stands before another in key order.
  let precedes: (Int, Int) -> Bool

  func first(_ most: Int) -> [Int] {
    guard most > 0 else { return [] }
    // Room is made for as many as are chosen, which may be any number that a person types.
    guard most < counts.count else { return inOrder(counts.indices.filter { counts[$0] >= 0 }) }
    // The least count of those chosen: a heap of the largest, its least on top.
    var heap = LeastOnTop(capacity: most)
    for count in counts where count >= 0 { heap.offer(count) }
    guard let least = heap.least else { return [] }
    let above = counts.indices.filter { counts[$0] > least }
    let equal = firstInKeyOrder(
      most - above.count, counts.indices.filter { counts[$0] == least })
    return inOrder(above + equal)
  }

  private func inOrder(_ groups: [Int]) -> [Int] {
    sorted(groups) { left, right in
      counts[left] != counts[right] ? counts[left] > counts[right] : precedes(left, right)
    }
  }

  /// The first few of some groups in key order, in any order.
  private func firstInKeyOrder(_ most: Int, _ groups: [Int]) -> [Int] {
    guard most < groups.count else { return groups }
    guard most > 0 else { return [] }
    if most > LargestGroups.mostPickedSingly {
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
