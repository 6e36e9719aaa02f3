import Diagnostics
import Engine
import Interpreter

/// What was said in a class, for the trainer: each line, its answer in a sentence, each error and what mended it.
///
/// It is a Markdown file on this machine and goes nowhere else.
package struct ClassRecord {
  private struct Entry {
    let line: String
    let reply: String
    let problem: Diagnostic?
  }

  private let path: String
  private var entries: [Entry] = []

  package init(path: String) {
    self.path = path
  }

  /// Adds what was said, and writes the file.
  mutating func note(_ transcript: Transcript) {
    var reply = ""
    var problem: Diagnostic?
    for response in transcript.responses {
      switch response {
      case .answer(let answer): reply = answer.sentences.first ?? answer.question
      case .notice(let notice): reply = notice
      case .problem(let found), .failed(let found): problem = found
      case .page, .farewell: break
      }
    }
    entries.append(Entry(line: transcript.source.text, reply: reply, problem: problem))
    PrivateFile.write(text, to: path)
  }

  /// The record as Markdown.
  package var text: String {
    var lines = ["# A class with Docket", ""]
    for (index, entry) in entries.enumerated() {
      lines.append("\(index + 1). `\(entry.line)`")
      if let problem = entry.problem {
        lines.append("   - error `\(problem.id)`: \(problem.message)")
        if let mended = entries[(index + 1)...].first(where: { $0.problem == nil }) {
          lines.append("   - then: `\(mended.line)`")
        }
      } else if !entry.reply.isEmpty {
        lines.append("   - \(entry.reply)")
      }
    }
    var counts: [String: Int] = [:]
    for entry in entries { if let problem = entry.problem { counts[problem.id, default: 0] += 1 } }
    if !counts.isEmpty {
      lines += ["", "## Errors", ""]
      lines += counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "- `\($0.key)`: \($0.value)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
