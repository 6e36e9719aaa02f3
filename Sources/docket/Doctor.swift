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
      let (kept, limit) = Session.columnBytes(in: paths.columns)
      lines += [
        "start file  \(paths.initialization)", "history     \(paths.history)",
        "cache       \(paths.cache), columns: \(Doctor.size(kept)) of at most \(Doctor.size(limit))",
      ]
    } else {
      lines.append("no home directory: no history, no cache")
    }
    lines.append("sources     " + Session.sourceKinds.joined(separator: ", "))
    lines += SourceList.lines.map { "  " + $0 }
    Printer.write(lines.joined(separator: "\n") + "\n", to: 1)
  }

  /// A number of bytes in the unit that suits it.
  private static func size(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB"]
    var (size, unit) = (bytes, 0)
    while size >= 10_000, unit < units.count - 1 {
      size /= 1000
      unit += 1
    }
    return "\(size) \(units[unit])"
  }
}
