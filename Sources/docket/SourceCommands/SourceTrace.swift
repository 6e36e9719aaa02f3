import ArgumentParser
import Connectors
import Glibc
import Interpreter

/// `docket source trace DATA [QUESTION …]`
struct SourceTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show what is said between Docket and a source, with passwords left out.")

  @OptionGroup var output: OutputOptions

  @Argument(help: "What `open` takes, NAME:… or a file; or the name of a source alone.")
  var data: String

  @Argument(help: "Questions to ask when it is open.")
  var questions: [String] = []

  /// The most characters of a line that are shown.
  private static let longestLine = 2000

  func run() throws {
    let session = try SessionStart.session(output.settings)
    var settings = InstalledSources.settings(
      PersonAtTerminal(runsPlugins: !output.safe, usesNetwork: !output.offline))
    settings.trace = { line in
      let rest = line.count - SourceTrace.longestLine
      let shown = rest > 0 ? line.prefix(SourceTrace.longestLine) + "… \(rest) more" : line[...]
      Printer.write(shown + "\n", to: STDOUT_FILENO)
    }
    session.plugins = PluginCatalogue(folders: InstalledSources.folders, settings: settings)
    let printer = Printer(output.settings, isScript: false)
    let isName = InstalledSources.folders.plugin(named: data) != nil
    try SessionStart.open(isName ? data + ":" : data, session, printer, saysReports: true)
    for question in questions where printer.outcome == .fine {
      SessionStart.answer(question, name: nil, session, printer)
    }
    try printer.finish()
  }
}
