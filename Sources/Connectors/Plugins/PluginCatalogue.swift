package import Engine
import SourceWire

/// Opens what no source inside this program opens, by the sources that are installed.
package struct PluginCatalogue: Sendable {
  package let folders: PluginFolders
  package let settings: PluginSettings

  package init(folders: PluginFolders, settings: PluginSettings) {
    self.folders = folders
    self.settings = settings
  }

  /// Opens a URL (`NAME:…`) or a file by its ending; nothing where it is for none of them.
  ///
  /// - Parameter directory: what relative paths are relative to; the source is told.
  /// Errors: `SourceProblem`.
  package func open(_ path: String, relativeTo directory: String, run: any RunMonitor) throws
    -> PluginSource?
  {
    guard let plugin = folders.plugin(for: path) else {
      guard let scheme = PluginCatalogue.scheme(of: path), path.contains("://") else { return nil }
      throw SourceProblem(
        .notFound, "no source opens \(scheme): here",
        help: ["installed: " + (names.isEmpty ? "none" : names.joined(separator: ", "))])
    }
    let options: [WireJSON.Member] = [
      .init("url", .text(path)), .init("directory", .text(directory)),
    ]
    return try PluginSource(
      plugin, options: options, origin: path, settings: settings, run: run)
  }

  /// Whether a password or the like stands in an address, where it would be kept with what was typed.
  package static func holdsSecret(_ path: String) -> Bool {
    PluginSource.withoutPassword(path) != path
  }

  /// Whether a path is an address, `NAME:…`, and not that of a file.
  package static func isAddress(_ path: String) -> Bool { scheme(of: path) != nil }

  /// An address as it may be shown.
  package static func shown(_ path: String) -> String { PluginSource.withoutPassword(path) }

  private var names: [String] { folders.all.map(\.name) }

  /// What stands before the colon of a URL of a kind that files have no names of.
  static func scheme(of path: String) -> String? {
    guard let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/"),
      PluginFolders.isName(path[..<colon].lowercased())
    else { return nil }
    return path[..<colon].lowercased()
  }
}
