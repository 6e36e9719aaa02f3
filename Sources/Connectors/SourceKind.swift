package import Engine
import Glibc

/// A kind of place that cases come from: one file each, found by `dev catalogue`.
package protocol SourceKind: Sendable {
  /// What messages call it: `CSV file`.
  static var name: String { get }
  /// File endings, lower case, without the dot; a further `.gz` or `.zst` is not said.
  static var endings: [String] { get }
  /// Whether it opens this path or URL; by its ending, its scheme, or its first bytes.
  static func opens(_ path: String) -> Bool
  static func open(_ path: String) throws -> any Source
  /// The same, where opening takes so long that a person may want to stop it.
  static func open(_ path: String, run: any RunMonitor) throws -> any Source
}

extension SourceKind {
  package static func open(_ path: String, run: any RunMonitor) throws -> any Source {
    try open(path)
  }
}

/// The kinds of sources there are.
package enum SourceCatalogue {
  /// Opens a path or a URL. Nothing is created: what is not there is an error with the nearest
  /// file.
  ///
  /// - Parameter beyond: opens what no kind of source in this program does; nothing where it doesn't
  ///   either.
  package static func open(
    _ path: String, relativeTo directory: String, run: any RunMonitor = UnwatchedRun(),
    beyond: (String) throws -> (any Source)? = { _ in nil }
  ) throws -> any Source {
    let isLocal = !path.contains("://")
    let full = isLocal && !path.hasPrefix("/") ? directory + "/" + path : path
    if isLocal, !path.contains("*"), access(full, R_OK) != 0 {
      if PluginCatalogue.scheme(of: path) != nil, let source = try beyond(path) { return source }
      throw notThere(path, full)
    }
    if path.contains("*"), let ending = FileEnding.unpacked(path), !reads(ending),
      let source = try beyond(path)
    {
      return source
    }
    if let kind = all.first(where: { $0.opens(full) }) {
      do {
        return try kind.open(full, run: run)
      } catch let problem as SourceProblem {
        throw problem.naming(path, for: full)
      }
    }
    if let source = try beyond(path) { return source }
    throw SourceProblem(
      .unreadable, "no source reads \(path)",
      help: ["files: " + all.flatMap { $0.endings }.joined(separator: ", ")])
  }

  private static func reads(_ ending: String) -> Bool {
    all.contains { $0.endings.contains(ending) }
  }

  /// Whether a path is one that only a source beyond this program can open.
  package static func isBeyond(_ path: String, relativeTo directory: String) -> Bool {
    if path.contains("://") { return WebAddress(path) == nil }
    let full = path.hasPrefix("/") ? path : directory + "/" + path
    if access(full, F_OK) != 0 { return PluginCatalogue.scheme(of: path) != nil }
    return !all.contains { $0.opens(full) }
  }

  private static func notThere(_ path: String, _ full: String) -> SourceProblem {
    if access(full, F_OK) == 0 {
      return SourceProblem(.refused, "\(path) may not be read", help: ["look at its permissions"])
    }
    if let scheme = PluginCatalogue.scheme(of: path) {
      return SourceProblem(
        .notFound, "there is no file \(path), and no source \(scheme) is installed",
        help: ["docket source list"])
    }
    let folder = full.lastIndex(of: "/").map { String(full[..<$0]) } ?? "."
    let wanted = full.split(separator: "/").last.map(String.init) ?? full
    let nearest = FolderListing.nearest(to: wanted, in: folder)
    return SourceProblem(
      .notFound, "there is no file \(path)", help: nearest.map { "the nearest is \($0)" })
  }

  /// The name that a dataset gets from its file: `data/referrals-2020.csv.gz` → `referrals-2020`,
  /// `referrals-*.csv` → `referrals`, `postgres://db.example/office?port=5433` → `office`.
  package static func name(ofPath path: String) -> String {
    if let scheme = PluginCatalogue.scheme(of: path) { return name(ofURL: path, scheme: scheme) }
    let last = path.split(separator: "/").last.map(String.init) ?? path
    var stem = last.split(separator: ".").first.map(String.init) ?? last
    if last.contains("*") {
      let words = stem.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      stem = words.joined(separator: "-")
    }
    let name = stem.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "_" }
    return name.isEmpty ? "data" : String(name)
  }

  /// The last part of what stands behind the colon, or what is before it where that says nothing.
  private static func name(ofURL url: String, scheme: String) -> String {
    let behind = url.dropFirst(scheme.utf8.count + 1).prefix { $0 != "?" && $0 != ";" }
    let last = behind.split { $0 == "/" || $0 == "=" || $0 == ":" }.last.map(String.init) ?? ""
    guard let first = last.first, first.isLetter || first.isNumber else { return scheme }
    let name = self.name(ofPath: last)
    return first.isNumber ? scheme + "-" + name : name
  }
}
