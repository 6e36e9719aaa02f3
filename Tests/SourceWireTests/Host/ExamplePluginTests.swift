import Columns
import Connectors
import Engine
import Foundation
import Testing

@Suite("The worked examples", .enabled(if: PluginFixture.hasPython))
struct ExamplePluginTests {
  private static var roster: String {
    PluginFixture.examples.appending(path: "fixed-width/roster.txt").path
  }

  @Test("the first one is forty lines")
  func fortyLines() throws {
    let text = try String(
      contentsOfFile: PluginFixture.example("fixed-width").path, encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 40)
  }

  @Test("a fixed-width file is read by its layout")
  func fixedWidth() throws {
    let source = try PluginSource(
      PluginFixture.example("fixed-width"), url: "fixed-width:" + ExamplePluginTests.roster)
    let fields = try source.datasets()[0].fields
    #expect(fields == ["booking", "race", "age", "charge", "booked", "released", "bond"])
    let columns = try source.columns(fields, of: "cases", run: UnwatchedRun())
    // `cut` knows nothing of layouts but the places.
    for (index, places) in ["1-6", "7-14", "15-17", "18-25", "26-35", "36-45", "46-54"].enumerated()
    {
      let cut = try ExamplePluginTests.run("/usr/bin/cut", "-c", places, ExamplePluginTests.roster)
      let column = columns[index]
      #expect((0..<column.rowCount).map { column.texts[column.codes[$0]] } == cut)
    }
    #expect(columns[0].rowCount == 60)
  }

  @Test("a file that is not there is said in its own words")
  func notThere() throws {
    let problem = #expect(throws: SourceProblem.self) {
      try PluginSource(PluginFixture.example("fixed-width"), url: "fixed-width:/no/such/file")
    }
    #expect(problem?.kind == .damaged)
    #expect(problem?.message.contains("/no/such/file") == true)
  }

  @Test("each can be installed by its folder and found by its scheme")
  func manifests() {
    let folders = PluginFolders(named: [PluginFixture.examples.path])
    #expect(folders.all.map(\.name) == ["fixed-width", "tabulating"])
    for plugin in folders.all {
      #expect(plugin.manifest?.name == plugin.name)
      #expect(plugin.manifest?.unread == [])
      #expect(folders.plugin(for: plugin.name + ":x") == plugin)
    }
  }

  @Test("a path is opened by its scheme, relative to the session's folder")
  func catalogue() throws {
    let settings = PluginSettings(
      trust: PluginTrust(record: nil, policy: FixedPolicy(approves: true)))
    let catalogue = PluginCatalogue(
      folders: PluginFolders(named: [PluginFixture.examples.path]), settings: settings)
    let source = try #require(
      try catalogue.open(
        "fixed-width:fixed-width/roster.txt", relativeTo: PluginFixture.examples.path,
        run: UnwatchedRun()))
    #expect(source.origin == "fixed-width:fixed-width/roster.txt")
    #expect(try source.column("booking").count == 60)
    #expect(try catalogue.open("cases.csv", relativeTo: "/", run: UnwatchedRun()) == nil)
    #expect(try catalogue.open("a/b:c.csv", relativeTo: "/", run: UnwatchedRun()) == nil)
    let problem = #expect(throws: SourceProblem.self) {
      try catalogue.open("oracle://db/x", relativeTo: "/", run: UnwatchedRun())
    }
    #expect(problem?.kind == .notFound)
    #expect(problem?.help == ["installed: fixed-width, tabulating"])
  }

  private static func run(_ program: String, _ arguments: String...) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
