import ArgumentParser
import Connectors
import Glibc

/// `docket source list`
struct SourceList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the sources that are found; none is run.")

  func run() throws {
    let lines = SourceList.lines
    Printer.write(
      lines.isEmpty
        ? "no sources beside those inside Docket; docket source new NAME writes one\n"
        : lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
  }

  /// A source on two lines: what it opens and whether it may run, and where it is.
  static var lines: [String] {
    let settings = InstalledSources.settings(PersonAtTerminal())
    return InstalledSources.folders.all.flatMap { plugin in
      let manifest = plugin.manifest
      let schemes = Set([plugin.name] + (manifest?.schemes ?? [])).sorted().map { $0 + ":" }
      let opens = schemes + (manifest?.endings ?? []).map { "." + $0 }
      let summary = manifest.map { $0.summary.isEmpty ? "" : " · " + $0.summary } ?? ""
      return [
        "\(plugin.name)  \(opens.joined(separator: " "))\(summary)",
        "    \(plugin.path), \(words(settings.trust.standing(of: plugin)))",
      ]
    }
  }

  private static func words(_ standing: PluginTrust.Standing) -> String {
    switch standing {
    case .ours: "came with Docket"
    case .allowed: "allowed to run"
    case .changed: "has changed since it was allowed"
    case .unknown: "not allowed yet"
    case .refused(let reason): reason
    }
  }
}
