private import Synchronization

/// What has been worked out of a column, kept for as long as the column is; it also tells the
/// column from every other.
package final class ColumnMemo: Sendable {
  private struct Entry {
    let key: any Hashable & Sendable
    let made: any Sendable
  }

  private let entries = Mutex<[Entry]>([])
  private let counts = Mutex<[Int]?>(nil)

  /// What is worked out once for each distinct text may take as much room as the column itself.
  private static let mostEntries = 8

  package init() {}

  /// How many rows hold each code, counted when it is asked for first.
  func counts(_ count: () -> [Int]) -> [Int] {
    counts.withLock { known in
      if let known { return known }
      let made = count()
      known = made
      return made
    }
  }

  /// What was made for an equal key before, or is made now; the latest few are kept.
  /// - Parameter isCancelled: looked at behind `make`; what was made is then not kept.
  package func value<Key: Hashable & Sendable, Made: Sendable>(
    of key: Key, unless isCancelled: () -> Bool = { false }, _ make: () -> Made
  ) -> Made {
    if let known: Made = known(key) { return known }
    let made = make()
    if isCancelled() { return made }
    entries.withLock { entries in
      entries.insert(Entry(key: key, made: made), at: 0)
      if entries.count > ColumnMemo.mostEntries { entries.removeLast() }
    }
    return made
  }

  private func known<Key: Hashable & Sendable, Made: Sendable>(_ key: Key) -> Made? {
    let found = entries.withLock { entries -> (any Sendable)? in
      guard let place = entries.firstIndex(where: { ($0.key as? Key) == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.insert(entry, at: 0)
      return entry.made
    }
    // Nothing found must not pass for a nothing that was made.
    guard let found else { return nil }
    return found as? Made
  }
}
