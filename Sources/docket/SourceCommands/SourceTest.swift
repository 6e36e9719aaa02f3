import ArgumentParser
import Connectors
import Glibc
import SourceWire

/// `docket source test ./docket-source-NAME [OPTION=VALUE …]`, or what `open` takes
struct SourceTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Try everything that a source has to keep to.")

  @Argument(help: "The program, the name of one that is installed, or a file or address to open.")
  var source: String

  @Argument(help: "What it is told to open, as OPTION=VALUE; url=NAME: where nothing is said.")
  var options: [String] = []

  func validate() throws {
    for option in options where !option.contains("=") {
      throw ValidationError("\(option) is not written OPTION=VALUE, such as url=NAME:2021")
    }
  }

  func run() throws {
    var counts = (passed: 0, failed: 0, skipped: 0)
    func tell(_ check: SourceWireConformance.Check) {
      let line: String
      switch check.outcome {
      case .passed(let detail):
        counts.passed += 1
        line = "ok      \(check.sentence)\n        \(detail)"
      case .failed(let reason):
        counts.failed += 1
        line = "FAILED  \(check.sentence)\n        \(reason)"
      case .skipped(let reason):
        counts.skipped += 1
        line = "–       \(check.sentence)\n        \(reason)"
      }
      Printer.write(line + "\n", to: STDOUT_FILENO)
    }
    let name: String
    if isFile {
      name = source
      _ = SourceConformance(source, relativeTo: Environment.workingDirectory).run(tell)
    } else {
      let (plugin, told) = try program()
      name = plugin.name
      // The one who names a program to be tried wants it to be run.
      _ = SourceWireConformance(
        plugin, options: told, settings: InstalledSources.settings(Consent())
      ).run(tell)
    }
    Printer.write(
      "\n\(name): \(counts.passed) held, \(counts.failed) failed, \(counts.skipped) not tried\n",
      to: STDOUT_FILENO)
    if counts.failed > 0 { throw ExitCode(5) }
  }

  /// Whether it is something that this program reads by itself, and no program to be tried.
  private var isFile: Bool {
    let name = source.split(separator: "/").last ?? ""
    return options.isEmpty && !name.hasPrefix("docket-source-")
      && InstalledSources.folders.plugin(named: source) == nil
      && !SourceCatalogue.isBeyond(source, relativeTo: Environment.workingDirectory)
      && (source.contains("://") || source.contains("*") || access(source, F_OK) == 0)
  }

  /// What is tried, and what it is told to open.
  private func program() throws -> (PluginFile, [WireJSON.Member]) {
    var told = OutputSettings.pairs(options).map { WireJSON.Member($0.name, .text($0.value)) }
    if !told.contains(where: { $0.name == "directory" }) {
      told.append(.init("directory", .text(Environment.workingDirectory)))
    }
    let isNamed = told.contains { $0.name == "url" }
    if let plugin = SourceTest.plugin(source) {
      let url = WireJSON.Member("url", .text(plugin.name + ":"))
      return (plugin, isNamed ? told : [url] + told)
    }
    if !isNamed, let plugin = InstalledSources.folders.plugin(for: source) {
      return (plugin, [.init("url", .text(source))] + told)
    }
    throw ValidationError(
      "no program \(source) is there, no source of that name is installed, and none opens it")
  }

  /// A program by its path, or an installed source by its name.
  static func plugin(_ source: String) -> PluginFile? {
    if source.contains("/"), !source.contains(":") { return PluginFile(path: source) }
    let prefix = "docket-source-"
    let name = source.hasPrefix(prefix) ? String(source.dropFirst(prefix.count)) : source
    return InstalledSources.folders.plugin(named: name)
  }

  private struct Consent: PluginPolicy {
    var runsPlugins: Bool { true }
    func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool { true }
    func secret(_ question: String) -> String? { PersonAtTerminal().secret(question) }
  }
}
