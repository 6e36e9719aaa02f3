import Columns
import Connectors
import Engine
import Foundation
import Glibc
import SourceWire
import Testing

@testable import EngineTests

/// The built `docket-source-odbc` and `docket-source-adbc`, as a session has them, with an
/// environment of their own.
enum DriverProgram {
  /// Opens a URL through a program that gets these variables.
  static func open(
    _ name: String, _ url: String, in folder: ScratchFolder, environment: [String: String] = [:],
    options: [String: String] = [:]
  ) throws -> PluginSource {
    let variables = environment.sorted { $0.key < $1.key }.map { "export \($0)='\($1)'\n" }
    let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "docket-source-\(name)").path
    let script = try folder.write(
      "docket-source-\(name)", "#!/bin/sh\n\(variables.joined())exec '\(built)'\n",
      permissions: 0o700)
    let plugin = try #require(PluginFile(path: environment.isEmpty ? built : script))
    var settings = PluginSettings(trust: PluginTrust(record: nil, policy: Everyone()), logs: nil)
    settings.limits.start = 30_000
    settings.limits.silence = 60_000
    var members: [WireJSON.Member] = [
      .init("url", .text(url)), .init("directory", .text(folder.path)),
    ]
    members += options.sorted { $0.key < $1.key }.map { .init($0.key, .text($0.value)) }
    for _ in 0..<40 {
      do {
        return try PluginSource(plugin, options: members, origin: url, settings: settings)
      } catch let problem as SourceProblem where problem.message.hasSuffix("Text file busy") {
        // A process that another test forked in this moment still holds the script open.
        usleep(50_000)
      }
    }
    return try PluginSource(plugin, options: members, origin: url, settings: settings)
  }

  static var root: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program with this as its input; what it wrote.
  @discardableResult
  static func run(_ program: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    // From and to files: a program that ends early would end this one by a broken pipe.
    let scratch = try ScratchFolder()
    let given = try scratch.write("input", input)
    let said = try scratch.write("output", "")
    let wrong = try scratch.write("errors", "")
    process.standardInput = FileHandle(forReadingAtPath: given)
    process.standardOutput = FileHandle(forWritingAtPath: said)
    process.standardError = FileHandle(forWritingAtPath: wrong)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = try String(contentsOfFile: wrong, encoding: .utf8)
      throw Failed(description: "\(program): \(text.suffix(2000))")
    }
    return try String(contentsOfFile: said, encoding: .utf8)
  }

  /// Whether a suite is run: not where it can't be, which is said, and in any case where all engines
  /// are due.
  static func isTried(_ what: String, unless obstacle: String?) -> Bool {
    guard let obstacle else { return true }
    print("\(what) is not tried: \(obstacle)")
    let environment = ProcessInfo.processInfo.environment
    return environment["CI"] != nil || environment["DOCKET_ENGINES"] == "all"
  }
}

/// Every source of a test may run.
private struct Everyone: PluginPolicy {
  var runsPlugins: Bool { true }
  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool { true }
}

/// A run that is stopped after a while.
final class StoppedAfter: RunMonitor {
  private let start = ContinuousClock.now
  private let patience: Duration

  init(_ patience: Duration) { self.patience = patience }

  var isCancelled: Bool { ContinuousClock.now - start > patience }
  func advance(done: Int, of total: Int) {}
}

/// A folder of a test, removed with what is in it.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = "\(ServerFolder.base)/docket-drivers-\(UUID().uuidString.prefix(13))"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ name: String, _ text: String, permissions: Int = 0o600) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
    try FileManager.default.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: path(name))
    return path(name)
  }
}

extension PluginSource {
  /// The cells of a column as texts, asked for by a question of its own; the empty one is missing.
  func cells(_ column: String, of table: String = "cases", run: any RunMonitor = UnwatchedRun())
    throws -> [String]
  {
    beginQuestion()
    let column = try columns([column], of: table, run: run)[0]
    return (0..<column.rowCount).map { column.texts[column.codes[$0]] }
  }

  /// What the source itself makes of a question, each row as texts.
  func rows(_ question: Tabulation) throws -> [[String]]? {
    try tabulate(question, run: UnwatchedRun())?.rows.map { row in
      (row.keys + row.measures).map(\.description)
    }
  }

  /// How many rows of a table there are, by the source itself.
  func count(of table: String = "cases") throws -> String? {
    try rows(Tabulation(dataset: table))?.first?.first
  }

  func field(_ name: String, of table: String = "cases") -> Field {
    .column(
      name: name,
      meaning: Meaning(
        type: declaredType(of: name, in: table) ?? .text, dateOrder: .yearMonthDay))
  }

  /// Its datasets, for the laws of sources.
  func described() throws -> [Dataset] {
    try datasets().map {
      Dataset(name: $0.name, source: self, table: $0.name, fields: $0.fields)
    }
  }
}

/// The problem that some work ends in: of this kind, in these words, with what can be done.
@discardableResult
func problem(
  _ kind: SourceProblem.Kind, _ words: String, _ work: () throws -> Void
) -> SourceProblem? {
  let problem = #expect(throws: SourceProblem.self) { try work() }
  #expect(problem?.kind == kind)
  #expect(words.isEmpty || problem?.message.contains(words) == true, "\(problem?.message ?? "")")
  #expect(problem?.help.isEmpty == false)
  return problem
}
