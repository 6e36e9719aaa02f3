package import Columns
package import Engine
internal import Glibc

/// A file from the web: fetched when it is opened, and read as a file here would be.
///
/// What was fetched before is asked for only if it has changed; where the server can't be reached,
/// the copy is read and the report says so.
package final class WebSource: Source {
  package let origin: String
  private let source: any Source
  private let notes: [String]

  /// What is let come where nothing else is said.
  package static let usualLimit = 1 << 31

  /// - Parameters:
  ///   - cacheFolder: where the copy is kept.
  ///   - limit: the most bytes that are let come.
  ///   - open: how the file that came is opened.
  ///
  /// Errors: `SourceProblem` where the address can't be read or nothing reads what came.
  package init(
    address: String, cacheFolder: String?, limit: Int = WebSource.usualLimit,
    run: any RunMonitor, open: (String) throws -> any Source
  ) throws {
    guard let address = WebAddress(address) else {
      throw SourceProblem(.refused, "\(address) is no web address")
    }
    guard let cacheFolder else {
      throw SourceProblem(
        .unreadable, "there is no folder to keep \(address.shown) in",
        help: ["set XDG_CACHE_HOME or HOME"])
    }
    origin = address.shown
    let cache = WebCache(folder: cacheFolder)
    let (path, notes) = try WebSource.fetched(address, cache, limit: limit, run: run)
    self.notes = notes
    do {
      source = try open(path)
    } catch let problem as SourceProblem {
      // The person knows the address, not where the copy stands.
      throw problem.naming(origin, for: path)
    }
  }

  private static func fetched(
    _ address: WebAddress, _ cache: WebCache, limit: Int, run: any RunMonitor
  ) throws -> (path: String, notes: [String]) {
    let known = cache.entry(for: address)
    let file = cache.newFile()
    do {
      let transfer = Transfer(address, into: file, limit: limit, run: run)
      let reply = try transfer.fetch(conditions: known?.conditions ?? [])
      if reply.status == 304, let known {
        return (known.path, ["it has not changed since it was last fetched"])
      }
      let ending = try ending(of: address, reply)
      let kept = try cache.keep(file, as: ending, for: address, reply)
      return (kept, [])
    } catch let problem as SourceProblem
      where problem.kind == .network || problem.kind == .timeout
    {
      guard let known else { throw problem }
      return (known.path, ["\(problem.message); the copy of an earlier fetch is read"])
    }
  }

  /// The ending by which the file is read: that of the address, else that of its media type.
  private static func ending(of address: WebAddress, _ reply: Transfer.Reply) throws -> String {
    let known = SourceCatalogue.all.flatMap { $0.endings }
    if let named = FileEnding.unpacked(address.fileName), known.contains(named) {
      let packing = address.fileName.split(separator: ".").last.map { $0.lowercased() } ?? ""
      return packing == named ? named : named + "." + packing
    }
    let type = (reply.headers["content-type"] ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
    guard let ending = mediaTypes[String(type)] else {
      throw SourceProblem(
        .unreadable, "\(address.shown) does not say what kind of file it is",
        help: ["fetch it, and give the file an ending such as .csv"])
    }
    return ending
  }

  private static let mediaTypes = [
    "text/csv": "csv", "text/tab-separated-values": "tsv", "text/plain": "csv",
    "application/json": "json", "application/geo+json": "geojson",
    "application/x-ndjson": "ndjson", "application/jsonl": "jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  ]

  package func datasets() throws -> [DatasetSchema] { try source.datasets() }

  package func columns(_ names: [String], of dataset: String, run: any RunMonitor) throws
    -> [Column]
  { try source.columns(names, of: dataset, run: run) }

  package func declaredType(of column: String, in dataset: String) -> FieldType? {
    source.declaredType(of: column, in: dataset)
  }

  package func use(_ shelf: ColumnShelf) { source.use(shelf) }

  package func report(of dataset: String) -> [String] { notes + source.report(of: dataset) }
  package func faults(of dataset: String) -> [String] { source.faults(of: dataset) }
  package func warnings(of dataset: String) -> [String] { source.warnings(of: dataset) }

  package func fingerprint(of dataset: String) throws -> String {
    try source.fingerprint(of: dataset)
  }
}
