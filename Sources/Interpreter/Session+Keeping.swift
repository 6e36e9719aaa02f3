package import Columns
package import Engine

// Copies of columns, for the sessions to come.
extension Session {
  /// Lets columns be kept in a folder between sessions.
  package func keepColumns(in folder: String) {
    keepColumns(in: ColumnCache(folder: folder))
  }

  package func keepColumns(in cache: ColumnCache) { columnCache = cache }

  /// How many bytes of columns a folder holds, and how many it may hold.
  package static func columnBytes(in folder: String) -> (kept: Int, limit: Int) {
    let cache = ColumnCache(folder: folder)
    return (cache.byteCount, cache.limit)
  }

  /// Keeps the columns that were read since the last time; to be called when the answer is out.
  ///
  /// - Parameter aside: on a thread of its own, so that the person can go on.
  package func keepColumns(aside: Bool = false) {
    guard let columnCache, catalogue.settings.cache != .off else { return }
    let open = Set(
      (catalogue.datasets.map(\.source) + populationSources.values).map { ObjectIdentifier($0) })
    shelves = shelves.filter { open.contains($0.key) }
    let restricted = catalogue.settings.cache == .on ? [] : restrictedSources
    let hidden = restricted.reduce(into: Set<String>()) { hidden, source in
      hidden.formUnion(shelves[source]?.shelf.paths ?? [])
    }
    let copies = shelves.filter { !restricted.contains($0.key) }.values
      .flatMap { $0.shelf.takeUnkept() }
    if aside {
      columnCache.keepAside(copies, forgetting: hidden)
    } else {
      columnCache.keep(copies, forgetting: hidden)
    }
  }

  /// Lets a source that was opened use copies.
  package func shelve(_ source: any Source) {
    guard let columnCache else { return }
    let shelf = ColumnShelf(columnCache)
    shelves[ObjectIdentifier(source)] = (source, shelf)
    source.use(shelf)
  }

  /// Those that a card says `privacy restricted` of.
  private var restrictedSources: Set<ObjectIdentifier> {
    Set(catalogue.datasets.filter(\.card.isRestricted).map { ObjectIdentifier($0.source) })
  }
}
