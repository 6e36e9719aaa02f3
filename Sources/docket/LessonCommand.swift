import ArgumentParser
import Diagnostics
import Glibc
import Interpreter
import Lessons
import Rendering

/// `docket lesson new|check FILE…`: for people who write lessons.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Begin a lesson of one's own, or check one.",
    subcommands: [New.self, Check.self])

  /// `docket lesson new FILE`
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Begin a lesson of one's own.")

    @Argument(help: "The file to write; its name is the lesson's.")
    var file: String

    func run() throws {
      guard file.hasSuffix(".lesson") else {
        throw ValidationError("the name of a lesson's file ends in .lesson")
      }
      let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o644)
      guard descriptor >= 0 else {
        throw ValidationError("\(file) is there already, or can't be written")
      }
      Printer.write(LessonTemplate.text, to: descriptor)
      close(descriptor)
    }
  }

  /// `docket lesson check FILE…`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go through lessons and find what would go wrong.")

    @Argument(help: "Lessons.")
    var files: [String]

    func run() throws {
      var isClean = true
      for file in files {
        do {
          let (source, problems) = try LessonCheck.problems(
            ofFile: file, directory: Environment.workingDirectory)
          guard !problems.isEmpty else { continue }
          isClean = false
          Printer.write(DiagnosticPage(problems, in: source).scriptText(), to: 2)
        } catch let problem as Diagnostic {
          isClean = false
          Printer.write(DiagnosticPage([problem]).scriptText(), to: 2)
        }
      }
      if !isClean { throw ExitCode(1) }
    }
  }
}
