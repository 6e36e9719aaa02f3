import ArgumentParser
import Diagnostics
import Glibc
import Interpreter
import Rendering

/// `docket verify REPORT.html`: runs the script of a report again and compares the pages.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run the script of a report again, and say whether everything is as it was.")

  @OptionGroup var output: OutputOptions

  @Argument(help: "A report that `docket run … --format html` has made.")
  var file: String

  func run() throws {
    let path = Session.absolute(file, in: Environment.workingDirectory)
    let printer = Printer(output.settings, isScript: true)
    let page: String
    do {
      page = try Session.text(ofFile: path, written: file, at: nil)
    } catch {
      printer.print(Session.response(to: error)) { Transcript(source: .init("")) }
      return try printer.finish()
    }
    guard let made = ReportScript(html: page) else {
      throw ValidationError("\(file) is no report of docket")
    }
    let session = try SessionStart.session(output.settings)
    defer { session.keepColumns() }
    printer.followProgress(of: session)
    defer { printer.endProgress() }
    session.directory = Verify.folder(of: made.script, besides: path)
    let report: Report?
    do {
      report = try ReportRun.report(made.script, date: made.date, session, printer)
    } catch {
      printer.print(Session.response(to: error)) { Transcript(source: .init("")) }
      return try printer.finish()
    }
    guard let report else {
      Printer.write("\(file) can't be made again: its script has a problem now\n", to: 2)
      throw ExitCode(Printer.Outcome.notHeld.rawValue)
    }
    let changes = ReportScript.changes(from: page, to: report.html)
    guard changes.isEmpty else {
      Printer.write("\(file) is not what its script makes now:\n", to: 1)
      for change in changes { Printer.write("  \(change)\n", to: 1) }
      throw ExitCode(Printer.Outcome.notHeld.rawValue)
    }
    let count = report.answers.count
    let answers = count == 1 ? "1 answer is" : "\(count) answers are"
    Printer.write("\(file) is as it was: \(answers) the same, receipt \(report.receipt)\n", to: 1)
  }

  /// Where the script's paths begin: here, where its file can be found from here, else beside the report.
  private static func folder(of script: Report.Script, besides path: String) -> String {
    let here = Environment.workingDirectory
    if access(Session.absolute(script.name, in: here), F_OK) == 0 { return here }
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? here
  }
}
