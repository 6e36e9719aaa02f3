import ArgumentParser
import Connectors
import Glibc

/// `docket source new NAME --lang python|swift|sh`
struct SourceNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small working source to begin with.")

  @Option(name: [.customLong("lang"), .customLong("language")], help: "python, swift or sh.")
  var language = "python"

  @Argument(help: "Its name: small letters, digits and hyphens.")
  var name: String

  func run() throws {
    guard let language = PluginTemplate.Language(rawValue: language) else {
      throw ValidationError("there are templates in python, swift and sh, not in \(language)")
    }
    guard let template = PluginTemplate(name: name, language: language) else {
      throw ValidationError("\(name) is no name: small letters, digits and hyphens are")
    }
    let folder = "docket-source-" + name
    guard mkdir(folder, 0o755) == 0 else {
      throw ValidationError(
        errno == EEXIST
          ? "there is a folder \(folder) here already" : "\(folder) can't be made here")
    }
    for file in template.files {
      let path = folder + "/" + file.path
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, file.isExecutable ? 0o755 : 0o644)
      guard descriptor >= 0 else { throw ValidationError("\(path) can't be written") }
      Printer.write(file.text, to: descriptor)
      close(descriptor)
    }
    var lines = template.files.map { "\(folder)/\($0.path)" }
    lines.append("")
    if language == .swift {
      lines.append("Build it:  swiftc -O \(folder)/\(folder).swift -o \(folder)/\(folder)")
    }
    lines += [
      "Try it:    docket source test \(folder)/\(folder)",
      "Use it:    mv \(folder) \(InstalledSources.folders.own ?? "…")/\(name)",
      "           docket source trust \(name)",
      "           docket -c 'open \"\(name):\" as \(name)' -c 'count cases'",
    ]
    Printer.write(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
  }
}
