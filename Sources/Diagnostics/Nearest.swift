/// Finds the names a person may have meant.
package enum Nearest {
  /// The candidates closest to `word`, nearest first, at most `limit`; none that differ in more than about a third.
  ///
  /// Order: ties stand in the order of `candidates`. Complexity: O(candidates × length²), lengths bounded.
  package static func matches(
    to word: String, in candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
    let allowed = max(1, (wanted.count + 2) / 3)
    var found: [(distance: Int, order: Int, name: String)] = []
    for (order, name) in candidates.enumerated() {
      let other = Array(name.lowercased().unicodeScalars.prefix(64))
      if abs(other.count - wanted.count) > allowed {
        if wanted.count >= 3, other.starts(with: wanted) {
          found.append((allowed, order, name))
        }
        continue
      }
      let distance = distance(wanted, other)
      if distance <= allowed { found.append((distance, order, name)) }
    }
    found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
    return found.prefix(limit).map(\.name)
  }

  /// Optimal string alignment: insertions, deletions, substitutions and neighbours swapped.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = before
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], before[j - 2] + 1)
        }
      }
      (before, previous, current) = (previous, current, before)
    }
    return previous[b.count]
  }
}
