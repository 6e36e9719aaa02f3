import Foundation
import Testing

/// `docket source test`, as a person runs it, on what an engine has loaded.
struct SourceTestCommand {
  private let engine: any TestEngine

  init(_ engine: any TestEngine) {
    self.engine = engine
  }

  private var built: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// The command for each thing that is opened.
  private var commands: [[String]] {
    let opened = engine.openText.split(separator: "\n").compactMap { line in
      line.split(separator: "\"").dropFirst().first.map(String.init)
    }
    guard let program = type(of: engine).program else { return opened.map { [$0] } }
    let path =
      program.contains("/")
      ? EngineSession.root.appending(path: program)
      : built.appending(path: "docket-source-" + program)
    return opened.map { [path.path, "url=" + $0, "directory=/"] }
  }

  /// Whatever the source has to keep to holds.
  func passes() throws {
    #expect(!commands.isEmpty)
    for command in commands {
      let process = Process()
      process.executableURL = built.appending(path: "docket")
      process.arguments = ["source", "test"] + command
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(command.joined(separator: " ")):\n\(said)")
      #expect(said.contains(" held, 0 failed"), "\(said)")
    }
  }
}
