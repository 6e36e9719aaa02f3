import Foundation

/// The program beside the tests, run as a person runs it.
enum Program {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static var path: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("docket").path
  }

  /// What it writes and its exit code.
  ///
  /// - Parameter first: what the shell does before, such as `ulimit`.
  static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    after first: String = ":"
  ) throws -> (output: String, errors: String, code: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(first); exec \"$0\" \"$@\"", path] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["HOME": folder, "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      String(decoding: text, as: UTF8.self), String(decoding: words, as: UTF8.self),
      process.terminationStatus
    )
  }
}

/// A folder with a small script and its data, gone when its test is.
final class ScriptFolder {
  let path: String

  init(script: String = ScriptFolder.usual, data: String = ScriptFolder.cases) throws {
    path = NSTemporaryDirectory() + "docket-report-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write(script, to: "small.docket")
    try write(data, to: "cases.csv")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// 60 cases of each year, 40 and 30 of them filed.
  static let cases =
    "id,received,filed,kind\n"
    + (0..<120).map { number in
      let year = number < 60 ? 2019 : 2020
      let filed = number % 60 < (year == 2019 ? 40 : 30)
      return "\(number),\(year)-0\(number % 9 + 1)-10,\(filed ? "yes" : "no"),a<b & \"\"c\"\"\n"
        .replacing("a<b & \"\"c\"\"", with: "\"a<b & \"\"c\"\"\"")
    }.joined()

  static let usual = """
    # Cases of a year: <not markup> & 'quotes'
    param year = 2019
    open "cases.csv" as cases
    card cases
      unit case
      id id
      date received
    end
    heading "Cases of {year}"
    note "Filed & **not** filed. <script>alert(1)</script>"
    let s = share cases filed=yes in year
    note "{s} were filed: {s.n} of {s.of}, {s.low} to {s.high}."
    heading "Filed"
    share cases filed=yes in year
    count cases by kind in year
    """
}
