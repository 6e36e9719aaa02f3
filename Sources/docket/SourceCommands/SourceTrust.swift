import ArgumentParser
import Connectors
import Engine
import Glibc

/// `docket source trust NAME`
struct SourceTrust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Allow a source to run as it is now.")

  @Argument(help: "The name of a source, or the path of its program.")
  var source: String

  func run() throws {
    guard let plugin = SourceTest.plugin(source) else {
      throw ValidationError(
        "no source \(source) is installed; docket source list shows those that are")
    }
    do {
      let digest = try InstalledSources.settings(PersonAtTerminal()).trust.allow(plugin)
      Printer.write("\(plugin.path)\nsha256 \(digest)\nallowed to run\n", to: STDOUT_FILENO)
    } catch let problem as SourceProblem {
      let lines = ["error: \(problem.message)"] + problem.help.map { "  help: \($0)" }
      Printer.write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
      throw ExitCode(3)
    }
  }
}
