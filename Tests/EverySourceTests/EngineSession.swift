import Connectors
import Engine
import Foundation
import Interpreter
import Rendering
import Syntax
import Testing

/// A session with what an engine holds open in it.
final class EngineSession {
  let session: Session
  private let renderer: Renderer

  /// - Parameter sources: a folder of sources that are taken before those that were built.
  init(_ engine: any TestEngine, sources: String? = nil) throws {
    session = Session(directory: "/")
    session.plugins = PluginCatalogue(
      folders: EngineSession.folders(before: sources),
      settings: PluginSettings(trust: PluginTrust(record: nil, policy: Everyone())))
    renderer = try #require(Renderer(format: "table", style: Style(width: 100)))
    let said = try output(of: engine.openText)
    try #require(
      session.catalogue.dataset(named: "cases") != nil, "\(engine.openText) said: \(said)")
  }

  /// Sources that were built beside the tests, and the worked examples.
  private static func folders(before first: String?) -> PluginFolders {
    let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    let named = [first, root.appending(path: "examples/plugins").path].compactMap { $0 }
    return PluginFolders(named: named, built: built)
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What is shown for a text, without receipts: these stand for the source as well.
  func output(of text: String) throws -> String {
    let transcript = session.respond(to: text)
    let parts = transcript.responses.map { response -> String in
      switch response {
      case .answer(let answer): renderer.render(answer)
      case .page(let page): renderer.render(page)
      case .notice(let notice): notice + "\n"
      case .problem(let problem), .failed(let problem):
        DiagnosticPage([problem], in: transcript.source).text(renderer.style)
      case .farewell: ""
      }
    }
    return parts.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("receipt ") }.joined(separator: "\n")
  }

  /// A script with its output in lines that begin with `#>`, as transcripts have it.
  func replayed(_ script: String) throws -> String {
    var output: [String] = []
    var pending: [Substring] = []
    for line in script.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    where !line.hasPrefix("#>") {
      output.append(String(line))
      pending.append(line)
      let statement = pending.joined(separator: "\n")
      guard Completeness.open(in: statement) == nil else { continue }
      pending = []
      var said = try self.output(of: statement)
      while said.hasSuffix("\n") { said.removeLast() }
      if said.isEmpty { continue }
      output += said.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? "#>" : "#> \($0)"
      }
    }
    return output.joined(separator: "\n") + "\n"
  }

  /// The datasets of the laws, under the names that these have.
  var datasets: [Dataset] {
    ["cases", "places"].compactMap { name in
      session.catalogue.dataset(named: name).map {
        Dataset(name: name, source: $0.source, table: $0.table, fields: $0.fields)
      }
    }
  }
}

/// Every source of a test may run.
private struct Everyone: PluginPolicy {
  var runsPlugins: Bool { true }
  func approves(_ plugin: PluginFile, isChanged: Bool) -> Bool { true }
}
