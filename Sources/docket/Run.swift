import ArgumentParser
import Interpreter

/// `docket run FILE|- [NAME=VALUE …]`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script; - is standard input.")

  @OptionGroup var output: OutputOptions

  @Flag(
    help: "Markdown or JSON as one report with methods, data and script; HTML always is one.")
  var report = false

  @Flag(
    name: .customShort("X"),
    help: "Leave the start file and the project file alone; a script always does.")
  var isBare = false

  @Argument(help: "The script, or - for standard input.")
  var file: String

  @Argument(help: "Values of the script's parameters, as NAME=VALUE.")
  var parameters: [String] = []

  func run() throws {
    let settings = output.settings
    let session = try SessionStart.session(settings)
    defer { session.keepColumns() }
    let printer = Printer(settings, isScript: true)
    printer.followProgress(of: session)
    defer { printer.endProgress() }
    var given: [String: String] = [:]
    for parameter in parameters {
      guard let (name, value) = OutputSettings.pairs([parameter]).first else {
        throw ValidationError("\(parameter) is not written NAME=VALUE")
      }
      given[name.lowercased()] = value
    }
    if settings.formatName == "html" || report {
      return try ReportRun.write(file, given: given, session, printer, settings)
    }
    if file == "-" {
      session.parameters.merge(given) { $1 }
      SessionStart.answer(
        try SessionStart.standardInput(), name: "-", session, printer, saysNotices: false)
    } else {
      SessionStart.run(script: file, given, session, printer, saysNotices: false)
    }
    try printer.finish()
  }
}
