import Foundation

/// Python as a peer that writes and serves files.
enum Python {
  /// Why workbooks can't be written by openpyxl here; nothing where they can. Installs it, for the
  /// Python of the system, where that is possible.
  static let obstacleToWorkbooks: String? = {
    if isImported("openpyxl", by: interpreter) { return nil }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let install = Process()
    install.executableURL = root.appending(path: ".ci/packages")
    install.arguments = ["python3", "python3-openpyxl"]
    if (try? install.run()) != nil { install.waitUntilExit() }
    return isImported("openpyxl", by: interpreter)
      ? nil : "the package python3-openpyxl can't be installed"
  }()

  /// Packages of the system are those of its own Python, whichever is found first.
  static let interpreter = "/usr/bin/python3"

  private static func isImported(_ module: String, by program: String) -> Bool {
    (try? run("import \(module)", [], by: program)) ?? nil != nil
  }

  /// What a script prints; nothing where it fails, or a module that it needs is not there.
  static func run(
    _ script: String, _ arguments: [String], by program: String = "python3"
  ) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, "-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
