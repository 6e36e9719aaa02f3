import ArgumentParser
import Glibc
import Rendering

/// How answers are written, and where.
struct OutputOptions: ParsableArguments {
  @Option(help: "table, plain, csv, tsv, json, jsonl, markdown, html or svg.")
  var format: String?

  @Flag(help: "Answers as JSON; the same as --format json.")
  var json = false

  @Flag(help: "Answers as CSV; the same as --format csv.")
  var csv = false

  @Flag(help: "Answers in another format; the same as --format with its name.")
  var named: NamedFormat?

  @Option(help: "Give up after so many seconds, with exit code 4.")
  var timeout: Double?

  @Option(
    name: .customLong("on-error"),
    help: "After a problem: stop, or continue with the statements behind it.")
  var onError = "stop"

  @Option(help: "Mask cells of 1 to N in every dataset whose card does not say public.")
  var privacy: Int?

  @Option(
    name: .shortAndLong, help: "Write the answers to this file; never over one that is there.")
  var output: String?

  @Flag(help: "Let --output replace a file.")
  var force = false

  @Option(help: "Problems as text or json.")
  var errors = "text"

  @Option(help: "Colour: auto, always or never.")
  var color = "auto"

  @Option(
    name: [.customShort("D"), .customLong("define")],
    help: "NAME=VALUE, for `param` in scripts.")
  var definitions: [String] = []

  @Option(help: "NAME=VALUE, as `set NAME VALUE`.")
  var set: [String] = []

  @Flag(help: "Run no sources that are other programs, and use no network; write no files.")
  var safe = false

  @Flag(help: "Use no network.")
  var offline = false

  func validate() throws {
    guard FormatCatalogue.format(named: formatName) != nil else {
      let names = FormatCatalogue.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("there is no format \(formatName); formats are \(names)")
    }
    if safe, output != nil { throw ValidationError("a safe session writes no files: no --output") }
    for (value, name, allowed) in [
      (errors, "--errors", ["text", "json"]), (onError, "--on-error", ["stop", "continue"]),
      (color, "--color", ["auto", "always", "never"]),
    ] where !allowed.contains(value) {
      throw ValidationError("\(name) is \(allowed.joined(separator: " or ")), not \(value)")
    }
    if let timeout, !(timeout > 0 && timeout < 1e9) {
      throw ValidationError("--timeout is a number of seconds above 0, not \(timeout)")
    }
    if let privacy, privacy < 1 || privacy > 1_000_000 {
      throw ValidationError("--privacy is a count of 1 or more, not \(privacy)")
    }
    for setting in definitions + set where !setting.contains("=") {
      throw ValidationError("\(setting) is not written NAME=VALUE")
    }
  }

  var formatName: String {
    if json { return "json" }
    if csv { return "csv" }
    if let named { return named.rawValue }
    if let format { return format }
    if let output, let named = FormatCatalogue.format(ofFile: output) { return named.name }
    return "table"
  }

  /// Whether to colour what goes to this file descriptor.
  func colours(_ descriptor: Int32) -> Bool {
    switch color {
    case "always": return true
    case "never": return false
    default:
      if Environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return false }
      if Environment["CLICOLOR_FORCE"].map({ $0 != "0" }) ?? false { return true }
      return isatty(descriptor) == 1 && Environment["TERM"] != "dumb" && output == nil
    }
  }

  /// The width to fit; nothing for a pipe or a file.
  var width: Int? {
    if let columns = Environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    guard output == nil, isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// NAME=VALUE pairs, split at the first sign.
  static func pairs(_ settings: [String]) -> [(name: String, value: String)] {
    settings.compactMap { setting in
      setting.firstIndex(of: "=").map {
        (String(setting[..<$0]), String(setting[setting.index(after: $0)...]))
      }
    }
  }
}

/// Formats that have an option of their own name.
enum NamedFormat: String, EnumerableFlag {
  case plain, tsv, jsonl, markdown, html, svg
}

/// The process's environment.
enum Environment {
  static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Every variable, as it was when one was first asked for.
  static let all: [String: String] = {
    var found: [String: String] = [:]
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        found[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      pointer += 1
    }
    return found
  }()

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
