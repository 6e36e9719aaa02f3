import ArgumentParser
import Interpreter
import Shell

/// `docket doctor`: versions, paths and sources.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show versions, paths and the sources found.")

  func run() throws {
    var lines = ["docket \(Session.version)"]
    if let paths = Paths(environment: Environment.all) {
      lines += [
        "start file  \(paths.initialization)", "history     \(paths.history)",
        "cache       \(paths.cache)",
      ]
    } else {
      lines.append("no home directory: no history, no cache")
    }
    lines.append("sources     " + Session.sourceKinds.joined(separator: ", "))
    lines += SourceList.lines.map { "  " + $0 }
    Printer.write(lines.joined(separator: "\n") + "\n", to: 1)
  }
}
