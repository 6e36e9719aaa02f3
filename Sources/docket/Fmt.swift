import ArgumentParser
import Diagnostics
import Glibc
import Interpreter
import Rendering

/// `docket fmt [--check] FILE…`: writes scripts the one way they are written.
struct Fmt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Write scripts the one way they are written.")

  @Flag(help: "Change nothing; exit 5 where a file would change.")
  var check = false

  @Argument(help: "Scripts.")
  var files: [String]

  func run() throws {
    var wouldChange = false
    for file in files {
      let path = Session.absolute(file, in: Environment.workingDirectory)
      let text: String
      do {
        text = try Session.text(ofFile: path, written: file, at: nil)
      } catch let problem as Diagnostic {
        Printer.write(DiagnosticPage([problem]).scriptText(), to: 2)
        throw ExitCode(1)
      }
      let (source, problems) = Session.problems(in: text, name: file)
      guard problems.isEmpty else {
        Printer.write(DiagnosticPage(problems, in: source).scriptText(), to: 2)
        throw ExitCode(1)
      }
      let formatted = Session.formatted(text)
      guard formatted != text else { continue }
      wouldChange = true
      if check {
        Printer.write("\(file) is not in form\n", to: 2)
      } else {
        try replace(path, with: formatted)
      }
    }
    if check, wouldChange { throw ExitCode(5) }
  }

  private func replace(_ path: String, with text: String) throws {
    let draft = path + ".part"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw ValidationError("\(path) can't be written") }
    Printer.write(text, to: file)
    close(file)
    guard rename(draft, path) == 0 else { throw ValidationError("\(path) can't be written") }
  }
}
