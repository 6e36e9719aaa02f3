extension Array {
  /// The elements with the largest sizes, largest first; of equal ones those that stand first.
  ///
  /// **Complexity**: O(n log count) for few of many.
  func largest(_ count: Int, by size: (Element) -> Double) -> [Element] {
    guard count < 1000 else {
      return enumerated().sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }
        .prefix(count).map(\.element)
    }
    var best: [(size: Double, place: Int)] = []
    for (place, element) in enumerated() {
      let own = size(element)
      if best.count == count, let last = best.last {
        guard own > last.size else { continue }
        best.removeLast()
      }
      guard count > 0 else { break }
      var (low, high) = (0, best.count)
      while low < high {
        let middle = (low + high) / 2
        if best[middle].size >= own { low = middle + 1 } else { high = middle }
      }
      best.insert((own, place), at: low)
    }
    return best.map { self[$0.place] }
  }
}
