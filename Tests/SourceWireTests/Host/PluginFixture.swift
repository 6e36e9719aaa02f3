import Columns
import Connectors
import Engine
import Foundation
import SourceWire
import Testing

/// A folder of a test with sources in it; removed when the test is done with it.
final class PluginFixture {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a file, with its folders.
  @discardableResult
  func write(_ name: String, _ text: String, permissions: Int = 0o600) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
    return file.path
  }

  /// A source that is a script of the shell.
  func shell(_ script: String, name: String = "made") throws -> PluginFile {
    let path = try write("docket-source-\(name)", "#!/bin/sh\n" + script, permissions: 0o700)
    return try #require(PluginFile(path: path))
  }

  /// A source that is a Python program.
  func python(_ program: String, name: String = "made") throws -> PluginFile {
    let path = try write(
      "docket-source-\(name)", "#!/usr/bin/env python3\n" + program, permissions: 0o700)
    return try #require(PluginFile(path: path))
  }

  /// A Python source that greets and opens one dataset `cases` of these fields, and does the rest
  /// as the program says.
  func cases(
    _ fields: String = #"{"name":"race","type":"category"},{"name":"age","type":"integer"}"#,
    features: String = "", then program: String
  ) throws -> PluginFile {
    try python(
      """
      import json, os, signal, sys, time
      def say(**members):
          print(json.dumps({"id": request["id"], **members}), flush=True)
      for line in sys.stdin:
          request = json.loads(line)
          op = request["op"]
          if op == "hello":
              say(protocol=1, name="made", version="1", features=[\(features)])
          elif op == "open":
              say(datasets=[{"name": "cases", "ordered": True, "fields": json.loads('''[\(fields)]''')}])
      \(program.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
      """)
  }

  static var examples: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples/plugins")
  }

  /// One of the worked examples.
  static func example(_ name: String) throws -> PluginFile {
    try #require(PluginFile(path: examples.appending(path: "\(name)/docket-source-\(name)").path))
  }

  /// Whether the worked examples can run here; says why where they can't.
  static let hasPython: Bool = {
    let found = ["/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/python3")
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let isOnPath = path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/python3")
    }
    if !found && !isOnPath { print("sources in Python are not tried: there is no python3 here") }
    // Where all is due, what can't be tried fails.
    return found || isOnPath || ProcessInfo.processInfo.environment["CI"] != nil
  }()
}

extension PluginSource {
  /// A source that the test trusts.
  convenience init(
    _ plugin: PluginFile, url: String = "made:", limits: PluginLimits = .short, logs: String? = nil,
    run: any RunMonitor = UnwatchedRun()
  ) throws {
    var settings = PluginSettings(
      trust: PluginTrust(record: nil, policy: FixedPolicy(approves: true)), logs: logs)
    settings.limits = limits
    try self.init(
      plugin, options: [.init("url", .text(url))], origin: url, settings: settings, run: run)
  }

  func column(_ name: String, run: any RunMonitor = UnwatchedRun()) throws -> [String] {
    let column = try columns([name], of: "cases", run: run)[0]
    return (0..<column.rowCount).map { column.texts[column.codes[$0]] }
  }
}

extension PluginLimits {
  /// Patient enough for a slow machine where something happens, and not where nothing does.
  static var short: PluginLimits {
    var limits = PluginLimits()
    limits.start = 20_000
    limits.silence = 20_000
    return limits
  }
}

/// Always the same answer, and how often it was asked.
final class FixedPolicy: PluginPolicy, @unchecked Sendable {
  let runsPlugins: Bool
  private let approval: Bool
  private(set) var asked: [Bool] = []

  init(runs: Bool = true, approves: Bool) {
    runsPlugins = runs
    approval = approves
  }

  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool {
    asked.append(isChanged)
    return approval
  }
}

/// A run that a test stops.
final class StoppedRun: RunMonitor, @unchecked Sendable {
  private let start = ContinuousClock.now
  private let patience: Duration
  private(set) var progress: [Int] = []

  init(after patience: Duration) { self.patience = patience }

  var isCancelled: Bool { ContinuousClock.now - start > patience }

  func advance(done: Int, of total: Int) { progress.append(done) }
}
