private import Synchronization

/// The copies of one source's columns: those that there are, and those that are yet to be kept.
package final class ColumnShelf: Sendable {
  private let cache: ColumnCache
  private let state = Mutex(State())

  private struct State {
    var unkept: [ColumnCopy] = []
    var paths: Set<String> = []
  }

  package init(_ cache: ColumnCache) {
    self.cache = cache
  }

  /// Takes note of a file that the source reads.
  package func cover(_ file: OpenedFile) {
    if let stamp = file.stamp { state.withLock { _ = $0.paths.insert(stamp.path) } }
  }

  /// The copies of a file's columns, in the order of the ordinals; of the rows where that is -1.
  package func copies(of file: OpenedFile, ordinals: [Int], workers: Int) -> [ColumnCopy?] {
    guard let stamp = file.stamp, cache.suits(file), file.isUnchanged else {
      return ordinals.map { _ in nil }
    }
    // The largest first: who ends early takes the next, and all end at about one time.
    let sizes = ordinals.map { cache.byteCount(of: stamp, ordinal: $0) }
    let order = ordinals.indices.sorted { sizes[$0] > sizes[$1] }
    let next = Atomic(0)
    let found = Mutex([ColumnCopy?](repeating: nil, count: ordinals.count))
    Parallel.run(workers: min(workers, ordinals.count)) { [cache] _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < order.count else { return }
        let copy = cache.copy(of: stamp, ordinal: ordinals[order[place]])
        found.withLock { $0[order[place]] = copy }
      }
    }
    return found.withLock { $0 }
  }

  /// Takes note of columns that were read from the file, to be kept when there is time.
  package func offer(_ copies: [ColumnCopy], of file: OpenedFile) {
    guard cache.keeps(file) else { return }
    state.withLock { $0.unkept += copies }
  }

  /// What was offered since the last time.
  package func takeUnkept() -> [ColumnCopy] {
    state.withLock { state in
      defer { state.unkept = [] }
      return state.unkept
    }
  }

  /// The files that the source reads.
  package var paths: Set<String> { state.withLock { $0.paths } }
}
