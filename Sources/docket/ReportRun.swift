import ArgumentParser
import Diagnostics
import Interpreter
import Rendering

/// Runs a script and makes one report of its answers.
enum ReportRun {
  /// The report that a script's text makes; nothing where a question failed, which the printer has told.
  static func report(
    _ script: Report.Script, date: String?, _ session: Session, _ printer: Printer
  ) throws -> Report? {
    let given = Dictionary(
      script.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let source = Transcript(source: .init(script.text, name: script.name))
    var items: [Report.Item] = []
    _ = try session.run(script.text, of: script.name, given: given) { response in
      switch response {
      case .answer(let answer): items.append(.answer(answer))
      case .page(let page): items.append(.page(page))
      case .problem, .failed: printer.print(response) { source }
      case .notice, .farewell: break
      }
    }
    guard printer.outcome == .fine else { return nil }
    return Report(
      script: script, items: items, definitions: session.scriptsRun, version: Session.version,
      date: date)
  }

  /// Writes the report of a file in the format that the options name.
  static func write(
    _ file: String, given: [String: String], _ session: Session, _ printer: Printer,
    _ options: OutputSettings
  ) throws {
    do {
      let text =
        file == "-"
        ? try SessionStart.standardInput()
        : try Session.text(
          ofFile: Session.absolute(file, in: session.directory), written: file, at: nil)
      let all = session.parameters.merging(given) { $1 }
      let script = Report.Script(
        name: file, text: withoutOutput(text),
        parameters: all.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
      if let report = try report(script, date: date, session, printer) {
        for answer in report.answers { printer.note(claimsOf: answer) }
        switch options.formatName {
        case "html": printer.write(report.html)
        case "json": printer.write(report.json)
        default: printer.write(report.markdown)
        }
      }
    } catch {
      printer.print(Session.response(to: error)) { Transcript(source: .init("")) }
    }
    try printer.finish()
  }

  /// A script without the output that was recorded in it, line by line behind `#>`.
  private static func withoutOutput(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#>") }.joined(separator: "\n")
  }

  /// The day that `SOURCE_DATE_EPOCH` names; a report says no day of its own accord.
  private static var date: String? {
    guard let seconds = Environment["SOURCE_DATE_EPOCH"].flatMap({ Int($0) }) else { return nil }
    return Session.date(ofUnixTime: seconds)
  }
}
