import ArgumentParser
import Diagnostics
import Interpreter
import Rendering

/// `docket check FILE…`: names, words and files of scripts, without reading rows.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find mistakes in scripts without reading data.")

  @Argument(help: "Scripts.")
  var files: [String]

  func run() throws {
    var isClean = true
    for file in files {
      do {
        let found = try ScriptCheck.problems(ofFile: file, in: Environment.workingDirectory)
        for (source, problems) in found {
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
