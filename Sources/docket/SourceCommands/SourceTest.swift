import ArgumentParser
import Connectors
import Glibc
import SourceWire

/// `docket source test ./docket-source-NAME [OPTION=VALUE …]`
struct SourceTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Try everything that a source has to keep to.")

  @Argument(help: "The program, or the name of one that is installed.")
  var source: String

  @Argument(help: "What it is told to open, as OPTION=VALUE; url=NAME: where nothing is said.")
  var options: [String] = []

  func validate() throws {
    for option in options where !option.contains("=") {
      throw ValidationError("\(option) is not written OPTION=VALUE, such as url=NAME:2021")
    }
  }

  func run() throws {
    guard let plugin = SourceTest.plugin(source) else {
      throw ValidationError(
        "no program \(source) is there, and no source of that name is installed")
    }
    var told = OutputOptions.pairs(options).map { WireJSON.Member($0.name, .text($0.value)) }
    if !told.contains(where: { $0.name == "url" }) {
      told.insert(.init("url", .text(plugin.name + ":")), at: 0)
    }
    if !told.contains(where: { $0.name == "directory" }) {
      told.append(.init("directory", .text(Environment.workingDirectory)))
    }
    // The one who names a program to be tried wants it to be run.
    let suite = SourceWireConformance(
      plugin, options: told, settings: InstalledSources.settings(Consent()))
    var counts = (passed: 0, failed: 0, skipped: 0)
    _ = suite.run { check in
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
    Printer.write(
      "\n\(plugin.name): \(counts.passed) held, \(counts.failed) failed, \(counts.skipped) not tried\n",
      to: STDOUT_FILENO)
    if counts.failed > 0 { throw ExitCode(5) }
  }

  /// A program by its path, or an installed source by its name.
  static func plugin(_ source: String) -> PluginFile? {
    if source.contains("/") { return PluginFile(path: source) }
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
