import Foundation
import Syntax

/// What people type in the project's transcripts, examples and READMEs, statement by statement.
enum TranscriptInputs {
  struct Input: Hashable, Sendable {
    let file: String
    let text: String
  }

  static let all: [Input] = {
    var inputs: [Input] = []
    for folder in ["Tests/Transcripts", "examples"] {
      let url = ProjectFolder.top.appendingPathComponent(folder)
      let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String }
      for name in (names ?? []).sorted() where name.hasSuffix(".docket") {
        inputs += statements(ofScript: text(of: "\(folder)/\(name)"), file: "\(folder)/\(name)")
      }
    }
    for name in ["README.md", "examples/README.md", "grammar/README.md", "Tests/README.md"] {
      inputs += questions(ofPage: text(of: name), file: name)
    }
    return inputs
  }()

  private static func text(of path: String) -> String {
    let url = ProjectFolder.top.appendingPathComponent(path)
    return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  }

  /// The lines that are no output; a statement over several lines stays together.
  private static func statements(ofScript text: String, file: String) -> [Input] {
    var inputs: [Input] = []
    var pending: [String] = []
    for line in text.components(separatedBy: "\n") where !line.hasPrefix("#") {
      pending.append(line)
      let statement = pending.joined(separator: "\n")
      guard Completeness.open(in: statement) == nil else { continue }
      pending = []
      if !statement.isEmpty { inputs.append(Input(file: file, text: statement)) }
    }
    return inputs
  }

  private static func questions(ofPage text: String, file: String) -> [Input] {
    text.components(separatedBy: "\n").filter { $0.hasPrefix("docket> ") }
      .map { Input(file: file, text: String($0.dropFirst("docket> ".count))) }
  }
}
