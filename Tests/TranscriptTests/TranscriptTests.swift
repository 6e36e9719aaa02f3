import Foundation
import Testing

/// Sessions and their exact output: the primary documentation, and the first of the tests.
@Suite struct TranscriptTests {
  @Test("a transcript's answers are what Docket answers today", arguments: TranscriptFile.all)
  func holds(_ file: TranscriptFile) throws {
    let text = try String(contentsOf: file.url, encoding: .utf8)
    let today =
      file.isMarkdown ? MarkdownSession.replayed(text) : try ScriptSession.replayed(text, in: file)
    if today == text { return }
    let isFirst = !file.isMarkdown && !text.contains("\n#>")
    if isFirst || ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try today.write(to: file.url, atomically: true, encoding: .utf8)
    }
    if isFirst {
      Issue.record("\(file) had no recorded output; it has now, read it and run again")
    } else if ProcessInfo.processInfo.environment["DOCKET_RECORD"] != "1" {
      Issue.record("\(file) answers otherwise:\n\(Difference.lines(from: text, to: today))")
    }
  }

  @Test("a transcript holds one idea: at most 120 lines", arguments: TranscriptFile.all)
  func isShort(_ file: TranscriptFile) throws {
    guard !file.isMarkdown, file.url.path.contains("/Tests/Transcripts/") else { return }
    let lines = try String(contentsOf: file.url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 121, "\(file) has \(lines.count) lines")
  }
}

/// A file that holds a session.
struct TranscriptFile: CustomTestStringConvertible, Sendable {
  let url: URL

  var isMarkdown: Bool { url.pathExtension == "md" }

  var testDescription: String {
    url.path.replacingOccurrences(of: TranscriptFile.root.path + "/", with: "")
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every transcript, every example, and every README with console blocks, in order of their paths.
  static let all: [TranscriptFile] = {
    let folders = ["Tests/Transcripts", "examples"].map { root.appendingPathComponent($0) }
    var urls: [URL] = []
    for folder in folders {
      let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
      urls += (names ?? []).filter {
        $0.hasSuffix(".docket") && !$0.hasPrefix("data/") && !$0.contains("/data/")
      }
      .map { folder.appendingPathComponent($0) }
    }
    for name in ["README.md", "examples/README.md", "grammar/README.md", "Tests/README.md"] {
      let url = root.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: url.path) { urls.append(url) }
    }
    return urls.sorted { $0.path < $1.path }.map(TranscriptFile.init)
  }()
}

/// The lines that differ, first ones first.
enum Difference {
  static func lines(from old: String, to new: String) -> String {
    let before = old.components(separatedBy: "\n")
    let after = new.components(separatedBy: "\n")
    let changes = after.difference(from: before)
    return changes.prefix(24).map { change in
      switch change {
      case .remove(let offset, let line, _): "  line \(offset + 1) - \(line)"
      case .insert(let offset, let line, _): "  line \(offset + 1) + \(line)"
      }
    }.joined(separator: "\n")
  }
}
