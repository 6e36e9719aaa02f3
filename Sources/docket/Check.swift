import ArgumentParser
import Diagnostics
import Interpreter
import Rendering

/// `docket check FILE…`: reads scripts without running them.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find mistakes in scripts without reading data.")

  @Argument(help: "Scripts.")
  var files: [String]

  func run() throws {
    var isClean = true
    for file in files {
      do {
        let text = try Session.text(
          ofFile: Session.absolute(file, in: Environment.workingDirectory), written: file, at: nil)
        let (source, problems) = Session.problems(in: text, name: file)
        if !problems.isEmpty {
          isClean = false
          Printer.write(DiagnosticPage(problems, in: source).scriptText(), to: 2)
        }
      } catch let problem as Diagnostic {
        isClean = false
        Printer.write(DiagnosticPage([problem]).scriptText(), to: 2)
      }
    }
    if !isClean { throw ExitCode(1) }
  }
}
