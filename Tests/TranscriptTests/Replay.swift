import Diagnostics
import Engine
import Foundation
import Interpreter
import Rendering
import Syntax

/// A session that is asked what a transcript asks.
final class Replay {
  private let session: Session
  private let renderer: Renderer

  init(directory: String, format: String = "table", width: Int = 100, isSafe: Bool = false) {
    session = Session(directory: directory)
    if isSafe { session.reach = Reach(usesNetwork: false, writesFiles: false) }
    guard let renderer = Renderer(format: format, style: Style(width: width)) else {
      fatalError("there is no format \(format)")
    }
    self.renderer = renderer
    session.document = { answer, path in
      FormatCatalogue.format(ofFile: path).map { Renderer(format: $0).render(answer) }
    }
  }

  /// What is shown for a text, without the last line break.
  func output(of text: String) -> String {
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
    let joined = parts.filter { !$0.isEmpty }.joined(separator: "\n")
    return joined.hasSuffix("\n") ? String(joined.dropLast()) : joined
  }
}

/// A `.docket` file: statements, and behind each its output in lines that begin with `#>`.
///
/// A first line `#: format json width 60` chooses how answers are shown; `#: database cases.db from
/// ../data/cases.sql` builds a database first, in a folder of its own where the session begins;
/// `#: mode safe` neither writes nor reaches out.
enum ScriptSession {
  static func replayed(_ text: String, in file: TranscriptFile) throws -> String {
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    let header =
      lines.first.map { $0.hasPrefix("#:") ? $0.split(separator: " ").map(String.init) : [] } ?? []
    func setting(_ name: String) -> String? {
      header.firstIndex(of: name).flatMap { header.indices.contains($0 + 1) ? header[$0 + 1] : nil }
    }
    let folder = file.url.deletingLastPathComponent()
    let database = try setting("database").map { name in
      try ScratchDatabase(
        named: name, from: folder.appendingPathComponent(setting("from") ?? ""))
    }
    let replay = Replay(
      directory: (database?.folder ?? folder).path, format: setting("format") ?? "table",
      width: setting("width").flatMap { Int($0) } ?? 100, isSafe: setting("mode") == "safe")
    var output: [String] = []
    var pending: [String] = []
    for line in lines where !line.hasPrefix("#>") {
      output.append(line)
      pending.append(line)
      let statement = pending.joined(separator: "\n")
      guard Completeness.open(in: statement) == nil else { continue }
      pending = []
      let answer = replay.output(of: statement)
      guard !answer.isEmpty else { continue }
      output += answer.components(separatedBy: "\n").map { $0.isEmpty ? "#>" : "#> \($0)" }
    }
    return withExtendedLifetime(database) { output.joined(separator: "\n") + "\n" }
  }
}

/// The console blocks of a README: `$ docket …` opens data, `docket> …` asks, and the output stands below.
enum MarkdownSession {
  static func replayed(_ text: String) -> String {
    var output: [String] = []
    var block: [String]?
    for line in text.components(separatedBy: "\n") {
      if line == "```console" {
        output.append(line)
        block = []
      } else if let lines = block, line == "```" {
        output += replayed(block: lines) + [line]
        block = nil
      } else if block != nil {
        block?.append(line)
      } else {
        output.append(line)
      }
    }
    return output.joined(separator: "\n")
  }

  private static func replayed(block: [String]) -> [String] {
    guard block.contains(where: { $0.hasPrefix("docket> ") }) else { return block }
    let replay = Replay(directory: TranscriptFile.root.path, width: 100)
    var output: [String] = []
    for line in block {
      if line.hasPrefix("$ docket ") {
        output.append(line)
        for item in line.split(separator: " ").dropFirst(2) where item.hasSuffix(".docket") {
          _ = replay.output(of: "run \"\(item)\"")
        }
      } else if line.hasPrefix("docket> ") {
        if output.last?.hasPrefix("$ ") == false, !output.isEmpty { output.append("") }
        output.append(line)
        output += replay.output(of: String(line.dropFirst(8))).components(separatedBy: "\n")
      }
    }
    return output
  }
}
