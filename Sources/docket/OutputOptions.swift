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

  private var formatName: String {
    if json { return "json" }
    if csv { return "csv" }
    if let named { return named.rawValue }
    if let format { return format }
    if let output, let named = FormatCatalogue.format(ofFile: output) { return named.name }
    return "table"
  }

  var settings: OutputSettings {
    OutputSettings(
      formatName: formatName, timeout: timeout, onError: onError, privacy: privacy, output: output,
      replacesOutput: force, errors: errors, color: color,
      definitions: OutputSettings.pairs(definitions), set: OutputSettings.pairs(set),
      isSafe: safe, isOffline: offline)
  }
}

/// Formats that have an option of their own name.
enum NamedFormat: String, EnumerableFlag {
  case plain, tsv, jsonl, markdown, html, svg
}
