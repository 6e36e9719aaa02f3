import CLibEdit
import Glibc

/// Reads statements line by line without editing: from a pipe, a dumb terminal or under `--no-editing`.
package final class PlainLineEditor: LineEditor {
  private let descriptor: Int32
  private let showsPrompt: Bool
  private let history: StatementHistory
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  package init(
    reading descriptor: Int32 = STDIN_FILENO, showsPrompt: Bool, history: StatementHistory
  ) {
    self.descriptor = descriptor
    self.showsPrompt = showsPrompt
    self.history = history
  }

  package func readStatement(prompt: Prompt, beginning text: String, guide: any Guide) -> Reading {
    var text = text
    var label: String?
    if showsPrompt, !text.isEmpty { show(text.hasSuffix("\n") ? text : text + "\n") }
    if case .open(let name) = guide.verdict(on: text), !text.isEmpty {
      label = name
      if !text.hasSuffix("\n") { text += "\n" }
    }
    while true {
      if showsPrompt { show(label.map { "\($0)… " } ?? prompt.text) }
      switch nextLine() {
      case .interrupted:
        if showsPrompt { show("\n") }
        return .interrupted
      case .end:
        return text.allSatisfy(\.isWhitespace) ? .endOfInput : .statement(text)
      case .line(let line):
        text += line
        switch guide.verdict(on: text) {
        case .whole: return .statement(text)
        case .aside(let question, let pending):
          return .aside(question: question, pending: pending)
        case .open(let name):
          label = name
          text += "\n"
        }
      }
    }
  }

  package func remember(_ statement: String) {
    history.append(statement)
  }

  private enum Line {
    case line(String)
    case interrupted
    case end
  }

  private func show(_ text: String) {
    line_editor_write(text)
  }

  private func nextLine() -> Line {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 1)
        return .line(line.hasSuffix("\r") ? String(line.dropLast()) : line)
      }
      if isAtEnd {
        guard !buffer.isEmpty else { return .end }
        defer { buffer = [] }
        return .line(String(decoding: buffer, as: UTF8.self))
      }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { return .interrupted }
      if count > 0 { buffer += chunk[..<count] } else { isAtEnd = true }
    }
  }
}
